"""What senders are asked about encryption on the way in: MTA-STS (RFC 8461), TLS-RPT (RFC 8460)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.exchange import Exchange
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain
from auditor.network import dns, http
from auditor.probes.absence import absence
from auditor.probes.notation import readable
from auditor.probes.probe import Asking, Seen, Unsettled, ask, probe
from auditor.probes.resolution import replied
from auditor.probes.tags import recipients, tagged

_MODES = ("enforce", "testing", "none")


@dataclass(frozen=True, slots=True)
class TransportPolicy(Value):
    """An MTA-STS policy.

    Attributes:
        id: Of the version, as the TXT record says.
        mode: `enforce`, `testing` or `none`; `invalid` when the policy cannot be
            had or says none of them.
        admits: The patterns of mail exchangers it admits, separated by spaces.
    """

    kind: ClassVar[str] = "dns.mta-sts"
    id: str
    mode: str
    admits: str = ""

    def roles(self) -> tuple[str, ...]:
        return ("mail.inbound",)

    def text(self) -> str:
        return f"_mta-sts TXT v=STSv1; id={self.id} (mode: {self.mode})"


@dataclass(frozen=True, slots=True)
class TlsReportRecipient(Value):
    """Who receives reports about encrypted delivery.

    Attributes:
        domain: Of the address, or of the web server.
    """

    kind: ClassVar[str] = "dns.tlsrpt.report"
    key_field: ClassVar[str] = "domain"
    layer: ClassVar[str | None] = "service"
    domain: str

    def roles(self) -> tuple[str, ...]:
        return ("mail.reports",)

    def text(self) -> str:
        return f"_smtp._tls TXT rua={self.domain}"


@probe(takes=Domain, tells=("mail.inbound",), name="mta-sts")
def mta_sts(domain: Domain) -> Asking[Seen]:
    """Read the MTA-STS record of *domain* and, when there is one, the policy."""
    exchange = yield from ask(dns.question(f"_mta-sts.{domain.name}", "TXT"))
    records = tagged(exchange, "STSv1")
    if len(records) != 1:
        # Several records count as none (RFC 8461, section 3.1).
        return absence(domain, TransportPolicy.kind, "mail.inbound", (exchange,))
    url = f"https://mta-sts.{domain.name}/.well-known/mta-sts.txt"
    policy = yield from ask(http.question(url))
    if not replied(policy):
        # Whether it is enforced, nobody told; a fact would say that it is not.
        return []
    value = TransportPolicy(records[0].get("id", ""), _mode(policy), _admits(policy))
    return [Observation(domain, value, (exchange, policy))]


def _mode(exchange: Exchange) -> str:
    """The mode that the policy file in *exchange* says (RFC 8461, section 3.2)."""
    response = http.read(exchange)
    if response.status != 200:
        return "invalid"
    for line in response.body.splitlines():
        name, colon, value = line.partition(b":")
        if colon and name.strip() == b"mode":
            mode = readable(value.strip())
            return mode if mode in _MODES else "invalid"
    return "invalid"


def _admits(exchange: Exchange) -> str:
    """The patterns after `mx` in the policy file, as they stand there."""
    response = http.read(exchange)
    if response.status != 200:
        return ""
    pairs = [line.partition(b":") for line in response.body.splitlines()]
    patterns = [readable(value.strip()) for name, _, value in pairs if name.strip() == b"mx"]
    return " ".join(pattern for pattern in patterns if pattern and " " not in pattern)


@probe(takes=Domain, opens=("mail.reports",), name="tls-rpt")
def tls_rpt(domain: Domain) -> Asking[Seen]:
    """Read who is told about failures of encryption."""
    exchange = yield from ask(dns.question(f"_smtp._tls.{domain.name}", "TXT"))
    records = tagged(exchange, "TLSRPTv1")
    if len(records) != 1:
        # Several records count as none (RFC 8460, section 3).
        return []
    names, whole = recipients(records[0].get("rua", ""))
    seen: list[Observation | Unsettled] = [
        Observation(domain, TlsReportRecipient(name), (exchange,)) for name in names
    ]
    if not whole:
        seen.append(Unsettled(exchange, "unreadable"))
    return seen
