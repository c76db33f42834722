"""What the dossier declares, against what the catalogue read in a source, and the calendar."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.engine.statements import Found, Statements, same_name
from auditor.model.contradiction import Level
from auditor.model.party import Offering, Qualification
from auditor.model.target import Certificate, Contract, Declared
from auditor.model.text import Period, Provenance, Text


def against_sources(statements: Statements) -> Iterator[Found]:
    """Each service declared against what is known of its offering; its terms against the day."""
    for service in statements.target.declared:
        offering = statements.offering(service)
        if offering is not None:
            yield from _regions(statements, service, offering)
            yield from _operator(statements, service, offering)
            yield from _keys(statements, service, offering)
            yield from _suppliers(statements, service, offering)
        for certificate in service.certificates:
            yield from _certificate(statements, service, certificate, offering)
    yield from _contracts(statements)


def _regions(statements: Statements, service: Declared, offering: Offering) -> Iterator[Found]:
    places = service.regions or statements.target.organisation.hosted_in
    outside = [r for r in offering.regions if not statements.within(r, places)]
    if places and outside:
        yield Found(
            kind="place-region",
            subject=statements.name(service),
            values={
                "service": statements.name(service),
                "places": statements.places(places),
                "regions": statements.places(offering.regions),
                "source": statements.stating.source(offering.provenance),
            },
            evidence=statements.section("services" if service.regions else "organisation"),
            role=service.role,
            service=service,
            level=_as_sure_as(offering.provenance),
        )


def _operator(statements: Statements, service: Declared, offering: Offering) -> Iterator[Found]:
    known = statements.catalogue.entities.get(offering.operator or "")
    if not service.operator or known is None:
        return
    said = statements.catalogue.entities.get(service.operator)
    if service.operator == known.id or same_name(service.operator, known.name):
        return
    if said is not None and said.id == known.id:
        return
    # A parent or a sister may sign; a name that we do not know may be a trade name.
    sure = said is not None and not statements.related(said, known)
    verified = offering.provenance.verified and known.provenance.verified
    yield Found(
        kind="operator",
        subject=statements.name(service),
        values={
            "service": statements.name(service),
            "declared": statements.party(service.operator),
            "known": known.name,
            "source": statements.stating.source(offering.provenance),
        },
        evidence=statements.section("services"),
        role=service.role,
        service=service,
        level=Level.CONTRADICTED if sure and verified else Level.TO_CHECK,
    )


def _keys(statements: Statements, service: Declared, offering: Offering) -> Iterator[Found]:
    if service.keys in ("customer", "third-party") and offering.keys == "operator":
        yield Found(
            kind="keys",
            subject=statements.name(service),
            values={
                "service": statements.name(service),
                "source": statements.stating.source(offering.provenance),
            },
            evidence=statements.section("services"),
            role=service.role,
            service=service,
            level=_as_sure_as(offering.provenance),
        )


def _suppliers(statements: Statements, service: Declared, offering: Offering) -> Iterator[Found]:
    for supply in offering.subprocessors:
        entity = statements.catalogue.entities[supply.entity]
        if not supply.period.holds(statements.day) or statements.is_listed(service, entity):
            continue
        yield Found(
            kind="subprocessor-source",
            subject=statements.name(service),
            values={
                "service": statements.name(service),
                "declared": statements.listed(service),
                "known": entity.name,
                "what": supply.what,
                "source": statements.stating.source(supply.provenance),
            },
            evidence=statements.section("services"),
            role=service.role,
            service=service,
            level=_as_sure_as(supply.provenance),
        )


def _certificate(
    statements: Statements, service: Declared, certificate: Certificate, offering: Offering | None
) -> Iterator[Found]:
    """A certificate, against what is known of the offering's own and of its end."""
    said = certificate.period
    values = {"service": statements.name(service), "scheme": certificate.scheme}

    def found(kind: str, level: Level = Level.CONTRADICTED, **filled: Text | str) -> Found:
        return Found(
            kind=kind,
            subject=f"{statements.name(service)}, {certificate.scheme}",
            values=values | filled,
            evidence=statements.section("services"),
            role=service.role,
            service=service,
            level=level,
            line=certificate.line,
        )

    if said.end is not None and said.end < statements.day:
        ended, day = statements.stating.day(said.end), statements.stating.day(statements.day)
        yield found("certificate-ended", ended=ended, day=day)
    if offering is None:
        return
    known = [q for q in offering.qualifications if _same_scheme(q.scheme, certificate.scheme)]
    if not known:
        if _is_tracked(statements, certificate.scheme):
            declared = statements.stating.period(said)
            yield found("certificate-not-recorded", declared=declared)
        return
    # Of several decisions, the one that the day or the number picks.
    held = min(known, key=lambda q: _distance(q, certificate, statements))
    source = statements.stating.source(held.provenance)
    level = _as_sure_as(held.provenance)
    if (
        certificate.decision
        and held.decision
        and not same_name(certificate.decision, held.decision)
    ):
        yield found(
            "certificate-decision",
            level,
            declared=certificate.decision,
            known=held.decision,
            source=source,
        )
    if _exceeds(said, held.period) or not held.period.holds(statements.day):
        yield found(
            "certificate-dates",
            level,
            declared=statements.stating.period(said),
            known=statements.stating.period(held.period),
            source=source,
        )
    if certificate.scope and held.scope and not _covers(held.scope, certificate.scope):
        yield found(
            "certificate-scope", declared=certificate.scope, known=held.scope, source=source
        )


def _same_scheme(one: str, other: str) -> bool:
    """Whether two names are of one scheme; a version that one of them leaves out is none other."""
    shorter, longer = sorted((one.casefold().split(), other.casefold().split()), key=len)
    return longer[: len(shorter)] == shorter


def _is_tracked(statements: Statements, scheme: str) -> bool:
    """Whether the catalogue records certificates of *scheme* for anybody."""
    return any(
        _same_scheme(held.scheme, scheme)
        for offering in statements.catalogue.offerings.values()
        for held in offering.qualifications
    )


def _distance(
    held: Qualification, certificate: Certificate, statements: Statements
) -> tuple[bool, bool]:
    number = bool(certificate.decision) and same_name(held.decision, certificate.decision)
    return (not number, not held.period.holds(statements.day))


def _exceeds(said: Period, known: Period) -> bool:
    """Whether *said* claims days that *known* is known not to have."""
    return bool(
        (said.start and known.start and said.start < known.start)
        or (known.end and (said.end and said.end > known.end))
    )


def _covers(known: Text, said: str) -> bool:
    """Whether the scope *said* plainly lies in the one *known*: a language has each word."""
    words = set(_words(said))
    return any(words <= set(_words(text)) for text in known)


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()


def _contracts(statements: Statements) -> Iterator[Found]:
    """Services in use under a contract that is over: their own, or that of all the others."""
    services = statements.target.declared
    for service in services:
        if service.contract is not None:
            yield from _ended(statements, service.contract, [service], "services")
    rest = [service for service in services if service.contract is None]
    if statements.target.contract is not None and rest:
        yield from _ended(statements, statements.target.contract, rest, "contract")


def _ended(
    statements: Statements, contract: Contract, services: list[Declared], section: str
) -> Iterator[Found]:
    if contract.ends is None or contract.ends >= statements.day:
        return
    names = statements.stating.listing([statements.name(service) for service in services])
    yield Found(
        kind="contract-ended",
        subject=names.en if len(services) == 1 else statements.target.name,
        values={
            "service": names,
            "ended": statements.stating.day(contract.ends),
            "day": statements.stating.day(statements.day),
        },
        evidence=statements.section(section),
        role=services[0].role if len(services) == 1 else "",
        line=services[0].line if section == "services" else 0,
    )


def _as_sure_as(provenance: Provenance) -> Level:
    """A statement from memory contradicts nobody."""
    return Level.CONTRADICTED if provenance.verified else Level.TO_CHECK
