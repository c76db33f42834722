"""The arithmetic of frameworks: minima for a gate, weighted sums for a score, never both in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.engine.truth import Truth, every
from auditor.model.assessed import (
    Answered,
    GroupResult,
    Levels,
    Passing,
    Placed,
    Points,
    PointSpan,
    ServiceResult,
    Span,
)
from auditor.model.framework import MINIMUM, WEIGHTS, Framework, Group, Item
from auditor.model.target import Answer

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Standard:
    """What a buyer asks of an offer.

    Attributes:
        by: Id of a published minimum, `dossier`, or `framework`.
    """

    weights: str
    minimum: int
    minima: tuple[tuple[str, int], ...]
    by: str


def standard(framework: Framework, answers: Iterable[Answer]) -> Standard:
    """The minimum and the weights that a dossier chooses, or else those published first."""
    chosen = {answer.question: answer.value for answer in answers}
    scale = [level.id for level in framework.levels]
    weights = chosen.get(WEIGHTS) or next((w.id for w in framework.weight_sets), "")
    own = tuple(
        (group.id, scale.index(chosen[f"{MINIMUM}.{group.id}"]))
        for group in framework.groups
        if f"{MINIMUM}.{group.id}" in chosen
    )
    word = chosen.get(MINIMUM)
    if word in scale:
        return Standard(weights, scale.index(word), own, "dossier")
    published = {minimum.id: minimum for minimum in framework.minima}
    asked = published[word] if word else next(iter(published.values()), None)
    if asked is None:
        return Standard(weights, len(scale) - 1, own, "framework")
    minima = tuple((dict(asked.groups) | dict(own)).items())
    return Standard(weights, asked.level, minima, "dossier" if own else asked.id)


def group_result(group: Group, answers: Sequence[Answered]) -> GroupResult:
    """The weakest answer of *group* for the gate, and the sum of its answers for the score."""
    items = {item.id: item for item in group.items}
    given = [(items[answer.item], answer) for answer in answers]
    return GroupResult(
        group.id,
        Levels(
            _lowest(_levels(item, answer.proved) for item, answer in given),
            _lowest(_levels(item, answer.declared) for item, answer in given),
        ),
        Points(
            _sum(_points(item, answer.proved) for item, answer in given),
            _sum(_points(item, answer.declared) for item, answer in given),
        ),
    )


def overall(groups: Iterable[GroupResult]) -> Levels:
    """The level of the whole: that of the weakest group, never a mean."""
    every_one = list(groups)
    return Levels(
        _lowest(group.levels.proved for group in every_one),
        _lowest(group.levels.declared for group in every_one),
    )


def weakest(services: Iterable[Placed], top: int) -> Levels | None:
    """The weakest of *services*; None when there is none.

    One that may not be in use pulls the low end down, but holds nobody below *top*.
    """
    known = [(each.result.levels, each.doubtful) for each in services]
    if not known:
        return None
    return Levels(
        _lowest(_held(levels.proved, doubtful, top) for levels, doubtful in known),
        _lowest(_held(levels.declared, doubtful, top) for levels, doubtful in known),
    )


def _held(span: Span, doubtful: bool, top: int) -> Span:
    return Span(span.low, top) if doubtful else span


def score(framework: Framework, weights: str, groups: Iterable[GroupResult]) -> Points:
    """Σ points of the group ÷ its maximum × its weight, of 100, by the set *weights*."""
    shares = next(dict(w.weights) for w in framework.weight_sets if w.id == weights)
    maxima = {group.id: group.maximum for group in framework.groups}
    spans = [(group.points, shares[group.group] / maxima[group.group]) for group in groups]
    return Points(
        PointSpan(
            sum((points.proved.low * by for points, by in spans), _NONE),
            sum((points.proved.high * by for points, by in spans), _NONE),
        ),
        PointSpan(
            sum((points.declared.low * by for points, by in spans), _NONE),
            sum((points.declared.high * by for points, by in spans), _NONE),
        ),
    )


def passing(result: ServiceResult, wanted: Standard) -> Passing:
    """Whether *result* reaches the minimum of the whole, and of each group that has its own."""
    minima = dict(wanted.minima)
    asked: list[tuple[Levels, int]] = [(result.levels, wanted.minimum)]
    asked += [(g.levels, minima[g.group]) for g in result.groups if g.group in minima]
    return Passing(
        every(_reaches(levels.proved, least) for levels, least in asked),
        every(_reaches(levels.declared, least) for levels, least in asked),
    )


def _reaches(span: Span, least: int) -> Truth:
    if span.low >= least:
        return True
    return False if span.high < least else None


def _lowest(spans: Iterable[Span]) -> Span:
    lows, highs = zip(*spans, strict=True)
    return Span(min(lows), min(highs))


def _levels(item: Item, values: Iterable[str]) -> Span:
    levels = [item.choice(value).level for value in values]
    return Span(min(levels), max(levels))


def _points(item: Item, values: Iterable[str]) -> PointSpan:
    points = [item.choice(value).points for value in values]
    return PointSpan(min(points), max(points))


def _sum(spans: Iterable[PointSpan]) -> PointSpan:
    lows, highs = zip(*spans, strict=True)
    return PointSpan(sum(lows, _NONE), sum(highs, _NONE))
