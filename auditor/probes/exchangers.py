"""Who accepts the domain's mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.exchange import Exchange
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain, Host, Subject
from auditor.network import dns
from auditor.probes.names import host, leads_to
from auditor.probes.probe import Asking, Seen, Unsettled, ask, probe
from auditor.probes.resolution import answered, no_such_name, resolve


@dataclass(frozen=True, slots=True)
class MailExchanger(Value):
    """A host that accepts the domain's mail (RFC 5321, section 5.1).

    Attributes:
        preference: 0 to 65535; the lowest is tried first.
        exchange: The accepting host, never the root.
    """

    kind: ClassVar[str] = "dns.mx"
    key_field: ClassVar[str] = "exchange"
    layer: ClassVar[str | None] = "service"
    preference: int
    exchange: Host

    def roles(self) -> tuple[str, ...]:
        return ("mail.inbound",)

    def leads(self) -> tuple[Subject, ...]:
        return leads_to(self.exchange)

    def text(self) -> str:
        return f"MX {self.preference} {self.exchange}"


@dataclass(frozen=True, slots=True)
class NullExchanger(Value):
    """The domain declares that it accepts no mail (RFC 7505)."""

    kind: ClassVar[str] = "dns.null-mx"

    def roles(self) -> tuple[str, ...]:
        return ("mail.inbound",)

    def text(self) -> str:
        return "MX 0 ."


@dataclass(frozen=True, slots=True)
class ImplicitExchanger(Value):
    """Without MX, a sender tries the domain's own address (RFC 5321, section 5.1).

    Nobody can tell from the DNS whether mail is accepted there.
    """

    kind: ClassVar[str] = "dns.mx.implicit"

    def roles(self) -> tuple[str, ...]:
        return ("mail.inbound",)

    def text(self) -> str:
        return "A"


@probe(takes=Domain, opens=("mail.inbound",))
def mx(domain: Domain) -> Asking[Seen]:
    """Read the MX records of *domain*; without any, whether it has an address."""
    exchange = yield from ask(dns.question(domain.name, "MX"))
    records = sorted(record.data for record in dns.answers(exchange, "MX"))
    if not records:
        return (yield from _implicit(domain)) if _exists(exchange) else []
    seen: list[Observation | Unsettled] = []
    for preference, name in records:
        value: Value
        if name == ".":
            # The root among other exchangers is an error, and accepts nothing either.
            value = NullExchanger()
        elif (target := host(name)) is not None:
            value = MailExchanger(preference, target)
        else:
            seen.append(Unsettled(exchange, "unreadable"))
            continue
        seen.append(Observation(domain, value, (exchange,)))
    return seen


def _exists(exchange: Exchange) -> bool:
    return dns.absent(exchange) and not no_such_name(exchange)


def _implicit(domain: Domain) -> Asking[Seen]:
    exchanges = yield from resolve(domain.name)
    _, addresses = answered(exchanges)
    return [Observation(domain, ImplicitExchanger(), exchanges)] if addresses else []
