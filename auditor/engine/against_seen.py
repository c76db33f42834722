"""What the dossier declares, against what was seen."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.engine.statements import Found, Statements
from auditor.model.contradiction import Level
from auditor.model.footprint import Dependency
from auditor.model.law import Effect
from auditor.model.names import is_own
from auditor.model.party import Offering
from auditor.model.rule import Confidence
from auditor.model.target import Declared


def against_seen(statements: Statements) -> Iterator[Found]:
    """Each service declared, and each place, against the services, addresses and machines seen."""
    for domain in statements.target.domains:
        for role in statements.catalogue.roles:
            yield from _services(statements, domain.name, role)
            yield from _places(statements, domain.name, role)
    for service in statements.target.declared:
        yield from _addresses(statements, service)
        yield from _machines(statements, service)


def _services(statements: Statements, domain: str, role: str) -> Iterator[Found]:
    """Services that are declared and not seen where they would show, and the reverse."""
    declared = statements.declared_in(domain, role)
    seen = statements.seen_in(domain, role)
    others = [
        d
        for d in seen
        if not (d.offering is None and is_own(d.label, domain))
        and not any(statements.is_service(service, d) for service in declared)
    ]
    refuted = [service for service in declared if _would_show(statements, service, domain, seen)]
    for service in refuted:
        yield Found(
            kind="service-not-seen",
            subject=f"{statements.name(service)}, {domain}",
            values={
                "service": statements.name(service),
                "role": statements.role(role),
                "domain": domain,
                "seen": statements.stating.listing([d.label for d in seen]),
            },
            evidence=_evidence(statements, "services", seen),
            domain=domain,
            role=role,
            service=service,
            level=_as_sure_as(seen),
        )
    if refuted or not _is_complete(statements, domain, role):
        return
    for dependency in others:
        named = all(service.offering for service in declared)
        yield Found(
            kind="service-not-declared",
            subject=f"{dependency.label}, {domain}",
            values={
                "declared": statements.stating.listing(
                    [statements.name(service) for service in declared], "contradiction.none"
                ),
                "role": statements.role(role),
                "domain": domain,
                "seen": dependency.label,
            },
            evidence=_evidence(statements, "services", [dependency]),
            domain=domain,
            role=role,
            level=_as_sure_as([dependency]) if named else Level.TO_CHECK,
            line=declared[0].line if declared else 0,
        )


def _is_complete(statements: Statements, domain: str, role: str) -> bool:
    """Whether the dossier says, or by naming somebody implies, who serves *role*."""
    kind = statements.catalogue.contradictions["service-not-declared"]
    if statements.target.exhaustive:
        return True
    return role in kind.roles and bool(statements.declared_in(domain, role))


def _would_show(
    statements: Statements, service: Declared, domain: str, seen: list[Dependency]
) -> bool:
    """Whether the records that would name *service* were read to the end, and do not."""
    role = service.role
    part = statements.parts.get((domain, role))
    offering = statements.offering(service)
    kind = statements.catalogue.contradictions["service-not-seen"]
    if part is None or offering is None or part.unnamed:
        return False
    hints = [d for d in part.dependencies if not d.declared and d.layer == "service"]
    if any(d.offering == offering.id or d.confidence is Confidence.LOW for d in hints):
        return False
    # Behind a name of the organisation's own, anybody may stand.
    if any(d.offering is None and is_own(d.label, domain) for d in seen):
        return False
    if any(statements.seen_in(domain, other) for other in kind.unless.get(role, ())):
        return False
    return any(
        sign.on in kind.shows.get(role, ())
        and sign.proves == "use"
        and sign.strength != "weak"
        and sign.provenance.verified
        for sign in offering.fingerprints
    )


def _places(statements: Statements, domain: str, role: str) -> Iterator[Found]:
    """Services that the dossier does not place, of operators incorporated outside its places."""
    if role not in statements.catalogue.contradictions["place-operator"].roles:
        return
    declared = statements.declared_in(domain, role)
    limits = {place for service in declared for place in service.regions}
    section = "services" if limits else "organisation"
    places = sorted(limits or statements.target.organisation.hosted_in)
    if not places:
        return
    for dependency in statements.seen_in(domain, role):
        operator = statements.operator(dependency)
        offering = statements.catalogue.offerings.get(dependency.offering or "")
        country = operator.incorporated_in if operator else None
        if operator is None or offering is None or country is None:
            continue
        if any(
            statements.is_service(service, dependency) for service in declared if service.regions
        ):
            continue
        if statements.within(country, places) or _lies_within(statements, offering, places):
            continue
        yield Found(
            kind="place-operator",
            subject=f"{dependency.label}, {domain}",
            values={
                "places": statements.places(places),
                "role": statements.role(role),
                "domain": domain,
                "seen": dependency.label,
                "operator": operator.name,
                "country": statements.places([country]),
            },
            evidence=_evidence(statements, section, [dependency]),
            domain=domain,
            role=role,
            line=declared[0].line if limits else 0,
        )


def _lies_within(statements: Statements, offering: Offering, places: list[str]) -> bool:
    regions = offering.regions
    return bool(regions) and all(statements.within(region, places) for region in regions)


def _addresses(statements: Statements, service: Declared) -> Iterator[Found]:
    """Addresses of a service seen that a registry holds for another country than declared."""
    places = service.regions
    if not places:
        return
    elsewhere: dict[str, str] = {}
    evidence: list[Dependency] = []
    for domain in statements.domains_of(service):
        for dependency in statements.seen_in(domain, service.role):
            if statements.is_service(service, dependency):
                found = {
                    place.address: place.country
                    for place in dependency.location
                    if place.source == "registry" and not statements.within(place.country, places)
                }
                if found:
                    elsewhere |= found
                    evidence.append(dependency)
    if elsewhere:
        yield Found(
            kind="place-address",
            subject=statements.name(service),
            values={
                "service": statements.name(service),
                "places": statements.places(places),
                "countries": statements.places(dict.fromkeys(elsewhere.values())),
                "addresses": statements.stating.listing(list(elsewhere)),
            },
            evidence=_evidence(statements, "services", evidence),
            role=service.role,
            service=service,
        )


def _machines(statements: Statements, service: Declared) -> Iterator[Found]:
    """Machines of somebody else beneath the only service of a role."""
    if service.subprocessors is None:
        return
    for domain in statements.domains_of(service):
        part = statements.parts.get((domain, service.role))
        seen = statements.seen_in(domain, service.role)
        if part is None or len(seen) != 1 or not statements.is_service(service, seen[0]):
            continue
        own = statements.operator(seen[0])
        for dependency in part.dependencies:
            operator = statements.operator(dependency)
            offering = statements.catalogue.offerings.get(dependency.offering or "")
            if dependency.layer != "network" or operator is None or offering is None:
                continue
            if Effect.DISCLOSURE in offering.cannot or statements.is_listed(service, operator):
                continue
            if own is not None and statements.related(own, operator):
                continue
            yield Found(
                kind="subprocessor-network",
                subject=f"{statements.name(service)}, {domain}",
                values={
                    "service": statements.name(service),
                    "declared": statements.listed(service),
                    "seen": dependency.label,
                    "operator": operator.name,
                },
                evidence=_evidence(statements, "services", [dependency]),
                domain=domain,
                role=service.role,
                service=service,
            )


def _evidence(statements: Statements, section: str, seen: list[Dependency]) -> tuple[str, ...]:
    ids = [*statements.section(section), *(id_ for d in seen for id_ in d.evidence)]
    return tuple(dict.fromkeys(ids))


def _as_sure_as(seen: list[Dependency]) -> Level:
    """Somebody not identified, or identified from memory, contradicts nobody for sure."""
    sure = all(d.offering is not None and d.verified for d in seen)
    return Level.CONTRADICTED if sure else Level.TO_CHECK
