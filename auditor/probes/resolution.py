"""Whether a name leads anywhere, and where a name that nobody created would lead."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.model.exchange import Exchange, Reply
from auditor.network import dns
from auditor.probes.names import unlikely
from auditor.probes.probe import Asking, ask

_NXDOMAIN = 3
_NO_RECORD = b"\0\0"


def replied(exchange: Exchange) -> bool:
    """Whether there is a reply to read."""
    return isinstance(exchange.result, Reply)


def says_nothing(exchange: Exchange) -> bool:
    """Whether the answer section is empty, or there is no reply at all: nothing to read.

    Told from the header: most answers are of this kind.
    """
    result = exchange.result
    return not isinstance(result, Reply) or result.content[6:8] == _NO_RECORD


def no_such_name(exchange: Exchange) -> bool:
    """Whether the reply proves that the name, or what it is an alias of, does not exist."""
    return isinstance(exchange.result, Reply) and exchange.result.content[3] & 0xF == _NXDOMAIN


def resolve(name: str) -> Asking[tuple[Exchange, ...]]:
    """Ask for the IPv4 addresses of *name*, and for the IPv6 ones if it exists without.

    A name that does not exist has records of no type (RFC 8020).
    """
    exchange = yield from ask(dns.question(name, "A"))
    if not dns.absent(exchange) or no_such_name(exchange):
        return (exchange,)
    return exchange, (yield from ask(dns.question(name, "AAAA")))


def answered(exchanges: Iterable[Exchange]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The aliases and the addresses that the exchanges of one name show."""
    aliases: tuple[str, ...] = ()
    addresses: set[str] = set()
    for exchange in exchanges:
        if says_nothing(exchange):
            continue
        aliases = aliases or dns.aliases(exchange)
        for rdtype in ("A", "AAAA"):
            addresses.update(record.data for record in dns.answers(exchange, rdtype))
    return aliases, frozenset(addresses)


def like_any_other(parent: str, exchanges: tuple[Exchange, ...]) -> Asking[bool]:
    """Whether every name below *parent* answers as *exchanges* do.

    False when that cannot be found out: the survey notes the gap.
    """
    others = yield from resolve(unlikely(parent))
    aliases, addresses = answered(exchanges)
    other_aliases, other_addresses = answered(others)
    if aliases or other_aliases:
        return aliases == other_aliases
    return bool(addresses & other_addresses)
