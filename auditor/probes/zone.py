"""Who runs the zone, and whether it is signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.exchange import Exchange
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain, Host, Subject, is_under
from auditor.network import dns
from auditor.probes.names import host, leads_to
from auditor.probes.probe import Asking, Seen, Unsettled, ask, ask_all, probe
from auditor.probes.resolution import no_such_name, replied


@dataclass(frozen=True, slots=True)
class NameServer(Value):
    """A server that answers for the zone (RFC 1035, section 3.3.11).

    Attributes:
        host: Its name.
        zone: The zone: the domain itself, or the one above that holds it.
    """

    kind: ClassVar[str] = "dns.ns"
    key_field: ClassVar[str] = "host"
    layer: ClassVar[str | None] = "service"
    host: Host
    zone: str

    def roles(self) -> tuple[str, ...]:
        return ("dns",)

    def leads(self) -> tuple[Subject, ...]:
        return leads_to(self.host)

    def text(self) -> str:
        return f"NS {self.host}"


@dataclass(frozen=True, slots=True)
class Authority(Value):
    """Where the zone is kept, and who is responsible (RFC 1035, section 3.3.13).

    Attributes:
        mname: The server that holds the original.
        rname: The mailbox, with a dot for the @.
    """

    kind: ClassVar[str] = "dns.soa"
    mname: str
    rname: str

    def roles(self) -> tuple[str, ...]:
        return ("dns",)

    def text(self) -> str:
        return f"SOA {self.mname} {self.rname}"


@dataclass(frozen=True, slots=True)
class KeyDigest(Value):
    """The parent zone vouches for a key of the zone (RFC 4034, section 5).

    Attributes:
        key_tag: Of the key.
        algorithm: Number in IANA's registry of DNSSEC algorithms.
        digest_type: Number in IANA's registry of digest types.
    """

    kind: ClassVar[str] = "dns.ds"
    key_tag: int
    algorithm: int
    digest_type: int

    def roles(self) -> tuple[str, ...]:
        return ("dns",)

    def text(self) -> str:
        return f"DS {self.key_tag} {self.algorithm} {self.digest_type}"


@dataclass(frozen=True, slots=True)
class Signed(Value):
    """Whether the zone is signed, so that a forged answer can be told (RFC 4033).

    Attributes:
        signed: The parent holds a digest of a key.
        validated: The resolver says that it checked the signatures; one that
            does not check never says so.
    """

    kind: ClassVar[str] = "dns.dnssec"
    signed: bool
    validated: bool

    def roles(self) -> tuple[str, ...]:
        return ("dns",)

    def text(self) -> str:
        if not self.signed:
            return "DNSSEC −"
        return "DNSSEC DS AD" if self.validated else "DNSSEC DS"


@probe(takes=Domain, opens=("dns",))
def ns(domain: Domain) -> Asking[Seen]:
    """Read the name servers of *domain*, or of the zone that holds it."""
    exchange = yield from ask(dns.question(domain.name, "NS"))
    zone = domain.name
    records = dns.answers(exchange, "NS")
    if not records and _exists(exchange):
        above = _zone(domain, (yield from ask(dns.question(domain.name, "SOA"))))
        if above != zone:
            zone = above
            exchange = yield from ask(dns.question(zone, "NS"))
            records = dns.answers(exchange, "NS")
    seen: list[Observation | Unsettled] = []
    for name in sorted({record.data for record in records}):
        server = host(name)
        if server is None:
            seen.append(Unsettled(exchange, "unreadable"))
        else:
            seen.append(Observation(domain, NameServer(server, zone), (exchange,)))
    return seen


@probe(takes=Domain, tells=("dns",))
def soa(domain: Domain) -> Asking[Seen]:
    """Read where the zone of *domain* is kept, if the domain is the top of one."""
    exchange = yield from ask(dns.question(domain.name, "SOA"))
    return [
        Observation(domain, Authority(record.data[0], record.data[1]), (exchange,))
        for record in dns.answers(exchange, "SOA")[:1]
    ]


@probe(takes=Domain, tells=("dns",))
def dnssec(domain: Domain) -> Asking[Seen]:
    """See whether the parent vouches for the zone of *domain*, and whether the resolver checked."""
    digest, authority = yield from ask_all(
        (dns.question(domain.name, "DS"), dns.question(domain.name, "SOA"))
    )
    if no_such_name(digest) or no_such_name(authority):
        return []
    if _exists(digest) and not replied(authority):
        # The zone may be one above, and signed.
        return []
    if _exists(digest) and (zone := _zone(domain, authority)) != domain.name:
        digest = yield from ask(dns.question(zone, "DS"))
    if not replied(digest):
        return []
    digests = sorted(record.data[:3] for record in dns.answers(digest, "DS"))
    validated = bool(digests) and replied(authority) and dns.read(authority).authentic
    return [
        *(Observation(domain, KeyDigest(*fields), (digest,)) for fields in digests),
        Observation(domain, Signed(bool(digests), validated), (digest, authority)),
    ]


def _exists(exchange: Exchange) -> bool:
    """Whether the reply proves that the name exists without records of the type."""
    return dns.absent(exchange) and not no_such_name(exchange)


def _zone(domain: Domain, authority: Exchange) -> str:
    """The zone that holds *domain*, as the answer about its SOA says; itself if it says none."""
    if not _exists(authority):
        return domain.name
    for record in dns.read(authority).authority:
        if record.rdtype == "SOA" and record.name != "." and is_under(domain.name, record.name):
            return record.name
    return domain.name
