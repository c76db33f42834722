"""What stands at the usual names below a domain, and at the domain itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.exchange import Exchange
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain, Host, ServiceName, Subject
from auditor.network import dns
from auditor.probes.names import host, leads_to
from auditor.probes.probe import Asking, Seen, Unsettled, ask, probe
from auditor.probes.resolution import answered, like_any_other, resolve, says_nothing

_CLIENT_SETTINGS = frozenset({"autodiscover", "autoconfig", "_autodiscover._tcp"})
"""Labels at which mail clients ask where the mailbox is."""


@dataclass(frozen=True, slots=True)
class ClientSettings(Value):
    """Where mail clients are sent to find the mailbox.

    Attributes:
        target: The target of the alias or of the service record.
        role: Of the service.
        at: The name to follow: the one asked for, whose alias leads on, or the target.
        notation: `CNAME`, or `SRV` with its numbers.
    """

    kind: ClassVar[str] = "dns.autodiscover"
    key_field: ClassVar[str] = "target"
    layer: ClassVar[str | None] = "service"
    target: str
    role: str
    at: Host
    notation: str

    def roles(self) -> tuple[str, ...]:
        return (self.role,)

    def leads(self) -> tuple[Subject, ...]:
        return leads_to(self.at)

    def text(self) -> str:
        return f"{self.notation} {self.target}"


@dataclass(frozen=True, slots=True)
class Service(ClientSettings):
    """Where another usual name leads (RFC 2782 for service records)."""

    kind: ClassVar[str] = "dns.service"


@dataclass(frozen=True, slots=True)
class AddressedName(Value):
    """A usual name, or the domain itself, that has addresses of its own.

    Attributes:
        host: The name.
        role: Of whatever stands there.
        rdtype: `A`, or `AAAA` when there is no other address.
    """

    kind: ClassVar[str] = "dns.name"
    key_field: ClassVar[str] = "host"
    layer: ClassVar[str | None] = "service"
    host: Host
    role: str
    rdtype: str

    def roles(self) -> tuple[str, ...]:
        return (self.role,)

    def leads(self) -> tuple[Subject, ...]:
        return (self.host,)

    def text(self) -> str:
        return self.rdtype


@probe(takes=Domain, opens=("web",))
def site(domain: Domain) -> Asking[Seen]:
    """See whether *domain* itself leads to a machine."""
    exchanges = yield from resolve(domain.name)
    return _of_name(domain, domain.name, "", "web", exchanges)


@probe(takes=ServiceName)
def service(name: ServiceName) -> Asking[Seen]:
    """See what stands at *name*, unless any other name would lead to the same."""
    if name.srv:
        exchange = yield from ask(dns.question(name.name, "SRV"))
        return [] if says_nothing(exchange) else _service_records(name, exchange)
    exchanges = yield from resolve(name.name)
    seen = _of_name(name, name.name, name.label, name.role, exchanges)
    # A web server that answers to any name serves this one too; a mailbox is no mailbox for that.
    if seen and name.role != "web" and (yield from like_any_other(name.domain, exchanges)):
        return []
    return seen


def _of_name(
    subject: Subject, name: str, label: str, role: str, exchanges: tuple[Exchange, ...]
) -> list[Observation | Unsettled]:
    aliases, addresses = answered(exchanges)
    if aliases:
        if host(aliases[0]) is None:
            return [Unsettled(exchanges[0], "unreadable")]
        kind = ClientSettings if label in _CLIENT_SETTINGS else Service
        return [Observation(subject, kind(aliases[0], role, Host(name), "CNAME"), exchanges)]
    if addresses:
        rdtype = exchanges[-1].question.text.rpartition(" ")[2]
        return [Observation(subject, AddressedName(Host(name), role, rdtype), exchanges)]
    return []


def _service_records(name: ServiceName, exchange: Exchange) -> list[Observation | Unsettled]:
    kind = ClientSettings if name.label in _CLIENT_SETTINGS else Service
    seen: list[Observation | Unsettled] = []
    for *numbers, target in sorted(record.data for record in dns.answers(exchange, "SRV")):
        if target == ".":
            # The service is decidedly not available at this domain (RFC 2782).
            continue
        at = host(target)
        if at is None:
            seen.append(Unsettled(exchange, "unreadable"))
            continue
        notation = f"SRV {' '.join(map(str, numbers))}"
        seen.append(Observation(name, kind(target, name.role, at, notation), (exchange,)))
    return seen
