"""Where a host is: its aliases and its addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.sighting import Observation, Value
from auditor.model.subject import Address, Host, Subject
from auditor.network import dns
from auditor.probes.names import host as host_named
from auditor.probes.probe import Asking, Seen, Unsettled, ask_all, probe


@dataclass(frozen=True, slots=True)
class Alias(Value):
    """Another name that the host stands for.

    Attributes:
        target: The other name.
    """

    kind: ClassVar[str] = "dns.cname"
    key_field: ClassVar[str] = "target"
    layer: ClassVar[str | None] = "service"
    target: str

    def text(self) -> str:
        return f"CNAME {self.target}"


@dataclass(frozen=True, slots=True)
class HostAddress(Value):
    """An address of the host.

    Attributes:
        address: IPv4 or IPv6.
    """

    kind: ClassVar[str] = "dns.address"
    key_field: ClassVar[str] = "address"
    address: Address

    def leads(self) -> tuple[Subject, ...]:
        return (self.address,)

    def text(self) -> str:
        return f"{'AAAA' if ':' in self.address.text else 'A'} {self.address}"


@probe(takes=Host)
def address(host: Host) -> Asking[Seen]:
    """Read the addresses of *host*, and the aliases on the way to them."""
    exchanges = yield from ask_all((dns.question(host.name, "A"), dns.question(host.name, "AAAA")))
    seen: list[Observation | Unsettled] = []
    known: set[str] = set()
    for exchange, rdtype in zip(exchanges, ("A", "AAAA"), strict=True):
        for alias in dns.aliases(exchange):
            if alias in known:
                continue
            known.add(alias)
            if host_named(alias) is None:
                seen.append(Unsettled(exchange, "unreadable"))
            else:
                seen.append(Observation(host, Alias(alias), (exchange,)))
        seen += [
            Observation(host, HostAddress(Address(text)), (exchange,))
            for text in sorted({record.data for record in dns.answers(exchange, rdtype)})
        ]
    return seen
