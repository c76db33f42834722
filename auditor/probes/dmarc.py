"""What receivers are asked to do with forged mail, and who is told about it (RFC 7489)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.exchange import Exchange
from auditor.model.names import registrable
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain
from auditor.network import dns
from auditor.probes.absence import absence
from auditor.probes.probe import Asking, Seen, Unsettled, ask, probe
from auditor.probes.resolution import replied
from auditor.probes.tags import recipients, tagged

_POLICIES = ("none", "quarantine", "reject")


@dataclass(frozen=True, slots=True)
class DmarcPolicy(Value):
    """The policy (RFC 7489, section 6.3).

    Attributes:
        p: `none`, `quarantine` or `reject`; empty when the record says none of them.
        sp: The same for subdomains.
        pct: Share of messages it applies to, per cent, as written.
        at: The domain whose record it is: the organisational domain when the
            domain has none of its own.
    """

    kind: ClassVar[str] = "dns.dmarc"
    p: str
    sp: str
    pct: str
    at: str

    def roles(self) -> tuple[str, ...]:
        return ("mail.outbound",)

    def text(self) -> str:
        extra = "".join(
            f"; {tag}={word}" for tag, word in (("sp", self.sp), ("pct", self.pct)) if word
        )
        return f"_dmarc.{self.at} TXT v=DMARC1; p={self.p}{extra}"


@dataclass(frozen=True, slots=True)
class DmarcRecipient(Value):
    """Who receives reports about mail that carries the domain's name.

    Attributes:
        domain: Of the address, or of the web server.
        tag: `rua` for aggregate reports, `ruf` for copies of single messages.
    """

    kind: ClassVar[str] = "dns.dmarc.report"
    key_field: ClassVar[str] = "domain"
    layer: ClassVar[str | None] = "service"
    domain: str
    tag: str

    def roles(self) -> tuple[str, ...]:
        return ("mail.reports",)

    def text(self) -> str:
        return f"_dmarc TXT {self.tag}={self.domain}"


@probe(takes=Domain, opens=("mail.reports",), tells=("mail.outbound",))
def dmarc(domain: Domain) -> Asking[Seen]:
    """Read the policy of *domain* or, when it has none, of its organisational domain."""
    at = domain.name
    exchange = yield from ask(dns.question(f"_dmarc.{at}", "TXT"))
    asked: tuple[Exchange, ...] = (exchange,)
    records = tagged(exchange, "DMARC1")
    if not records and replied(exchange) and registrable(at) != at:
        at = registrable(at)
        exchange = yield from ask(dns.question(f"_dmarc.{at}", "TXT"))
        asked = (*asked, exchange)
        records = tagged(exchange, "DMARC1")
    if len(records) != 1:
        # Several records count as none (RFC 7489, section 6.6.3).
        return absence(domain, DmarcPolicy.kind, "mail.outbound", asked)
    (record,) = records
    p, sp = (record.get(tag, "").lower() for tag in ("p", "sp"))
    policy = DmarcPolicy(
        p=p if p in _POLICIES else "",
        sp=sp if sp in _POLICIES else "",
        pct=pct if (pct := record.get("pct", "")).isdecimal() and len(pct) < 4 else "",
        at=at,
    )
    seen: list[Observation | Unsettled] = [Observation(domain, policy, (exchange,))]
    for tag in ("rua", "ruf"):
        names, whole = recipients(record.get(tag, ""))
        seen += [Observation(domain, DmarcRecipient(name, tag), (exchange,)) for name in names]
        if not whole:
            seen.append(Unsettled(exchange, "unreadable"))
    return seen
