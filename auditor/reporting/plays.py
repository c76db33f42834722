"""The scenarios of an assessment as a table: what each would do to each service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model.scenario import Outcome, Played
from auditor.reporting.reading import Reading, distinct, inside

COLUMNS = 5
"""How many services fit a page; those that most scenarios hit go first."""
_ORDER = (Outcome.HIT, Outcome.UNKNOWN, Outcome.SPARED)


@dataclass(frozen=True, slots=True)
class Row:
    """One scenario that certainly hits a service.

    Attributes:
        outcomes: One for each column: the worst that happens to the service in some role.
        beyond: The worst that happens to those that find no room; None when there is none.
        flips: How many verdicts change.
    """

    title: str
    outcomes: tuple[Outcome, ...]
    beyond: Outcome | None
    flips: int


@dataclass(frozen=True, slots=True)
class Plays:
    """The table.

    Attributes:
        beyond: Services that find no room.
        open: Titles of the scenarios that hit none for certain, and may hit some.
        idle: Titles of those that spare every service seen.
    """

    columns: tuple[str, ...]
    beyond: tuple[str, ...]
    rows: tuple[Row, ...]
    open: tuple[str, ...]
    idle: tuple[str, ...]


def plays(reading: Reading) -> Plays:
    """The scenarios played on the assessment, in their order."""
    services = distinct(d.label for d in reading.assessment.footprint.dependencies)
    told = [(played, _by_service(reading, played)) for played in reading.assessment.scenarios]
    hits = {name: [by.get(name) for _, by in told].count(Outcome.HIT) for name in services}
    ranked = sorted(services, key=lambda name: -hits[name])
    columns, beyond = ranked[:COLUMNS], ranked[COLUMNS:]
    worst = [(played, by, _worst(list(by.values()))) for played, by in told if by]
    return Plays(
        tuple(columns),
        tuple(beyond),
        tuple(
            Row(
                reading.text(played.scenario.title),
                tuple(by[name] for name in columns),
                _worst([by[name] for name in beyond]) if beyond else None,
                len(played.flips),
            )
            for played, by, outcome in worst
            if outcome is Outcome.HIT
        ),
        *(
            tuple(
                inside(reading.text(played.scenario.title))
                for played, _, outcome in worst
                if outcome is wanted
            )
            for wanted in (Outcome.UNKNOWN, Outcome.SPARED)
        ),
    )


def _by_service(reading: Reading, played: Played) -> dict[str, Outcome]:
    found: dict[str, list[Outcome]] = {}
    for each in played.consequences:
        found.setdefault(reading.dependencies[each.dependency].label, []).append(each.outcome)
    return {name: _worst(outcomes) for name, outcomes in found.items()}


def _worst(outcomes: Sequence[Outcome]) -> Outcome:
    return min(outcomes, key=_ORDER.index)
