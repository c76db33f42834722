"""Which law reaches which dependency, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model.assessment import Exposure, State
from auditor.model.footprint import Dependency
from auditor.model.law import Effect
from auditor.reporting.reading import NEAR, STANDINGS, Reading, inside

COLUMNS = 8
"""How many jurisdictions fit a page.

Those that certainly reach something go first, then those with the most ways to reach something.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A jurisdiction whose law reaches, or may reach, something."""

    jurisdiction: str
    standing: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What the law of one jurisdiction does to one dependency.

    Attributes:
        level: `far` (reached by a law abroad), `adequate`, `near` (reached by
            the organisation's own law), `open` (not known) or `none`.
        marks: (effect, whether it is certain) for each effect that is possible.
    """

    level: str
    marks: tuple[tuple[Effect, bool], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A service and its cells, one for each column.

    Attributes:
        dependency: The first of those that are alike.
        roles: In which it serves, all with the same cells.
        doubt: What keeps the attribution from deciding, in words; may be empty.
    """

    dependency: Dependency
    roles: tuple[str, ...]
    doubt: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table.

    Attributes:
        beyond: Jurisdictions that reach, or may reach, something, and find no room.
        aside: Dependencies that nobody could do anything with in their role.
        clear: Jurisdictions examined of which no law reaches anything.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    beyond: tuple[str, ...]
    aside: tuple[Dependency, ...]
    clear: tuple[str, ...]


def matrix(reading: Reading) -> Matrix:
    """The matrix of an assessment: farthest laws first, dependencies in footprint order."""
    met: dict[tuple[str, str], list[Exposure]] = {}
    standing: dict[str, str] = {}
    live: dict[str, bool] = {}
    ways: dict[str, int] = {}
    for exposure in reading.assessment.exposures:
        jurisdiction = exposure.grasp.jurisdiction
        met.setdefault((exposure.dependency, jurisdiction), []).append(exposure)
        standing[jurisdiction] = exposure.standing
        if exposure.grasp.state is not State.NOT_REACHED:
            certain = exposure.grasp.state is State.REACHED
            live[jurisdiction] = live.get(jurisdiction, False) or certain
            ways[jurisdiction] = ways.get(jurisdiction, 0) + 1
    ranked = sorted(live, key=lambda j: (not live[j], -ways[j], STANDINGS.index(standing[j]), j))
    columns = tuple(
        Column(jurisdiction, standing[jurisdiction])
        for jurisdiction in sorted(
            ranked[:COLUMNS], key=lambda j: (STANDINGS.index(standing[j]), not live[j], j)
        )
    )
    exposed = {exposure.dependency for exposure in reading.assessment.exposures}
    rows: dict[object, Row] = {}
    for dependency in reading.assessment.footprint.dependencies:
        if dependency.id not in exposed and dependency.offering is not None:
            continue
        doubt = reading.doubt(dependency)
        cells = tuple(
            _cell(dependency, column, met.get((dependency.id, column.jurisdiction), ()), not doubt)
            for column in columns
        )
        alike = (
            dependency.label, dependency.offering, dependency.layer, dependency.declared,
            doubt, cells,
        )  # fmt: skip
        before = rows[alike].roles if alike in rows else ()
        role = reading.role(dependency.role, dependency.domain)
        rows[alike] = Row(dependency, (*before, inside(role) if before else role), doubt, cells)
    return Matrix(
        columns,
        tuple(rows.values()),
        tuple(ranked[COLUMNS:]),
        tuple(
            dependency
            for dependency in reading.assessment.footprint.dependencies
            if dependency.id not in exposed and dependency.offering is not None
        ),
        tuple(sorted(set(standing) - set(live))),
    )


def _cell(
    dependency: Dependency, column: Column, exposures: Sequence[Exposure], sure: bool
) -> Cell:
    """*sure* when the attribution may decide: nothing is certain of a service that is not."""
    states = [(x.grasp.effect, x.grasp.state) for x in exposures]
    marks = tuple(
        (effect, sure and (effect, State.REACHED) in states)
        for effect in Effect
        if (effect, State.REACHED) in states or (effect, State.UNKNOWN) in states
    )
    if any(certain for _, certain in marks):
        if column.standing in NEAR:
            return Cell("near", marks)
        return Cell("adequate" if column.standing == "adequate" else "far", marks)
    if marks or (dependency.offering is None and not exposures):
        return Cell("open", marks)
    return Cell("none", ())
