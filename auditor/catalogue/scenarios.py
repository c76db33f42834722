"""Read `rules/scenarios`, and scenarios that a user wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.catalogue.laws import RELATIONS
from auditor.catalogue.source import Entry, probably
from auditor.errors import SourceError
from auditor.model.law import Effect, Force, Hook
from auditor.model.scenario import (
    Acquired,
    AdequacyEnds,
    Change,
    LawStands,
    Ordered,
    Precedent,
    QualificationLost,
    RegionLost,
    Scenario,
    SupplierActs,
)

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue

FOREIGN = ("adequate", "partly-adequate", "third")
"""Standings of a law that the organisation's own legal space does not make."""

_STANDINGS = ("home", "shared", *FOREIGN)
_ON = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z")


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that a scenario may name."""

    jurisdictions: Collection[str]
    laws: Collection[str]
    entities: Collection[str]
    schemes: Collection[str]


def known_to(catalogue: Catalogue) -> Known:
    """The ids of *catalogue*, for a scenario that a user wrote."""
    schemes = {held.scheme for o in catalogue.offerings.values() for held in o.qualifications}
    return Known(catalogue.jurisdictions, catalogue.laws, catalogue.entities, schemes)


def may_exclude(scenario: Scenario) -> bool:
    """Whether a call for tenders may exclude by *scenario*.

    Not by one on who might buy a supplier: it tells bidders apart by who owns them today, by
    a hypothesis that any of them could come under, and so works as a test of nationality.
    """
    return not any(isinstance(change, Acquired) for change in scenario.changes)


def scenario(entry: Entry, known: Known) -> Scenario:
    """The scenario that *entry*, a whole file, states.

    Raises:
        SourceError: A word is missing or not one of ours.
    """
    read = Scenario(
        id=entry.string("id"),
        title=entry.text("title"),
        story=entry.text("story"),
        changes=tuple(_change(change, known) for change in entry.entries("changes", required=True)),
        precedents=tuple(_precedent(item) for item in entry.entries("precedents")),
        questions=entry.texts("questions"),
        lesson=entry.optional_text("lesson"),
        provenance=entry.provenance(),
    )
    if not read.changes:
        raise SourceError(entry.place_of("changes"), "a scenario changes at least one thing")
    entry.close()
    return read


def scenarios(entry: Entry, known: Known) -> Iterator[tuple[Entry, Scenario]]:
    """The same, with its place, as the catalogue reads a folder."""
    yield entry, scenario(entry, known)


def _precedent(entry: Entry) -> Precedent:
    on = entry.string("on")
    if not _ON.match(on):
        raise SourceError(entry.place_of("on"), "'on' must be a day, a month or a year: 2026-10-09")
    precedent = Precedent(on, entry.text("what"), entry.provenance())
    entry.close()
    return precedent


def _change(entry: Entry, known: Known) -> Change:
    """One of the changes of `_CHANGES`, under its name."""
    names = [name for name in _CHANGES if name in entry.written]
    if len(names) != 1 or len(entry.written) != 1:
        wrong = next((name for name in entry.written if name not in _CHANGES), "")
        hint = probably(wrong, _CHANGES) if wrong else ""
        raise SourceError(
            entry.place, f"exactly one change is needed here: {', '.join(_CHANGES)}{hint}"
        )
    about = entry.entry(names[0])
    change = _CHANGES[names[0]](about, known)
    about.close()
    return change


def _acquired(entry: Entry, known: Known) -> Acquired:
    entity = entry.word("entity", known.entities, "")
    return Acquired(entity, entry.text("buyer"), entry.word("country", known.jurisdictions))


def _ordered(entry: Entry, known: Known) -> Ordered:
    return Ordered(
        effect=entry.member("effect", Effect),
        jurisdictions=entry.words("jurisdictions", known.jurisdictions),
        laws=entry.words("laws", known.laws),
        hooks=tuple(map(Hook, entry.words("hooks", list(Hook)))),
        relations=entry.words("relations", RELATIONS),
        standings=entry.words("standings", _STANDINGS) or FOREIGN,
    )


def _supplier(entry: Entry, _: Known) -> SupplierActs:
    relations = entry.words("relations", ("operator", "technology", "sub-processor"), required=True)
    effect = entry.member("effect", Effect) if entry.has("effect") else None
    return SupplierActs(effect, relations)


_CHANGES: Mapping[str, Callable[[Entry, Known], Change]] = {
    "adequacy-ends": lambda entry, known: AdequacyEnds(
        entry.word("country", known.jurisdictions), entry.word("by", known.jurisdictions)
    ),
    "law-stands": lambda entry, known: LawStands(
        entry.word("law", known.laws), entry.member("force", Force)
    ),
    "acquired": _acquired,
    "qualification-lost": lambda entry, known: QualificationLost(
        entry.word("scheme", known.schemes)
    ),
    "ordered": _ordered,
    "region-lost": lambda entry, known: RegionLost(entry.word("country", known.jurisdictions, "")),
    "supplier-acts": _supplier,
}
"""How each kind of change is written, and read."""
