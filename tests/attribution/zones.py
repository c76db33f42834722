"""Zones of organisations that nobody has, made of whatever the catalogue knows to tell apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from hypothesis import strategies as st

from auditor.catalogue.catalogue import Catalogue
from auditor.model.exchange import Reply, Result
from auditor.model.subject import Domain
from auditor.network.http import compose

_ZONE = "ville.example"
_INSIDE = "mairie.ville.example"
_NAMES = ("www", "webmail", "mail", "autoconfig", "portail", "intranet", "cloud", "sso", "sip")


@dataclass
class Zone:
    """The zone of one organisation.

    Attributes:
        domain: Its domain: the top of the zone, or a name inside.
        lines: As `tests.probes.world` reads them.
        results: What happens to questions that are not about names.
    """

    domain: Domain
    lines: list[str] = field(default_factory=list)
    results: dict[str, Result] = field(default_factory=dict)
    addressed: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, rdata: str) -> None:
        """Add a record."""
        self.lines.append(f"{name} {rdata}")

    def text(self) -> str:
        """Every line, once."""
        return "\n".join(dict.fromkeys(self.lines))


class Palette:
    """What the catalogue can tell apart."""

    def __init__(self, catalogue: Catalogue) -> None:
        offerings = catalogue.offerings.values()
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for offering in offerings:
            for fingerprint in offering.fingerprints:
                found[fingerprint.on, fingerprint.how].add(fingerprint.pattern)
        self._patterns = {key: sorted(patterns) for key, patterns in found.items()}
        self.selectors = sorted({s for o in offerings for s in o.dkim_selectors})
        self.tenants = sorted({t for o in offerings for t in o.tenant_names})

    def patterns(self, *kinds: str, how: str = "under") -> list[str]:
        """The patterns of the fingerprints on *kinds*."""
        return [pattern for kind in kinds for pattern in self._patterns[kind, how]]


@st.composite
def zones(draw: st.DrawFn, palette: Palette) -> Zone:
    """An organisation with a handful of suppliers, some of which nobody knows."""
    zone = Zone(Domain(draw(st.sampled_from((_ZONE, _INSIDE)))))
    domain = zone.domain.name
    zone.add(_ZONE, "SOA ns1.ville.example. admin.ville.example. 1 2 3 4 5")
    zone.add(_ZONE, 'TXT "here"')
    zone.add(domain, 'TXT "here as well"')

    def chance(most: int = 1) -> int:
        return draw(st.integers(0, most))

    def one_of(*kinds: str, how: str = "under") -> str:
        return draw(st.sampled_from(palette.patterns(*kinds, how=how)))

    def addressed(name: str) -> str:
        if name not in zone.addressed:
            number = zone.addressed[name] = len(zone.addressed) + 1
            zone.add(name, f"A 1.1.{number}.1")
            system = draw(
                st.sampled_from((*palette.patterns("route.origin", how="is"), "AS64500"))
            ).removeprefix("AS")
            origin = f"1.1.{number}.origin.asn.cymru.com"
            if chance(9):
                zone.add(f"1.{origin}", f'TXT "{system} | 1.1.{number}.0/24 | FR | ripencc | "')
        return name

    def own(label: str, *kinds: str) -> str:
        """A name of the organisation's own, with an address or as an alias."""
        name = f"{label}.{domain}"
        if chance():
            zone.add(name, f"CNAME {addressed(f'{label}.{one_of(*kinds)}')}.")
            return name
        return addressed(name)

    for number in range(chance(3)):
        known = addressed(f"mx{number}.{one_of('dns.mx')}")
        name = known if chance() else own(f"mx{number}", "dns.mx", "dns.cname")
        zone.add(domain, f"MX {number} {name}.")
    sending = ["v=spf1"]
    for number in range(chance(2)):
        included = f"spf{number}.{one_of('dns.spf.include')}"
        sending.append(f"include:{included}")
        below = f"include:{one_of('dns.spf.include')}" if chance() else "ip4:1.2.3.4"
        zone.add(included, f'TXT "v=spf1 {below} -all"')
    sending += ["mx"] * chance() + ["ip4:1.1.1.9"] * chance()
    sending += [f"a:h{number}.test" for number in range(9 * chance())]
    others = draw(st.sampled_from(("-all", "~all", "+all", "", f"redirect=_spf.{domain}")))
    zone.add(domain, f'TXT "{" ".join(sending)} {others}"')
    zone.add(f"_spf.{domain}", f'TXT "v=spf1 {draw(st.sampled_from(("-all", "broken", "")))}"')
    for selector in draw(st.lists(st.sampled_from(palette.selectors), max_size=2, unique=True)):
        target = f"{selector}.{one_of('dns.dkim')}"
        zone.add(f"{selector}._domainkey.{domain}", f"CNAME {target}.")
        zone.add(target, 'TXT "v=DKIM1; p=AA=="')
    if chance():
        own("autodiscover", "dns.autodiscover")
    for label in draw(st.lists(st.sampled_from(_NAMES), max_size=3, unique=True)):
        own(label, "dns.cname", "dns.service")
    if chance():
        addressed(domain)
    if chance():
        zone.add(f"_imaps._tcp.{domain}", f"SRV 0 1 993 {one_of('dns.service', 'dns.mx')}.")
    for tenant in draw(st.lists(st.sampled_from(palette.tenants), max_size=1)):
        addressed(tenant.format(dashed=domain.replace(".", "-"), domain=domain))
    for _ in range(chance(2)):
        token = one_of("dns.txt", how="prefix")
        zone.add(domain, f'TXT "{token}1234"')
    for number in range(chance(2)):
        server = addressed(f"ns{number}.{one_of('dns.ns')}")
        zone.add(_ZONE, f"NS {server}.")
    if chance():
        zone.add(_ZONE, f"DS 1 13 2 {'A1' * 32}")
    for _ in range(chance(2)):
        issuer = one_of("dns.caa", how="is")
        zone.add(draw(st.sampled_from((domain, _ZONE))), f'CAA 0 issue "{issuer}"')
    if chance():
        zone.add(f"_smtp._tls.{domain}", f'TXT "v=TLSRPTv1; rua=mailto:tls@{domain}"')
    if chance():
        reports = f"rua=mailto:x@{one_of('dns.dmarc.report')}"
        policy = draw(st.sampled_from(("none", "reject")))
        at = draw(st.sampled_from((domain, _ZONE)))
        below = draw(st.sampled_from(("", "sp=none; ", "pct=20; ")))
        zone.add(f"_dmarc.{at}", f'TXT "v=DMARC1; p={policy}; {below}{reports}"')
    if chance():
        mode = draw(st.sampled_from(("enforce", "testing")))
        zone.add(f"_mta-sts.{domain}", 'TXT "v=STSv1; id=1"')
        policy = compose(200, "OK", (), f"version: STSv1\nmode: {mode}\n".encode())
        zone.results[f"GET https://mta-sts.{domain}/.well-known/mta-sts.txt"] = Reply(policy)
    return zone
