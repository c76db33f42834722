"""Routes as Team Cymru's IP-to-ASN service tells them over DNS.

The service is run in the United States: it is asked only when chosen.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import Final

from auditor.model.exchange import Exchange
from auditor.model.sighting import Observation
from auditor.model.subject import Address
from auditor.network import dns
from auditor.probes.names import is_public, reverse
from auditor.probes.notation import readable
from auditor.probes.origin import Origin, autonomous_system, country
from auditor.probes.probe import Asking, Seen, Unsettled, ask, ask_all, probe

ORIGIN: Final = "origin.asn.cymru.com"
ORIGIN6: Final = "origin6.asn.cymru.com"
NAMES: Final = "asn.cymru.com"
_MOST: Final = 4
"""Autonomous systems of one prefix that are kept."""


@probe(takes=Address, name="origin.cymru", asn_source="cymru")
def origin(address: Address) -> Asking[Seen]:
    """Ask who announces *address*, then the names of the systems."""
    if not is_public(address):
        return [Unsettled(None, "blocked")]
    zone = ORIGIN6 if ":" in address.text else ORIGIN
    exchange = yield from ask(dns.question(f"{reverse(address)}.{zone}", "TXT"))
    texts = dns.txt(exchange)
    if not texts:
        return [_unannounced(address, exchange)] if dns.absent(exchange) else []
    routes = [route for text in texts if (route := _route(text))]
    if not routes:
        return [Unsettled(exchange, "unreadable")]
    _, numbers, prefix, registered_in = max(routes)
    systems = [system for number in numbers.split() if (system := autonomous_system(number))]
    systems = systems[:_MOST]
    named = yield from ask_all(dns.question(f"{system}.{NAMES}", "TXT") for system in systems)
    return [
        Observation(
            address,
            Origin(system, prefix, _holder(name), registered_in, "cymru"),
            (exchange, name),
        )
        for system, name in zip(systems, named, strict=True)
    ] or [_unannounced(address, exchange)]


def _unannounced(address: Address, exchange: Exchange) -> Observation:
    return Observation(address, Origin("", "", "", "", "cymru"), (exchange,))


@lru_cache(maxsize=8192)
def _route(text: bytes) -> tuple[int, str, str, str] | None:
    """(prefix length, system numbers, prefix, country) of `asn … | prefix | cc | …`."""
    fields = [field.strip() for field in readable(text).split("|")]
    if len(fields) < 3:
        return None
    try:
        prefix = ipaddress.ip_network(fields[1], strict=False)
    except ValueError:
        return None
    return prefix.prefixlen, fields[0], fields[1], country(fields[2])


def _holder(exchange: Exchange) -> str:
    """The name in `asn | cc | registry | date | name`; empty when nobody told."""
    for text in dns.txt(exchange):
        fields = readable(text).split("|", 4)
        if len(fields) == 5:
            return fields[4].strip()
    return ""
