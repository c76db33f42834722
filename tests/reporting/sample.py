"""An invented assessment with everything a report must stand: verdicts, gaps, hostile text.

Organisations, laws and rules are made up; the jurisdictions are real ones so that
names, orders and column widths are those of real reports.
"""

# ruff: noqa: E501 - the sentences of a report are long

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import yaml

from auditor import resources
from auditor.errors import Place
from auditor.model.assessment import (
    Assessment,
    Digests,
    Exposure,
    Finding,
    Grasp,
    Interval,
    Knowledge,
    Resolver,
    Score,
    State,
    Step,
    Term,
)
from auditor.model.contradiction import Contradiction, Level
from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply, Unasked
from auditor.model.footprint import Dependency, Fact, Footprint, Location, Part
from auditor.model.law import (
    Adequacy,
    Case,
    Effect,
    Force,
    Hook,
    Jurisdiction,
    Law,
    Mitigation,
    Reach,
    Validity,
)
from auditor.model.party import LegalEntity, Offering, Qualification, Stake, Supply
from auditor.model.rule import Citation, Confidence, Require, Rule, Selection, Severity, Verdict
from auditor.model.sighting import Gap
from auditor.model.subject import Domain, Host, Selector
from auditor.model.target import Declared, Target
from auditor.model.text import Period, Provenance, Sentence, Text
from auditor.model.waiver import Decision, Waiver, WaiverState, WaiverUse
from tests.reporting import sample_frameworks, sample_scenarios

DAY = date(2026, 11, 23)
BEGAN = datetime(2026, 11, 23, 9, 12, 4, tzinfo=UTC)
DOMAIN = Domain("ville.example")
HOSTING = Text("hébergement", "hosting")

HOSTILE = 'v=x \x1b[31mred\x1b[0m <script>alert(1)</script> \u202etxt.exe\u202c \x07 =HYPERLINK("x") 示例 🦊'

READ = Provenance("https://registre.example/extrait", date(2026, 11, 1), verified=True)
MEMORY = Provenance(
    "de mémoire", date(2026, 6, 2), verified=False, note="à relire dans le registre"
)


def _texts(fr: str, en: str) -> Text:
    return Text(fr=fr, en=en)


def _jurisdiction(id: str, fr: str, en: str, *within: str, adequate: str = "") -> Jurisdiction:
    adequacy: tuple[Adequacy, ...] = ()
    if adequate:
        scope = "general" if adequate == "general" else "partial"
        adequacy = (
            Adequacy(
                "EU",
                "(UE) 2000/000",
                scope,
                _texts("destinataires certifiés seulement", "certified recipients only")
                if scope == "partial"
                else None,
                Period(date(2023, 7, 10)),
                contested=scope == "partial",
                provenance=READ,
            ),
        )
    return Jurisdiction(id, _texts(fr, en), within, (id.lower(),), adequacy, (), READ)


JURISDICTIONS = {
    j.id: j
    for j in (
        _jurisdiction("FR", "France", "France", "EU", "EEA"),
        _jurisdiction("IE", "Irlande", "Ireland", "EU", "EEA"),
        _jurisdiction("DE", "Allemagne", "Germany", "EU", "EEA"),
        _jurisdiction("NL", "Pays-Bas", "Netherlands", "EU", "EEA"),
        _jurisdiction("GR", "Grèce", "Greece", "EU", "EEA"),
        _jurisdiction("EU", "Union européenne", "European Union"),
        _jurisdiction("US", "États-Unis", "United States", adequate="partial"),
        _jurisdiction("GB", "Royaume-Uni", "United Kingdom", adequate="general"),
        _jurisdiction("CA", "Canada", "Canada", adequate="partial"),
        _jurisdiction("CH", "Suisse", "Switzerland", adequate="general"),
        _jurisdiction("CN", "Chine", "China"),
        _jurisdiction("RU", "Russie", "Russia"),
    )
}


def _entity(
    id: str,
    name: str,
    country: str | None,
    *owners: tuple[str, float | None],
    known: bool = True,
    read: Provenance = READ,
) -> LegalEntity:
    return LegalEntity(
        id,
        name,
        country,
        country,
        public=False,
        stakes=tuple(
            Stake(
                owner, share, share, control=True, period=Period(date(2019, 1, 1)), provenance=read
            )
            for owner, share in owners
        ),
        ownership_known=known,
        establishments=(country,) if country else (),
        establishments_known=known,
        provenance=read,
    )


ENTITIES = {
    e.id: e
    for e in (
        _entity(
            "examplecloud-ireland",
            "ExampleCloud Operations Ireland Ltd",
            "IE",
            ("examplecloud-inc", 100.0),
        ),
        _entity("examplecloud-inc", "ExampleCloud Inc.", "US"),
        _entity("filtre-bv", "FilterExample B.V.", "NL", ("filter-holdings", 66.7), read=MEMORY),
        _entity("filter-holdings", "Filter Example Holdings plc", "GB", ("filter-partners", None)),
        _entity(
            "filter-partners",
            "Example Growth Partners VII (Cayman) L.P.",
            "US",
            known=False,
            read=MEMORY,
        ),
        _entity("hebergeur-sas", "Hébergeur Exemple SAS", "FR", ("groupe-exemple", 100.0)),
        _entity("groupe-exemple", "Groupe Exemple SA", "FR"),
        _entity(
            "semop",
            "Société d’économie mixte à opération unique pour l’aménagement numérique du Val-d’Exemple",
            "FR",
        ),
        _entity("registrar-gmbh", "Registrar Beispiel GmbH", "DE"),
        _entity("cert-authority", "CertExample Authority Corp.", "US", known=False),
        _entity("mesure", "Παράδειγμα Αναλυτική Α.Ε.", "GR"),
        _entity("reseau", "Пример Сеть ООО", "RU", known=False, read=MEMORY),
        _entity("envoi-inc", "Mail Example Technologies Inc.", "CA"),
    )
}


def _offering(
    id: str,
    name: str,
    operator: str | None,
    *category: str,
    technology: str = "",
    read: Provenance = READ,
) -> Offering:
    return Offering(
        id,
        name,
        operator,
        category,
        frozenset(),
        frozenset(),
        (
            Supply(
                technology,
                _texts("logiciel et mises à jour", "software and updates"),
                Period(),
                READ,
            ),
        )
        if technology
        else (),
        (),
        subprocessors_known=False,
        regions=(),
        keys="operator",
        qualifications=(
            Qualification("QualifExemple 3.2", HOSTING, "", Period(date(2025, 1, 1)), READ),
        )
        if id == "hebergeur-exemple"
        else (),
        provenance=read,
    )


OFFERINGS = {
    o.id: o
    for o in (
        _offering("examplecloud-office", "ExampleCloud Office", "examplecloud-ireland", "mailbox"),
        _offering(
            "examplecloud-compute", "ExampleCloud Compute", "examplecloud-ireland", "hyperscaler"
        ),
        _offering("filter-example", "FilterExample Mail Shield", "filtre-bv", "mail-gateway"),
        _offering("hebergeur-exemple", "Hébergeur Exemple", "hebergeur-sas", "hosting"),
        _offering(
            "bureau-souverain",
            "Bureau souverain du Val-d’Exemple",
            "semop",
            "mailbox",
            technology="examplecloud-inc",
        ),
        _offering("registrar-beispiel", "Registrar Beispiel", "registrar-gmbh", "registrar"),
        _offering(
            "certexample", "CertExample", "cert-authority", "certificate-authority", read=MEMORY
        ),
        _offering("mesure-exemple", "Παράδειγμα Analytics", "mesure", "analytics"),
        _offering("primer-net", "Пример Сеть", "reseau", "carrier", read=MEMORY),
        _offering("mail-example", "Mail Example", "envoi-inc", "mail-sender"),
    )
}

CONTROLLERS = {
    "examplecloud-office": ("US",),
    "examplecloud-compute": ("US",),
    "hebergeur-exemple": ("FR",),
    "bureau-souverain": ("FR",),
    "registrar-beispiel": ("DE",),
    "mesure-exemple": ("GR",),
    "mail-example": ("CA",),
}


def _law(
    id: str,
    country: str,
    fr: str,
    en: str,
    citation: str,
    *effects: Effect,
    force: Force = Force.IN_FORCE,
    read: Provenance = READ,
) -> Law:
    return Law(
        id,
        country,
        _texts(f"Loi d’exemple sur {fr}", f"Example Act on {en}"),
        _texts(f"Loi sur {fr}", f"{en.capitalize()} Act"),
        citation,
        _texts(
            "Oblige les prestataires qu’elle vise à remettre les données qu’ils détiennent ou contrôlent, où qu’elles se trouvent.",
            "Obliges the providers it covers to hand over data they hold or control, wherever it lies.",
        ),
        _texts(
            "prestataires de communications électroniques", "electronic communication providers"
        ),
        tuple(
            Reach(
                hook,
                ("operator", "owner"),
                effects,
                roles=(),
                settled=True,
                why=_texts("Le texte vise la maison mère.", "The text covers the parent."),
            )
            for hook in (Hook.INCORPORATION, Hook.PARENT_CONTROL)
        ),
        _texts("Un ordre de silence est possible.", "A gag order is possible."),
        (Validity(Period(date(2018, 3, 23)), force, None, read),),
        (_texts("Un recours en courtoisie internationale existe.", "A comity motion exists."),),
        (
            Mitigation(
                "customer-keys",
                Effect.DISCLOSURE,
                _texts(
                    "Clés détenues par le seul client : contenu au repos.",
                    "Keys held by the customer alone: content at rest.",
                ),
            ),
        ),
        (
            Case(
                "Affaire Exemple",
                date(2025, 5, 15),
                _texts("Boîte fermée.", "Mailbox closed."),
                read,
            ),
        ),
        read,
    )


LAWS = {
    law.id: law
    for law in (
        _law(
            "example-data-access",
            "US",
            "l’accès aux données",
            "data access",
            "00 X.S.C. 2713",
            Effect.DISCLOSURE,
        ),
        _law(
            "example-intelligence",
            "US",
            "le renseignement",
            "intelligence",
            "00 X.S.C. 1881",
            Effect.DISCLOSURE,
            force=Force.LAPSED_WITH_TAIL,
            read=MEMORY,
        ),
        _law(
            "example-sanctions",
            "US",
            "les sanctions",
            "sanctions",
            "00 X.S.C. 1701-1708",
            Effect.INTERRUPTION,
        ),
        _law(
            "example-export",
            "US",
            "les exportations",
            "export control",
            "00 X.F.R. 734.3",
            Effect.INTERRUPTION,
            Effect.TAMPERING,
        ),
        _law(
            "example-powers",
            "GB",
            "les pouvoirs d’enquête",
            "investigatory powers",
            "2016 c. 00",
            Effect.DISCLOSURE,
            Effect.TAMPERING,
        ),
        _law(
            "example-evidence",
            "CA",
            "la preuve",
            "evidence",
            "R.S.C. 0000, c. X-00",
            Effect.DISCLOSURE,
            force=Force.CONTESTED,
        ),
        _law(
            "example-security",
            "RU",
            "la sécurité des réseaux",
            "network security",
            "000-ФЗ",
            Effect.DISCLOSURE,
            Effect.INTERRUPTION,
            read=MEMORY,
        ),
        _law(
            "example-domestic",
            "FR",
            "la sécurité intérieure",
            "domestic security",
            "art. L. 000-0 CX",
            Effect.DISCLOSURE,
        ),
        _law(
            "example-union",
            "EU",
            "la preuve électronique",
            "e-evidence",
            "(UE) 0000/0000",
            Effect.DISCLOSURE,
        ),
        _law(
            "example-cyber",
            "CN",
            "le renseignement national",
            "national intelligence",
            "2017, art. 0",
            Effect.DISCLOSURE,
        ),
    )
}


def _lookups() -> tuple[Exchange, ...]:
    exchanges: list[Exchange] = []
    clock = count()

    def ask(medium: str, text: str, result: Reply | Failure | Unasked, via: str) -> None:
        n = next(clock)
        exchanges.append(
            Exchange(
                Question(medium, text),
                result,
                BEGAN + timedelta(milliseconds=37 * n),
                0.004 + n % 7 / 1000,
                via,
            )
        )

    def reply(text: str) -> Reply:
        return Reply(f"reply to {text}".encode() * 4)

    names = [
        "",
        "www.",
        "webmail.",
        "mail.",
        "autodiscover.",
        "intranet.",
        "portail.",
        "login.",
        "visio.",
        "cloud.",
        "vpn.",
    ]
    for name in names:
        for rdtype in ("A", "AAAA", "CNAME"):
            text = f"{name}{DOMAIN} {rdtype}"
            ask("dns", text, reply(text), "udp 192.0.2.53:53")
    for rdtype in ("MX", "TXT", "NS", "SOA", "CAA", "DS"):
        ask("dns", f"{DOMAIN} {rdtype}", reply(rdtype), "udp 192.0.2.53:53")
    for name in (
        "_dmarc",
        "_mta-sts",
        "_smtp._tls",
        "default._bimi",
        "_sip._tls",
        "_autodiscover._tcp",
    ):
        ask("dns", f"{name}.{DOMAIN} TXT", reply(name), "udp 192.0.2.53:53")
    for selector in ("selector1", "selector2", "s1", "s2", "k1", "mail", "default"):
        failed = selector in {"s1", "k1"}
        text = f"{selector}._domainkey.{DOMAIN} CNAME"
        ask(
            "dns",
            text,
            Failure(Reason.TIMEOUT, "3 attempts, 2.0 s each") if failed else reply(text),
            "udp 192.0.2.53:53",
        )
    for host in (
        "ville-example.mail.examplecloud.example",
        "mx1.filter.example",
        "mx2.filter.example",
        "ns1.beispiel.example",
    ):
        for rdtype in ("A", "AAAA"):
            ask("dns", f"{host} {rdtype}", reply(host), "tcp 192.0.2.53:53")
    for address in ("198.51.100.25", "198.51.100.26", "203.0.113.80", "2001:db8:25::7"):
        ask("dns", f"{address} PTR", reply(address), "udp 192.0.2.53:53")
        ask(
            "http",
            f"GET https://routage.example/prefix?resource={address}",
            reply(address),
            "https 198.51.100.200",
        )
        ask(
            "rdap",
            f"ip/{address}",
            reply(address)
            if address != "203.0.113.80"
            else Failure(Reason.STATUS, "429 Too Many Requests"),
            "https 203.0.113.43",
        )
    ask(
        "http",
        f"GET https://mta-sts.{DOMAIN}/.well-known/mta-sts.txt",
        Failure(Reason.TLS, "certificate has expired"),
        "https 203.0.113.80",
    )
    ask(
        "dns",
        f"_sipfederationtls._tcp.{DOMAIN} SRV",
        Failure(Reason.SERVFAIL, "rcode 2", b"\0\1servfail"),
        "udp 192.0.2.53:53",
    )
    ask("rdap", f"domain/{DOMAIN}", Unasked(), "recording")
    ask("dns", f"hostile.{DOMAIN} TXT", Reply(HOSTILE.encode()), "udp 192.0.2.53:53")
    return tuple(exchanges)


LOOKUPS = _lookups()
BY_QUESTION = {str(exchange.question): exchange for exchange in LOOKUPS}


def _ids(*questions: str) -> tuple[str, ...]:
    return tuple(BY_QUESTION[question].id for question in questions)


def _dependency(
    role: str,
    offering: str | None,
    label: str,
    subject: str,
    because: tuple[str, ...],
    evidence: tuple[str, ...],
    layer: str = "service",
    place: tuple[str, str] | None = None,
    confidence: Confidence = Confidence.HIGH,
    declared: bool = False,
) -> Dependency:
    return Dependency(
        f"{DOMAIN}/{role}/{layer}/{offering or subject}",
        DOMAIN.name,
        role,
        layer,
        subject,
        offering,
        label,
        (Location(place[0], place[1], "198.51.100.25"),) if place else (),
        confidence,
        because,
        evidence,
        declared,
    )


MX = _ids(f"dns {DOMAIN} MX")
TXT = _ids(f"dns {DOMAIN} TXT")
DEPENDENCIES = (
    _dependency(
        "mail.inbound",
        "filter-example",
        "FilterExample Mail Shield",
        "mx1.filter.example",
        (f"{DOMAIN} MX 10 mx1.filter.example", f"{DOMAIN} MX 20 mx2.filter.example"),
        MX,
        place=("NL", "registry"),
    ),
    _dependency(
        "mail.inbound",
        "hebergeur-exemple",
        "Hébergeur Exemple",
        "198.51.100.25",
        ("mx1.filter.example A 198.51.100.25", "198.51.100.25 ORIGIN AS64500 198.51.100.0/24"),
        _ids(
            "dns mx1.filter.example A",
            "http GET https://routage.example/prefix?resource=198.51.100.25",
        ),
        layer="network",
        place=("FR", "registry"),
    ),
    _dependency(
        "mail.gateway",
        "filter-example",
        "FilterExample Mail Shield",
        "mx1.filter.example",
        (f"{DOMAIN} MX 10 mx1.filter.example",),
        MX,
    ),
    _dependency(
        "mail.mailbox",
        "examplecloud-office",
        "ExampleCloud Office",
        f"autodiscover.{DOMAIN}",
        (
            f"autodiscover.{DOMAIN} CNAME autodiscover.examplecloud.example",
            f"selector1._domainkey.{DOMAIN} CNAME selector1-ville-example._domainkey.examplecloud.example",
        ),
        _ids(f"dns autodiscover.{DOMAIN} CNAME", f"dns selector1._domainkey.{DOMAIN} CNAME"),
        place=("IE", "region"),
    ),
    _dependency(
        "mail.outbound",
        "examplecloud-office",
        "ExampleCloud Office",
        str(DOMAIN),
        (f"{DOMAIN} SPF include:spf.examplecloud.example",),
        TXT,
    ),
    _dependency(
        "mail.outbound",
        "mail-example",
        "Mail Example",
        str(DOMAIN),
        (f"{DOMAIN} SPF include:_spf.mail.example",),
        TXT,
        confidence=Confidence.MODERATE,
    ),
    _dependency(
        "mail.outbound",
        None,
        "198.51.100.0/24 (ASSOCIATION POUR L’ÉCHANGE DE TRAFIC DU VAL-D’EXEMPLE ET DES COMMUNES LIMITROPHES)",
        "198.51.100.26",
        (f"{DOMAIN} SPF ip4:198.51.100.26",),
        TXT,
        layer="network",
        place=("FR", "registry"),
        confidence=Confidence.LOW,
    ),
    _dependency(
        "identity",
        "examplecloud-office",
        "ExampleCloud Office",
        str(DOMAIN),
        (f"{DOMAIN} TXT examplecloud-domain-verification=4f1c9aa7",),
        TXT,
        confidence=Confidence.MODERATE,
    ),
    _dependency(
        "collaboration",
        "bureau-souverain",
        "Bureau souverain du Val-d’Exemple",
        f"visio.{DOMAIN}",
        (
            f"visio.{DOMAIN} CNAME rendez-vous-videoconference-des-agents-territoriaux.bureau-souverain.example",
        ),
        _ids(f"dns visio.{DOMAIN} CNAME"),
        declared=True,
    ),
    _dependency(
        "web",
        "examplecloud-compute",
        "ExampleCloud Compute",
        f"www.{DOMAIN}",
        (f"www.{DOMAIN} CNAME d111111abcdef8.examplecloud.example",),
        _ids(f"dns www.{DOMAIN} CNAME"),
        place=("DE", "registry"),
    ),
    _dependency(
        "dns",
        "registrar-beispiel",
        "Registrar Beispiel",
        "ns1.beispiel.example",
        (f"{DOMAIN} NS ns1.beispiel.example",),
        _ids(f"dns {DOMAIN} NS"),
        place=("DE", "registry"),
    ),
    _dependency(
        "certificate",
        "certexample",
        "CertExample",
        str(DOMAIN),
        (f"{DOMAIN} CAA 0 issue certexample.example",),
        _ids(f"dns {DOMAIN} CAA"),
    ),
    _dependency(
        "network",
        "primer-net",
        "Пример Сеть",
        "203.0.113.80",
        ("203.0.113.80 ORIGIN AS64501 203.0.113.0/24",),
        _ids("http GET https://routage.example/prefix?resource=203.0.113.80"),
        layer="network",
        place=("RU", "registry"),
        confidence=Confidence.MODERATE,
    ),
    _dependency(
        "analytics",
        "mesure-exemple",
        "Παράδειγμα Analytics",
        f"www.{DOMAIN}",
        (f"hostile.{DOMAIN} TXT {HOSTILE}",),
        _ids(f"dns hostile.{DOMAIN} TXT"),
        confidence=Confidence.LOW,
    ),
)


def _gap(subject: str, question: str, *roles: str, probe: str = "dkim") -> Gap:
    exchange = BY_QUESTION[question]
    of = Selector(DOMAIN.name, subject) if probe == "dkim" else Host(subject)
    return Gap.of(of, probe, exchange, roles)


GAPS = {
    "mail.outbound": (
        _gap("s1", f"dns s1._domainkey.{DOMAIN} CNAME", "mail.outbound"),
        _gap("k1", f"dns k1._domainkey.{DOMAIN} CNAME", "mail.outbound"),
    ),
    "mail.inbound": (
        _gap(
            f"mta-sts.{DOMAIN}",
            f"http GET https://mta-sts.{DOMAIN}/.well-known/mta-sts.txt",
            "mail.inbound",
            probe="mta_sts",
        ),
    ),
    "collaboration": (
        _gap(
            f"_sipfederationtls._tcp.{DOMAIN}",
            f"dns _sipfederationtls._tcp.{DOMAIN} SRV",
            "collaboration",
            probe="service",
        ),
        Gap(Host(f"cloud.{DOMAIN}"), "service", None, "limit", ("collaboration",)),
    ),
    "registration": (
        _gap(str(DOMAIN), f"rdap domain/{DOMAIN}", "registration", probe="registration"),
    ),
    "network": (_gap("203.0.113.80", "rdap ip/203.0.113.80", "network", probe="registration"),),
}

FACTS = {
    "dns": (
        Fact(
            DOMAIN.name,
            "dns",
            "dns.dnssec",
            str(DOMAIN),
            (("signed", "no"),),
            f"{DOMAIN} DNSSEC unsigned",
            _ids(f"dns {DOMAIN} DS"),
        ),
    ),
    "mail.outbound": (
        Fact(
            DOMAIN.name,
            "mail.outbound",
            "dns.dmarc",
            str(DOMAIN),
            (("p", "none"),),
            f"_dmarc.{DOMAIN} DMARC p=none",
            _ids(f"dns _dmarc.{DOMAIN} TXT"),
        ),
    ),
}

ROLES = {
    "mail.inbound": _texts("Réception du courrier", "Incoming mail"),
    "mail.gateway": _texts("Filtrage du courrier", "Mail filtering"),
    "mail.mailbox": _texts("Boîtes aux lettres", "Mailboxes"),
    "mail.outbound": _texts("Envoi du courrier", "Outgoing mail"),
    "mail.reports": _texts("Rapports de messagerie", "Mail reports"),
    "identity": _texts("Identité et comptes", "Identity and accounts"),
    "collaboration": _texts("Collaboration", "Collaboration"),
    "web": _texts("Site internet", "Web site"),
    "dns": _texts("Noms de domaine (DNS)", "Domain names (DNS)"),
    "certificate": _texts("Certificats", "Certificates"),
    "network": _texts("Réseau", "Network"),
    "registration": _texts("Enregistrement du nom", "Name registration"),
    "analytics": _texts("Mesure d’audience", "Analytics"),
}

PARTS = tuple(
    Part(
        DOMAIN.name,
        role,
        tuple(d for d in DEPENDENCIES if d.role == role),
        FACTS.get(role, ()),
        GAPS.get(role, ()),
    )
    for role in ROLES
)


def _step(entity: str, relation: str, detail: Text | None = None) -> Step:
    party = ENTITIES[entity]
    return Step(
        entity, party.name, relation, party.incorporated_in or "", detail, party.provenance.verified
    )


ALL_OF_IT = _texts("100 % du capital", "100% of the capital")
CLOUD = (_step("examplecloud-ireland", "operator"), _step("examplecloud-inc", "owner", ALL_OF_IT))
FILTER = (
    _step("filtre-bv", "operator"),
    _step("filter-holdings", "owner", _texts("66,7 % du capital", "66.7% of the capital")),
)
PARTNERS = (
    *FILTER,
    _step("filter-partners", "owner", _texts("part non publiée", "share not published")),
)
PATHS: dict[str, tuple[tuple[str, tuple[Step, ...]], ...]] = {
    "examplecloud-office": (("US", CLOUD),),
    "examplecloud-compute": (("US", CLOUD),),
    "filter-example": (("GB", FILTER), ("US", PARTNERS)),
    "bureau-souverain": (
        (
            "US",
            (
                _step("semop", "operator"),
                _step(
                    "examplecloud-inc",
                    "technology",
                    _texts("logiciel et mises à jour", "software and updates"),
                ),
            ),
        ),
    ),
    "certexample": (("US", (_step("cert-authority", "operator"),)),),
    "mail-example": (("CA", (_step("envoi-inc", "operator"),)),),
    "primer-net": (("RU", (_step("reseau", "operator"),)),),
    "hebergeur-exemple": (
        ("FR", (_step("hebergeur-sas", "operator"),)),
        ("EU", (_step("hebergeur-sas", "operator"),)),
    ),
    "registrar-beispiel": (("EU", (_step("registrar-gmbh", "operator"),)),),
    "mesure-exemple": (("EU", (_step("mesure", "operator"),)),),
}
STANDING = {
    "FR": "home",
    "EU": "shared",
    "US": "partly-adequate",
    "GB": "adequate",
    "CA": "partly-adequate",
    "RU": "third",
    "CN": "third",
}
WHO_OWNS = _texts(
    "qui contrôle Example Growth Partners VII (Cayman) L.P.",
    "who controls Example Growth Partners VII (Cayman) L.P.",
)
LISTED = _texts(
    "si la collectivité figure ou non sur une liste de sanctions",
    "whether the body is on a sanctions list",
)


def _unidentified(dependency: Dependency, rank: int) -> list[Exposure]:
    """Every law may reach whom we cannot name."""
    return [
        Exposure(
            f"x{rank + number}",
            dependency.id,
            dependency.role,
            dependency.layer,
            STANDING[law.jurisdiction],
            Grasp(
                law.id,
                law.jurisdiction,
                Effect.DISCLOSURE,
                Hook.INCORPORATION,
                "operator",
                (),
                State.UNKNOWN,
                Force.IN_FORCE,
                (_texts("qui exploite ce service", "who operates this service"),),
                None,
            ),
        )
        for number, law in enumerate(LAWS.values(), 1)
    ]


def _exposures() -> tuple[Exposure, ...]:
    found: list[Exposure] = []
    for dependency in DEPENDENCIES:
        if dependency.offering is None:
            found.extend(_unidentified(dependency, len(found)))
            continue
        if dependency.role == "analytics":
            continue
        for jurisdiction, path in PATHS[dependency.offering]:
            for law in LAWS.values():
                if law.jurisdiction != jurisdiction:
                    continue
                for effect in law.reaches[0].effects:
                    missing: tuple[Text, ...] = ()
                    state = State.REACHED
                    if law.id == "example-sanctions":
                        state, missing = State.UNKNOWN, (LISTED,)
                    elif path is PARTNERS:
                        state, missing = State.UNKNOWN, (WHO_OWNS,)
                    elif dependency.layer == "network" and effect is Effect.TAMPERING:
                        state = State.NOT_REACHED
                    hook = Hook.INCORPORATION if len(path) == 1 else Hook.PARENT_CONTROL
                    if path[-1].relation == "technology":
                        hook = Hook.TECHNOLOGY_ORIGIN
                    grasp = Grasp(
                        law.id,
                        jurisdiction,
                        effect,
                        hook,
                        path[-1].relation,
                        path,
                        state,
                        law.validity[0].force,
                        missing,
                        law.reaches[0].why,
                    )
                    found.append(
                        Exposure(
                            f"x{len(found) + 1}",
                            dependency.id,
                            dependency.role,
                            dependency.layer,
                            STANDING[jurisdiction],
                            grasp,
                        )
                    )
        grasp = Grasp(
            "example-cyber",
            "CN",
            Effect.DISCLOSURE,
            Hook.INCORPORATION,
            "operator",
            (),
            State.NOT_REACHED,
            Force.IN_FORCE,
            (),
            None,
        )
        found.append(
            Exposure(
                f"x{len(found) + 1}",
                dependency.id,
                dependency.role,
                dependency.layer,
                "third",
                grasp,
            )
        )
    return tuple(found)


EXPOSURES = _exposures()


def _rule(
    id: str, effect: Effect, severity: Severity, fr: str, en: str, *roles: str, whole: bool = False
) -> Rule:
    return Rule(
        id,
        2,
        "legal-exposure",
        effect,
        severity,
        _texts(fr, en),
        roles,
        (),
        whole,
        Require(Selection("dependency", (("identified", ("yes",)),))),
        _texts(
            "Un prestataire soumis à un droit étranger peut recevoir un ordre de remise des données où qu’elles soient stockées, et se voir interdire d’en informer son client.",
            "A provider subject to foreign law can be ordered to hand over data wherever it is stored, and be forbidden to tell its customer.",
        ),
        (
            Citation(
                _texts(
                    "Règlement d’exemple (UE) 0000/000, article 48",
                    "Example Regulation (EU) 0000/000, article 48",
                ),
                "https://droit.example/reg/0000/art_48",
                READ,
            ),
            Citation(
                _texts(
                    "Cour d’exemple, C-000/18, points 178 à 185",
                    "Example Court, C-000/18, paragraphs 178 to 185",
                ),
                "https://droit.example/arret/C-000-18",
                MEMORY,
            ),
        ),
        (),
        _texts(
            "Le prestataire peut faire valoir que les données sont stockées dans l’Union et qu’il conteste chaque demande ; ni l’un ni l’autre ne supprime le pouvoir d’ordonner.",
            "The provider may say that the data is stored in the Union and that it challenges each request; neither removes the power to order.",
        ),
        _texts(
            "Quelles entités de votre groupe peuvent accéder aux contenus en clair, et sous quelle loi chacune répond-elle aux demandes d’autorités ?",
            "Which entities of your group can read content in clear, and under which law does each answer requests from authorities?",
        ),
        _texts(
            "Le titulaire s’interdit de communiquer les données à une autorité d’un pays tiers hors accord international, ou apporte une garantie équivalente.",
            "The contractor shall not hand data to a third-country authority outside an international agreement, or shall offer an equivalent safeguard.",
        ),
        (),
    )


RULES = {
    rule.id: rule
    for rule in (
        _rule(
            "mail-content-foreign-access",
            Effect.DISCLOSURE,
            Severity.CRITICAL,
            "Nul à l’étranger ne peut se faire remettre le courrier",
            "Nobody abroad can obtain the mail",
            "mail.inbound",
            "mail.mailbox",
            "mail.outbound",
        ),
        _rule(
            "identity-foreign-cut-off",
            Effect.INTERRUPTION,
            Severity.HIGH,
            "Nul à l’étranger ne peut couper les comptes",
            "Nobody abroad can cut the accounts off",
            "identity",
        ),
        _rule(
            "technology-origin",
            Effect.INTERRUPTION,
            Severity.MEDIUM,
            "Les logiciels peuvent être maintenus sans fournisseur étranger",
            "The software can be maintained without a foreign supplier",
            "collaboration",
        ),
        _rule(
            "dns-integrity",
            Effect.TAMPERING,
            Severity.HIGH,
            "Les réponses DNS sont signées",
            "DNS answers are signed",
            "dns",
        ),
        _rule(
            "certificate-choice",
            Effect.TAMPERING,
            Severity.LOW,
            "Les autorités de certification sont choisies et limitées",
            "Certification authorities are chosen and limited",
            "certificate",
        ),
        _rule(
            "web-hosting-control",
            Effect.DISCLOSURE,
            Severity.MEDIUM,
            "L’hébergement du site échappe au droit étranger",
            "Web hosting is out of reach of foreign law",
            "web",
        ),
        _rule(
            "supplier-diversity",
            Effect.INTERRUPTION,
            Severity.LOW,
            "Aucun groupe ne tient à lui seul les services vitaux",
            "No single group holds every vital service",
            whole=True,
        ),
        _rule(
            "registration-known",
            Effect.TAMPERING,
            Severity.MEDIUM,
            "Le bureau d’enregistrement est connu",
            "The registrar is known",
            "registration",
        ),
    )
}


def _finding(
    number: int,
    rule: str,
    role: str,
    verdict: Verdict,
    fr: str,
    en: str,
    confidence: Confidence = Confidence.HIGH,
    missing: tuple[Text, ...] = (),
    severity: Severity | None = None,
) -> Finding:
    dependencies = tuple(d for d in DEPENDENCIES if d.role == role)
    effect = RULES[rule].effect
    exposures = tuple(
        x.id
        for x in EXPOSURES
        if x.role == role
        and x.grasp.effect is effect
        and x.standing not in ("home", "shared")
        and x.grasp.state is not State.NOT_REACHED
    )
    return Finding(
        f"f{number:02}",
        rule,
        DOMAIN.name if role else "",
        role,
        f"{DOMAIN} {role}" if role else "Ville d’Exemple",
        verdict,
        severity or RULES[rule].severity,
        confidence,
        Sentence(_texts(fr, en)),
        exposures,
        tuple(d.id for d in dependencies),
        tuple(dict.fromkeys(e for d in dependencies for e in d.evidence)),
        missing,
    )


FINDINGS = (
    _finding(
        1,
        "mail-content-foreign-access",
        "mail.mailbox",
        Verdict.FAIL,
        "Les boîtes aux lettres de ville.example sont tenues par ExampleCloud Office, que la loi « accès aux données » (États-Unis) peut atteindre par sa maison mère.",
        "The mailboxes of ville.example are run by ExampleCloud Office, which the Data access Act (United States) can reach through its parent.",
    ),
    _finding(
        2,
        "mail-content-foreign-access",
        "mail.inbound",
        Verdict.FAIL,
        "Le courrier entrant passe par FilterExample Mail Shield, que la loi « pouvoirs d’enquête » (Royaume-Uni) peut atteindre par sa maison mère.",
        "Incoming mail passes through FilterExample Mail Shield, which the Investigatory powers Act (United Kingdom) can reach through its parent.",
        Confidence.MODERATE,
    ),
    _finding(
        3,
        "mail-content-foreign-access",
        "mail.outbound",
        Verdict.UNKNOWN,
        "Deux sélecteurs de signature n’ont pas répondu : d’autres services peuvent envoyer du courrier pour ville.example.",
        "Two signature selectors did not answer: other services may send mail for ville.example.",
        Confidence.LOW,
        (
            _texts(
                "quels services signent le courrier sous les sélecteurs s1 et k1",
                "which services sign mail under selectors s1 and k1",
            ),
            WHO_OWNS,
        ),
    ),
    _finding(
        4,
        "identity-foreign-cut-off",
        "identity",
        Verdict.UNKNOWN,
        "On ignore si un ordre de sanction pourrait viser la collectivité ; l’exploitant des comptes y serait tenu.",
        "Whether a sanctions order could target the body is not known; the operator of the accounts would be bound by it.",
        Confidence.MODERATE,
        (LISTED,),
    ),
    _finding(
        5,
        "technology-origin",
        "collaboration",
        Verdict.FAIL,
        "Bureau souverain du Val-d’Exemple dépend des mises à jour d’ExampleCloud Inc. (États-Unis), qu’un contrôle des exportations peut interrompre.",
        "Bureau souverain du Val-d’Exemple depends on updates from ExampleCloud Inc. (United States), which export control can interrupt.",
    ),
    _finding(
        6,
        "dns-integrity",
        "dns",
        Verdict.FAIL,
        "La zone ville.example n’est pas signée : une réponse falsifiée ne se voit pas.",
        "The zone ville.example is not signed: a forged answer does not show.",
    ),
    _finding(
        7,
        "web-hosting-control",
        "web",
        Verdict.FAIL,
        "Le site de ville.example est hébergé par ExampleCloud Compute, soumis au droit d’un pays tiers par sa maison mère.",
        "The site of ville.example is hosted by ExampleCloud Compute, subject to third-country law through its parent.",
    ),
    _finding(
        8,
        "certificate-choice",
        "certificate",
        Verdict.PASS,
        "Seul CertExample peut émettre un certificat pour ville.example.",
        "Only CertExample may issue a certificate for ville.example.",
    ),
    _finding(
        9,
        "supplier-diversity",
        "",
        Verdict.PASS,
        "Quatre groupes distincts tiennent les services vitaux.",
        "Four separate groups hold the vital services.",
    ),
    _finding(
        10,
        "registration-known",
        "registration",
        Verdict.UNKNOWN,
        "Le bureau d’enregistrement de ville.example n’a pas été demandé lors de l’enregistrement.",
        "The registrar of ville.example was not asked for when the recording was made.",
        Confidence.LOW,
        (_texts("le nom du bureau d’enregistrement", "the name of the registrar"),),
    ),
    _finding(
        11,
        "identity-foreign-cut-off",
        "mail.reports",
        Verdict.NOT_APPLICABLE,
        "ville.example ne fait envoyer aucun rapport à un tiers.",
        "ville.example has no report sent to a third party.",
    ),
    _finding(
        12,
        "technology-origin",
        "analytics",
        Verdict.WAIVED,
        "Risque accepté jusqu’au 30 juin 2027 (DER-2026-003).",
        "Risk accepted until 30 June 2027 (DER-2026-003).",
    ),
    _finding(
        13,
        "dns-integrity",
        "mail.inbound",
        Verdict.PASS,
        "Les noms des serveurs de courrier sont signés.",
        "The names of the mail servers are signed.",
    ),
    _finding(
        14,
        "web-hosting-control",
        "analytics",
        Verdict.PASS,
        "La mesure d’audience relève d’un prestataire de l’Union.",
        "Analytics is run by a provider of the Union.",
    ),
    _finding(
        15,
        "technology-origin",
        "web",
        Verdict.NOT_APPLICABLE,
        "Aucun logiciel de collaboration sur le site.",
        "No collaboration software on the web site.",
    ),
    _finding(
        16,
        "mail-content-foreign-access",
        "mail.gateway",
        Verdict.FAIL,
        "Le filtre FilterExample Mail Shield lit chaque message en clair.",
        "The filter FilterExample Mail Shield reads each message in clear.",
        Confidence.MODERATE,
    ),
    _finding(
        17,
        "certificate-choice",
        "mail.gateway",
        Verdict.PASS,
        "Le filtre présente un certificat choisi.",
        "The filter shows a chosen certificate.",
    ),
    _finding(
        18,
        "dns-integrity",
        "network",
        Verdict.UNKNOWN,
        "L’annonce de la route n’a pas pu être vérifiée.",
        "The route announcement could not be checked.",
        Confidence.LOW,
        (
            _texts(
                "qui est titulaire de 203.0.113.0/24 au registre",
                "who holds 203.0.113.0/24 in the registry",
            ),
        ),
    ),
    _finding(
        19,
        "supplier-diversity",
        "network",
        Verdict.FAIL,
        "Un seul réseau annonce le site de ville.example.",
        "A single network announces the site of ville.example.",
        Confidence.MODERATE,
    ),
    _finding(
        20,
        "registration-known",
        "dns",
        Verdict.PASS,
        "Les serveurs de noms sont ceux du bureau d’enregistrement.",
        "The name servers are those of the registrar.",
    ),
)

POINTS = {Severity.LOW: 1, Severity.MEDIUM: 2, Severity.HIGH: 4, Severity.CRITICAL: 8}
TERMS = tuple(
    Term(
        f.id,
        RULES[f.rule].effect,
        POINTS[f.severity],
        POINTS[f.severity] if f.verdict is Verdict.PASS else 0,
        POINTS[f.severity] if f.verdict in (Verdict.PASS, Verdict.UNKNOWN) else 0,
    )
    for f in FINDINGS
    if f.verdict is not Verdict.NOT_APPLICABLE
)


def _interval(effect: Effect) -> Interval:
    terms = [term for term in TERMS if term.effect is effect]
    weight = sum(term.weight for term in terms)
    return Interval(
        100 * sum(t.low for t in terms) // weight, -(-100 * sum(t.high for t in terms) // weight)
    )


BY_EFFECT = tuple((effect, _interval(effect)) for effect in Effect)


def _words() -> dict[str, Text]:
    """The labels that ship with the auditor."""
    entries: dict[str, dict[str, str]] = {}
    for name in ("words.yaml", "missing.yaml", "organisations.yaml", "grounds.yaml"):
        entries |= yaml.safe_load((resources.rules() / name).read_text("utf-8"))["words"]
    return {key: Text(**text) for key, text in entries.items()}


def _contradiction(number: int, level: Level, role: str, shaken: tuple[str, ...]) -> Contradiction:
    return Contradiction(
        id=f"c{number:02d}",
        kind="service-not-declared",
        between=("declared", "observed"),
        level=level,
        title=Text("Service observé, absent du dossier", "Service seen, absent from the dossier"),
        domain=DOMAIN.name,
        role=role,
        subject=f"ExampleCloud, {DOMAIN}",
        one=Text(
            "Le dossier ne nomme que ceci\u00a0: MailExample.", "The dossier names MailExample."
        ),
        other=Text("Dans ce rôle est observé ExampleCloud.", "In this role, ExampleCloud is seen."),
        question=Text("À quoi sert ExampleCloud\u202f?", "What is ExampleCloud used for?"),
        evidence=tuple(exchange.id for exchange in LOOKUPS[: 8 * number]),
        line=12,
        shaken=shaken,
    )


CONTRADICTIONS = (
    _contradiction(1, Level.CONTRADICTED, "mail.inbound", (PARTS[0].dependencies[0].id,)),
    _contradiction(2, Level.TO_CHECK, "", ()),
)


def _waiver(
    number: int, state: WaiverState, decision: Decision, subject: str, *findings: str
) -> WaiverUse:
    return WaiverUse(
        Waiver(
            id=f"DER-2026-00{number}",
            rule="technology-origin",
            subject=subject,
            decision=decision,
            justification="Migration prévue au marché 2026-14\u202f; risque résiduel accepté.",
            approved_by="Mme Martin, directrice générale des services",
            approved_on=date(2026, 3, 1),
            expires_on=date(2027, 6, 30),
            evidence=("délibération 2026-45",),
            place=Place(Path("waivers.yaml"), 10 * number, 5),
        ),
        state,
        findings,
    )


WAIVERS = (
    _waiver(3, WaiverState.IN_FORCE, Decision.ACCEPTED, f"{DOMAIN} analytics", "f12"),
    _waiver(4, WaiverState.EXPIRED, Decision.MITIGATED, "*"),
    _waiver(5, WaiverState.UNUSED, Decision.DISPUTED, "port.example web"),
)


def assessment() -> Assessment:
    """The sample, whole."""
    return Assessment(
        target=Target(
            "Ville d’Exemple",
            (DOMAIN,),
            (Host(f"vpn.{DOMAIN}"),),
            "FR",
            home_declared=True,
            declared=(Declared("collaboration", "bureau-souverain", 12),),
        ),
        as_of=DAY,
        began=BEGAN,
        ended=LOOKUPS[-1].asked_at + timedelta(seconds=1),
        vantage="réseau de la collectivité",
        digests=Digests(
            "3f1c0d9be2a74f5c8f0a6d51b0c7e4926a1d8e3f5b7c9d0e1f2a3b4c5d6e7f80",
            "a9b8c7d6e5f40312233445566778899aabbccddeeff00112233445566778899a",
            "auditor 0.1.0 5d6e7f803f1c0d9be2a74f5c8f0a6d51b0c7e4926a1d8e3f5b7c9d0e1f2a3b4c",
            "0c7e4926a1d8e3f5b7c9d0e1f2a3b4c5d6e7f803f1c0d9be2a74f5c8f0a6d51b",
        ),
        footprint=Footprint(PARTS),
        controllers=CONTROLLERS,
        exposures=EXPOSURES,
        findings=tuple(
            f._replace(waiver="DER-2026-003", judged=Verdict.FAIL)
            if f.verdict is Verdict.WAIVED
            else f
            for f in FINDINGS
        ),
        score=Score(
            min(i.low for _, i in BY_EFFECT), min(i.high for _, i in BY_EFFECT), BY_EFFECT, TERMS
        ),
        resolvers=(
            Resolver("udp 192.0.2.53:53", "Résolveur de la collectivité", "FR"),
            Resolver("tcp 192.0.2.53:53", "Résolveur de la collectivité", "FR"),
            Resolver("https 198.51.100.200", "Registre Exemple NCC", "NL"),
            Resolver("https 203.0.113.43", "", ""),
        ),
        lookups=LOOKUPS,
        knowledge=Knowledge(OFFERINGS, ENTITIES, LAWS, JURISDICTIONS, RULES, ROLES, _words()),
        frameworks=sample_frameworks.results(
            "examplecloud-office",
            "ExampleCloud Office",
            tuple(d.id for d in DEPENDENCIES if d.offering == "examplecloud-office"),
            next(
                x.grasp.law
                for x in EXPOSURES
                if x.grasp.state is State.REACHED and x.dependency.endswith("examplecloud-office")
            ),
        ),
        contradictions=CONTRADICTIONS,
        waivers=WAIVERS,
        scenarios=sample_scenarios.played(DEPENDENCIES, FINDINGS[0], DAY),
    )


def spotless() -> Assessment:
    """The same organisation with nothing against it: only passes."""
    whole = assessment()
    return replace(
        whole,
        findings=tuple(f for f in whole.findings if f.verdict is Verdict.PASS),
        contradictions=(),
        waivers=(),
        exposures=(),
        footprint=Footprint(tuple(part._replace(gaps=()) for part in PARTS)),
    )


def empty() -> Assessment:
    """A domain of which nothing was found: no dependency, no finding, no look-up."""
    whole = assessment()
    return replace(
        whole,
        footprint=Footprint(()),
        controllers={},
        scenarios=(),
        exposures=(),
        findings=(),
        contradictions=(),
        waivers=(),
        score=Score(0, 100, (), ()),
        resolvers=(),
        lookups=(),
    )
