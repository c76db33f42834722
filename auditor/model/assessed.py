"""What an assessment says under the frameworks: intervals, each answer with what gave it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from auditor.model.framework import Framework
from auditor.model.text import Text


class Bound(StrEnum):
    """Whether a framework binds the organisation."""

    YES = "bound"
    NO = "not-bound"
    UNKNOWN = "unknown"
    VOLUNTARY = "voluntary"


@dataclass(frozen=True, slots=True)
class Ground:
    """What an answer rests on.

    Attributes:
        kind: `law` (exposures), `party` (ownership, place), `offering` (what the catalogue
            knows of it) or `dossier` (what the organisation says).
        says: The fact, as a clause without capital or stop.
        laws: Ids of the laws, for finding the exposures; empty for the other kinds.
        line: Line of the dossier, from 1; 0 for the other kinds.
    """

    kind: str
    says: Text
    laws: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """What is known of the answer to one question.

    Attributes:
        proved: The values that evidence leaves possible; all of them when it says nothing.
        declared: The values left if what the organisation says holds.
        grounds: What narrowed them, evidence first.
        contradicted: A declaration that the evidence excludes, as written; empty when none.
        missing: What would tell more, when a fact was looked for and not established.
    """

    item: str
    proved: tuple[str, ...]
    declared: tuple[str, ...]
    grounds: tuple[Ground, ...] = ()
    contradicted: str = ""
    missing: tuple[Text, ...] = ()


class Span(NamedTuple):
    """An interval of levels, indices into the framework's scale.

    Attributes:
        low: Reached whatever is still unknown: what is open caps it.
        high: Still possible at best.
    """

    low: int
    high: int


class PointSpan(NamedTuple):
    """An interval of points: what is open adds nothing to the low, and all to the high."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Levels:
    """A gate's two intervals: by the evidence alone, and if the declarations hold too."""

    proved: Span
    declared: Span


@dataclass(frozen=True, slots=True)
class Points:
    """A score's two intervals: by the evidence alone, and if the declarations hold too."""

    proved: PointSpan
    declared: PointSpan


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One objective or chapter."""

    group: str
    levels: Levels
    points: Points


@dataclass(frozen=True, slots=True)
class Depth:
    """How far the parties behind a service were followed.

    Attributes:
        entities: Ids of the legal entities that deliver part of the service.
        complete: Whether that list is known to be whole.
        followed: Technical layers that the dossier says were followed; the others were not.
    """

    entities: tuple[str, ...]
    complete: bool
    followed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passing:
    """A gate against a minimum: yes, no, or None for not established."""

    proved: bool | None
    declared: bool | None


@dataclass(frozen=True, slots=True)
class ServiceResult:
    """One service, or the organisation itself, under one framework.

    Attributes:
        offering: Id of the offering; empty when it was not identified, or is no service.
        answers: One for each question asked of it.
        scores: (weight set, intervals of 100) of each weight set.
    """

    offering: str
    answers: tuple[Answered, ...]
    groups: tuple[GroupResult, ...]
    levels: Levels
    scores: tuple[tuple[str, Points], ...]
    depth: Depth | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A result, and where the organisation depends on the service.

    Attributes:
        label: As printed.
        dependencies: Ids of its dependencies; none for the organisation itself.
        roles: The roles in which it serves.
        passing: Against the minimum.
        doubtful: Whether no dependency is sure enough to decide a verdict.
    """

    result: ServiceResult
    label: str
    dependencies: tuple[str, ...]
    roles: tuple[str, ...]
    passing: Passing
    doubtful: bool


@dataclass(frozen=True, slots=True)
class FrameworkResult:
    """One framework applied to one organisation.

    Attributes:
        bound: Whether it binds the organisation.
        missing: What would tell, when that is unknown.
        weights: Id of the weight set used; empty when there is no score.
        minimum: The level asked for.
        minima: (group, level) for groups with a minimum of their own.
        minimum_by: Who asks for it: id of a published minimum, `dossier`, or `framework` when all
            its requirements are to be met.
        levels: The weakest of *services*; None when there is none.
        passing: The same against the minimum.
    """

    framework: Framework
    bound: Bound
    missing: tuple[Text, ...]
    weights: str
    minimum: int
    minima: tuple[tuple[str, int], ...]
    minimum_by: str
    services: tuple[Placed, ...]
    levels: Levels | None
    passing: Passing
