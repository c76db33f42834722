"""Which facts to read again first: old ones, those that end, and those nobody verified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.statements import Statement, statements
from auditor.exposure.ownership import ownership
from auditor.model.law import Law


@dataclass(frozen=True, slots=True)
class Dependents:
    """What rests on a fact.

    Attributes:
        offerings: How many.
        fingerprints: By how many patterns these are recognised.
    """

    offerings: int
    fingerprints: int


@dataclass(frozen=True, slots=True)
class DatedFact:
    """A statement with its source.

    Attributes:
        kind: `offering`, `entity`, `law`, `jurisdiction` or `rule`.
        id: Of the thing it stands in.
    """

    kind: str
    id: str
    statement: Statement
    dependents: Dependents

    @property
    def end(self) -> date | None:
        """The last day on which it holds, where it says so."""
        return self.statement.period.end if self.statement.period else None


def dated_facts(catalogue: Catalogue, day: date) -> tuple[DatedFact, ...]:
    """Every statement with a source, with what rests on it as of *day*.

    On an entity rest the offerings that it operates, supplies or owns the
    operator of; on a jurisdiction and its laws those of the entities in it.
    """
    offerings, fingerprints = _resting(catalogue, day)
    things: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("offering", catalogue.offerings),
        ("entity", catalogue.entities),
        ("law", catalogue.laws),
        ("jurisdiction", catalogue.jurisdictions),
        ("rule", catalogue.rules),
    )
    facts = []
    for kind, by_id in things:
        for id_, thing in by_id.items():
            place = ("jurisdiction", thing.jurisdiction) if isinstance(thing, Law) else (kind, id_)
            dependents = Dependents(offerings[place], fingerprints[place])
            facts += [DatedFact(kind, id_, each, dependents) for each in statements(thing)]
    return tuple(facts)


def _resting(
    catalogue: Catalogue, day: date
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """How many offerings, and how many fingerprints, rest on each (kind, id)."""
    offerings: Counter[tuple[str, str]] = Counter()
    fingerprints: Counter[tuple[str, str]] = Counter()
    above: dict[str, set[str]] = {}
    for offering in catalogue.offerings.values():
        entities = {s.entity for s in (*offering.technology, *offering.subprocessors)}
        if offering.operator is not None:
            if offering.operator not in above:
                operator = catalogue.entities[offering.operator]
                holdings = ownership(operator, catalogue.entities, day).holdings
                above[offering.operator] = {operator.id, *(h.owner.id for h in holdings)}
            entities |= above[offering.operator]
        countries = {
            country
            for entity in map(catalogue.entities.__getitem__, entities)
            for country in (entity.incorporated_in, entity.seat)
            if country is not None
        }
        places = [
            ("offering", offering.id),
            *(("entity", entity) for entity in entities),
            *(("jurisdiction", country) for country in countries),
        ]
        for place in places:
            offerings[place] += 1
            fingerprints[place] += len(offering.fingerprints)
    return offerings, fingerprints
