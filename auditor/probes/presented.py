"""The certificate that the web site shows, and who issued it (RFC 5280)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from auditor.model.exchange import Exchange
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain, Site, Subject
from auditor.network import tls
from auditor.network.door import Unreadable
from auditor.probes.names import with_www
from auditor.probes.notation import readable
from auditor.probes.probe import Asking, Seen, Unsettled, ask_all, probe
from auditor.probes.resolution import answered, replied, resolve

_ROLE = "certificate"


@dataclass(frozen=True, slots=True)
class Issuer(Value):
    """The authority that issued the certificate in use.

    Attributes:
        organisation: As the authority calls itself (O), or its name (CN) when it says none.
        name: Of the issuing certificate (CN).
        country: As the authority states it (C); not where its owners are.
        until: Last day of validity.
        at: The host that shows it.
    """

    kind: ClassVar[str] = "tls.issuer"
    key_field: ClassVar[str] = "organisation"
    layer: ClassVar[str | None] = "service"
    organisation: str
    name: str
    country: str
    until: str
    at: str

    def roles(self) -> tuple[str, ...]:
        return (_ROLE,)

    def text(self) -> str:
        return f"{self.at}:{tls.HTTPS} {_issuer(self.organisation, self.name, self.country)}"


@dataclass(frozen=True, slots=True)
class UnverifiedCertificate(Value):
    """A certificate that nobody vouches for: anybody could have written what stands in it.

    Attributes:
        organisation: Whom it names as its issuer.
        name: Likewise.
        country: Likewise.
        until: Last day of validity.
        at: The host that shows it.
        doubt: Why it does not verify, in the words of the TLS library.
    """

    kind: ClassVar[str] = "tls.unverified"
    organisation: str
    name: str
    country: str
    until: str
    at: str
    doubt: str

    def roles(self) -> tuple[str, ...]:
        return (_ROLE,)

    def text(self) -> str:
        issuer = _issuer(self.organisation, self.name, self.country)
        return f"{self.at}:{tls.HTTPS} {issuer} ({self.doubt})"


@probe(takes=Domain, opens=(_ROLE,), name="web.certificate", medium="tls")
def certificate(domain: Domain) -> Asking[Seen]:
    """See which certificates *domain* and its `www` show to browsers."""
    return (yield from _greeted(domain, with_www(domain)))


@probe(takes=Site, opens=(_ROLE,), name="web.certificate-added", medium="tls")
def added_certificate(site: Site) -> Asking[Seen]:
    """See which certificate *site* shows to browsers."""
    return (yield from _greeted(site, (site.name,)))


def _greeted(subject: Subject, names: Iterable[str]) -> Asking[Seen]:
    hosts = []
    for name in names:
        _, addresses = answered((yield from resolve(name)))
        if addresses:
            hosts.append(name)
    exchanges = yield from ask_all(tls.question(name) for name in hosts)
    seen: list[Observation | Unsettled] = []
    for name, exchange in zip(hosts, exchanges, strict=True):
        if replied(exchange):
            seen += _shown(subject, name, exchange)
    return seen


def _shown(subject: Subject, host: str, exchange: Exchange) -> list[Observation | Unsettled]:
    try:
        found = tls.read(exchange)
    except Unreadable:
        return [Unsettled(exchange, "unreadable")]
    organisation, name, country = map(_text, (found.organisation, found.name, found.country))
    until = found.until.isoformat()
    if found.verified:
        value = Issuer(organisation or name, name, country, until, host)
        return [Observation(subject, value, (exchange,))]
    doubt = UnverifiedCertificate(organisation, name, country, until, host, _text(found.doubt))
    return [Observation(subject, doubt, (exchange,)), Unsettled(exchange, "unverified")]


def _issuer(organisation: str, name: str, country: str) -> str:
    """The issuer as a distinguished name (RFC 4514), of the attributes we keep."""
    parts = {"CN": name, "O": organisation, "C": country}
    return ",".join(f"{key}={value}" for key, value in parts.items() if value)


def _text(text: str) -> str:
    return readable(text.encode("utf-8", "surrogatepass"))
