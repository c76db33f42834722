"""Where a host is, as far as we may go there."""

from __future__ import annotations

import asyncio
import ipaddress

from auditor.model.exchange import Failure, Reason
from auditor.network import dns
from auditor.network.door import Network, Unreadable
from auditor.network.reach import is_reachable


async def addresses_of(
    host: str, door: Network, most: int, *, loopback: bool
) -> list[str] | Failure:
    """At most *most* addresses of *host*, a name or an address; names are looked up at *door*.

    The look-up is in the evidence then, and made by the resolver the user chose.
    """
    try:
        found = [str(ipaddress.ip_address(host))]
    except ValueError:
        try:
            questions = [dns.question(host, rdtype) for rdtype in ("A", "AAAA")]
        except ValueError as error:
            return Failure(Reason.MALFORMED, str(error))
        exchanges = await asyncio.gather(*map(door.ask, questions))
        try:
            found = [
                record.data
                for exchange in exchanges
                for record in dns.answers(exchange, exchange.question.text.split(" ")[1])
            ]
        except Unreadable as error:
            return Failure(Reason.MALFORMED, f"the addresses of {host}: {error}")
        for exchange in exchanges:
            if isinstance(exchange.result, Failure) and not found:
                reason = exchange.result.reason
                return Failure(reason, f"the look-up of {exchange.question.text}")
        if not found:
            return Failure(Reason.UNREACHABLE, f"{host} has no address")
    allowed = [address for address in found if is_reachable(address, loopback=loopback)]
    if not allowed:
        return Failure(Reason.BLOCKED, f"{host} leads to {found[0]}, not a public address")
    return allowed[:most]
