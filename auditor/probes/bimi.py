"""The logo that mailbox services may show beside mail: brand indicators (BIMI).

draft-brand-indicators-for-message-identification, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain, Url
from auditor.network import dns
from auditor.probes.probe import Asking, Seen, ask, probe
from auditor.probes.tags import tagged


@dataclass(frozen=True, slots=True)
class BrandIndicator(Value):
    """A logo, and the certificate that vouches for it.

    Attributes:
        host: Where the logo is; empty when the domain declines to show one.
        certificate: Where its certificate is; empty without one.
    """

    kind: ClassVar[str] = "dns.bimi"
    key_field: ClassVar[str] = "host"
    host: str
    certificate: str

    def roles(self) -> tuple[str, ...]:
        return ("mail.outbound",)

    def text(self) -> str:
        return f"default._bimi TXT v=BIMI1; l={self.host}; a={self.certificate}"


@probe(takes=Domain, tells=("mail.outbound",))
def bimi(domain: Domain) -> Asking[Seen]:
    """Read the default selector of *domain*."""
    exchange = yield from ask(dns.question(f"default._bimi.{domain.name}", "TXT"))
    return [
        Observation(
            domain,
            BrandIndicator(_host(record.get("l", "")), _host(record.get("a", ""))),
            (exchange,),
        )
        for record in tagged(exchange, "BIMI1")[:1]
    ]


def _host(url: str) -> str:
    try:
        return Url.parse(url).host
    except ValueError:
        return ""
