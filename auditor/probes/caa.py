"""Who may issue certificates for the domain (RFC 8659)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.exchange import Exchange
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain
from auditor.network import dns
from auditor.probes.absence import absence
from auditor.probes.notation import quoted, readable
from auditor.probes.probe import Asking, Seen, ask, probe
from auditor.probes.resolution import replied

_ISSUING = frozenset({"issue", "issuewild", "issuemail", "issuevmc"})


@dataclass(frozen=True, slots=True)
class CertificateIssuer(Value):
    """An authority that may issue, or the statement that none may.

    Attributes:
        tag: `issue`, `issuewild`, `issuemail` (RFC 9495) …
        issuer: The name by which the authority knows itself; empty when none may issue.
        at: The domain whose record it is: the domain or one above.
    """

    kind: ClassVar[str] = "dns.caa"
    key_field: ClassVar[str] = "issuer"
    layer: ClassVar[str | None] = "service"
    tag: str
    issuer: str
    at: str

    def roles(self) -> tuple[str, ...]:
        return ("certificate",)

    def text(self) -> str:
        return f"CAA {self.tag} {quoted(self.issuer or ';')}"


@probe(takes=Domain, opens=("certificate",))
def caa(domain: Domain) -> Asking[Seen]:
    """Read the CAA records of *domain* or, without any, of the nearest domain above with some."""
    at = domain.name
    asked: tuple[Exchange, ...] = ()
    while at:
        exchange = yield from ask(dns.question(at, "CAA"))
        asked = (*asked, exchange)
        records = dns.answers(exchange, "CAA")
        if records:
            issuers = sorted(
                {(tag.lower(), _issuer(value)) for _, tag, value in (r.data for r in records)}
            )
            return [
                Observation(domain, CertificateIssuer(tag, issuer, at), (exchange,))
                for tag, issuer in issuers
                if tag in _ISSUING
            ]
        if not replied(exchange):
            # What stands here decides, and nobody told: what stands above does not matter.
            return []
        at = at.partition(".")[2]
    return absence(domain, CertificateIssuer.kind, "certificate", asked)


def _issuer(value: bytes) -> str:
    return readable(value.partition(b";")[0].strip()).lower()
