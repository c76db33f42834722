"""Every contradiction of an audit: found, put into words, numbered; and what it shakes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.against_seen import against_seen
from auditor.engine.against_sources import against_sources
from auditor.engine.disagreements import disagreements
from auditor.engine.statements import Found, Statements
from auditor.model.contradiction import KINDS, Contradiction, Level
from auditor.model.exchange import Exchange
from auditor.model.footprint import Footprint
from auditor.model.sighting import Sighting
from auditor.model.target import Target

_LEVELS = tuple(Level)
_ORDER = tuple(KINDS)


def contradictions(
    target: Target,
    footprint: Footprint,
    sightings: tuple[Sighting, ...],
    exchanges: Iterable[Exchange],
    catalogue: Catalogue,
    day: date,
) -> tuple[Contradiction, ...]:
    """What of all that *target* says and that was seen of it cannot be true together.

    Sure ones first, then in the order of `KINDS`.  None of them is a verdict.
    """
    said: dict[str, str] = {}
    if target.declares:
        said = {e.question.text: e.id for e in exchanges if e.question.medium == "declared"}
    statements = Statements(target, footprint, sightings, catalogue, day, said)
    searches = [disagreements]
    if target.declares:
        searches = [against_seen, against_sources, *searches]
    met = [found for search in searches for found in search(statements)]
    found = [(each, _level(each, catalogue)) for each in _gathered(met, statements)]
    found.sort(key=lambda pair: (_LEVELS.index(pair[1]), _ORDER.index(pair[0].kind)))
    return tuple(
        _worded(f"c{number:02d}", each, level, statements)
        for number, (each, level) in enumerate(found, 1)
    )


def shaken(footprint: Footprint, contradictions: Iterable[Contradiction]) -> Footprint:
    """*footprint*, with what is only declared, and contradicted, marked as such."""
    ids = {id_ for contradiction in contradictions for id_ in contradiction.shaken}
    if not ids:
        return footprint
    return Footprint(
        tuple(
            part._replace(
                dependencies=tuple(
                    d._replace(contradicted=True) if d.id in ids else d for d in part.dependencies
                )
            )
            for part in footprint.parts
        )
    )


def _gathered(found: Iterable[Found], statements: Statements) -> list[Found]:
    """*found*, in which what is said of several roles in the same words is said once."""
    alike: dict[object, list[Found]] = {}
    for each in found:
        values = tuple((name, value) for name, value in each.values.items() if name != "role")
        key = (each.kind, each.subject, values, each.domain, each.level, each.line, each.service)
        alike.setdefault(key, []).append(each)
    return [_together(same, statements) for same in alike.values()]


def _together(same: list[Found], statements: Statements) -> Found:
    first, *others = same
    if not others:
        return first
    roles = [statements.role(each.role) for each in same]
    return replace(
        first,
        values={**first.values, "role": statements.stating.listing(roles)},
        evidence=tuple(dict.fromkeys(id_ for each in same for id_ in each.evidence)),
        role="",
    )


def _level(found: Found, catalogue: Catalogue) -> Level:
    """The weaker of what the kind says and what was found."""
    levels = (catalogue.contradictions[found.kind].level, found.level)
    return Level.CONTRADICTED if set(levels) == {Level.CONTRADICTED} else Level.TO_CHECK


def _worded(id_: str, found: Found, level: Level, statements: Statements) -> Contradiction:
    kind = statements.catalogue.contradictions[found.kind]
    service = found.service
    shaken_: tuple[str, ...] = ()
    if service is not None and kind.shakes and level is Level.CONTRADICTED:
        domains = (found.domain,) if found.domain else statements.domains_of(service)
        known = statements.offering(service)
        shaken_ = tuple(
            dependency.id
            for domain in domains
            for dependency in statements.declared_only(domain, service.role)
            if (dependency.offering == known.id if known else dependency.label == service.label)
        )
    return Contradiction(
        id=id_,
        kind=kind.id,
        between=kind.between,
        level=level,
        title=kind.title,
        domain=found.domain,
        role=found.role,
        subject=found.subject,
        one=kind.one.format(**found.values),
        other=kind.other.format(**found.values),
        question=kind.question.format(**found.values),
        evidence=found.evidence,
        line=found.line or (service.line if service else 0),
        shaken=shaken_,
    )
