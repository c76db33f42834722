"""Evaluate the condition of a rule in a situation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from auditor.engine.situation import Reader, Situation, matches_fact
from auditor.engine.truth import Truth, every, negate, some
from auditor.exposure.grasps import Standing
from auditor.model.footprint import Dependency, Fact
from auditor.model.rule import (
    All,
    Any,
    Condition,
    Distinct,
    Forbid,
    Not,
    Require,
    RequireEvery,
    Selection,
)
from auditor.model.sighting import LIMITS, Gap
from auditor.model.text import Text

Pair = tuple[Dependency, Standing]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a condition found.

    Attributes:
        truth: Whether it holds.
        exposures: The exposures that made it false, or that leave it not known.
        dependencies: The dependencies that did.
        facts: The facts that did.
        missing: What would settle it.
    """

    truth: Truth
    exposures: tuple[Pair, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    facts: tuple[Fact, ...] = ()
    missing: tuple[Text, ...] = ()


def evaluate(condition: Condition, situation: Situation, reader: Reader) -> Outcome:
    """Evaluate *condition*; a gap in the situation never lets it hold by silence."""
    match condition:
        case Forbid(selection):
            return _forbid(selection, situation, reader)
        case Require(selection):
            return _require(selection, situation, reader)
        case RequireEvery(selection):
            return _require_every(selection, situation, reader)
        case Distinct():
            return _distinct(condition, situation, reader)
        case All(parts):
            outcomes = [evaluate(part, situation, reader) for part in parts]
            return _combine(every(o.truth for o in outcomes), outcomes)
        case Any(parts):
            outcomes = [evaluate(part, situation, reader) for part in parts]
            return _combine(some(o.truth for o in outcomes), outcomes)
        case Not(part):
            outcome = evaluate(part, situation, reader)
            return _combine(negate(outcome.truth), [outcome])
    assert_never(condition)


ABSENT = "dns.absent"
"""The kind of the facts which say that nothing of another kind is there, and how we know."""

LAYERS = frozenset({"service", "network"})


def layers_of(condition: Condition) -> frozenset[str]:
    """The layers that *condition* looks at: a rule on machines has nothing to say without any."""
    match condition:
        case Forbid(selection) | Require(selection) | RequireEvery(selection):
            return frozenset(dict(selection.fields).get("layer", LAYERS))
        case Distinct():
            return LAYERS
        case All(parts) | Any(parts):
            return frozenset().union(*map(layers_of, parts))
        case Not(part):
            return layers_of(part)
    assert_never(condition)


def kinds_of(condition: Condition) -> frozenset[str]:
    """The kinds of fact that *condition* looks at."""
    match condition:
        case Forbid(selection) | Require(selection) | RequireEvery(selection):
            return frozenset(dict(selection.fields).get("kind", ()))
        case Distinct():
            return frozenset()
        case All(parts) | Any(parts):
            return frozenset().union(*map(kinds_of, parts))
        case Not(part):
            return kinds_of(part)
    assert_never(condition)


def _combine(truth: Truth, outcomes: list[Outcome]) -> Outcome:
    """Keep what those parts found that came out as the whole did; all of it when none did."""
    telling = [o for o in outcomes if o.truth is truth] or outcomes
    return Outcome(
        truth,
        tuple(pair for o in telling for pair in o.exposures),
        _different(d for o in telling for d in o.dependencies),
        tuple({id(f): f for o in telling for f in o.facts}.values()),
        tuple(dict.fromkeys(m for o in telling for m in o.missing)) if truth is None else (),
    )


def _different(dependencies: Iterable[Dependency]) -> tuple[Dependency, ...]:
    return tuple({dependency.id: dependency for dependency in dependencies}.values())


def _forbid(selection: Selection, situation: Situation, reader: Reader) -> Outcome:
    match selection.what:
        case "exposure":
            return _forbid_exposure(selection, situation, reader)
        case "dependency":
            tested = _tested(selection, situation, reader)
            matching = tuple(d for d, truth in tested if truth is True)
            if matching:
                return Outcome(False, dependencies=matching)
            return _open(
                [d for d, truth in tested if truth is None], selection, situation, reader, True
            )
        case _:
            facts = tuple(f for f in situation.facts if matches_fact(selection, f))
            return (
                Outcome(False, facts=facts)
                if facts
                else _silence(selection, situation, reader, True)
            )


def _forbid_exposure(selection: Selection, situation: Situation, reader: Reader) -> Outcome:
    reached: list[Pair] = []
    unknown: list[Pair] = []
    missing: list[Text] = []
    doubtful: list[Dependency] = []
    for dependency in _looked_at(selection, situation, ("service", "network")):
        matched = reader.exposures(selection, dependency)
        doubt = reader.doubt(dependency)
        if doubt is None:
            reached += [(dependency, standing) for standing in matched.reached]
        else:
            unknown += [(dependency, standing) for standing in matched.reached]
            doubtful.append(dependency)
            missing.append(doubt)
        unknown += [(dependency, standing) for standing in matched.unknown]
        missing += [text for standing in matched.unknown for text in standing.grasp.missing]
    if reached:
        return Outcome(False, tuple(reached), _different(d for d, _ in reached))
    missing += _of_gaps(situation, reader)
    if unknown or doubtful or situation.gaps:
        doubtful += [d for d, _ in unknown]
        return Outcome(
            None, tuple(unknown), _different(doubtful), (), tuple(dict.fromkeys(missing))
        )
    return Outcome(True, dependencies=situation.dependencies)


def _require(selection: Selection, situation: Situation, reader: Reader) -> Outcome:
    match selection.what:
        case "exposure":
            outcome = _forbid_exposure(selection, situation, reader)
            return Outcome(
                negate(outcome.truth), outcome.exposures, outcome.dependencies, (), outcome.missing
            )
        case "dependency":
            tested = _tested(selection, situation, reader)
            matching = tuple(d for d, truth in tested if truth is True)
            if matching:
                return Outcome(True, dependencies=matching)
            return _open(
                [d for d, truth in tested if truth is None], selection, situation, reader, False
            )
        case _:
            facts = tuple(f for f in situation.facts if matches_fact(selection, f))
            return (
                Outcome(True, facts=facts)
                if facts
                else _silence(selection, situation, reader, False)
            )


def _require_every(selection: Selection, situation: Situation, reader: Reader) -> Outcome:
    tested = _tested(selection, situation, reader)
    failing = tuple(d for d, truth in tested if truth is False)
    if failing:
        return Outcome(False, dependencies=failing)
    doubtful = [d for d, truth in tested if truth is None]
    return _open(doubtful, selection, situation, reader, True)


def _distinct(distinct: Distinct, situation: Situation, reader: Reader) -> Outcome:
    certain: set[str] = set()
    doubtful: set[str] = set()
    layer = "network" if distinct.field == "network" else "service"
    considered = tuple(d for d in situation.dependencies if d.layer == layer)
    for dependency in considered:
        offering = reader.catalogue.offerings[dependency.offering] if dependency.offering else None
        match distinct.field:
            case "operator":
                value = offering.operator if offering else None
            case "controller":
                value = " ".join(reader.grasps.controllers(dependency.offering) or ()) or None
            case _:
                value = offering.id if offering else None
        sure = value and reader.doubt(dependency) is None
        (certain if sure else doubtful).add(value or dependency.label)
    doubtful -= certain
    if len(certain) >= distinct.at_least:
        return Outcome(True, dependencies=considered)
    if (len(certain) + len(doubtful) >= distinct.at_least and doubtful) or situation.gaps:
        unidentified = tuple(d for d in considered if d.offering is None)
        phrase = reader.catalogue.words["missing.operator"]
        missing = [phrase.format(party=d.label) for d in unidentified]
        missing += [t for d in considered if d.offering and (t := reader.doubt(d)) is not None]
        missing += _of_gaps(situation, reader)
        return Outcome(None, (), unidentified or considered, (), tuple(dict.fromkeys(missing)))
    return Outcome(False, dependencies=considered)


def _tested(
    selection: Selection, situation: Situation, reader: Reader
) -> list[tuple[Dependency, Truth]]:
    """Each dependency of the selected layer (the services, unless named), and whether it matches.

    A doubtful attribution cannot say for sure that it does, nor that it does not.
    """
    tested: list[tuple[Dependency, Truth]] = []
    for dependency in _looked_at(selection, situation, ("service",)):
        truth = reader.dependency(selection, dependency)
        certain = reader.doubt(dependency) is None or (truth is False and not dependency.offering)
        tested.append((dependency, truth if certain else None))
    return tested


def _looked_at(
    selection: Selection, situation: Situation, layers: tuple[str, ...]
) -> Iterator[Dependency]:
    named = dict(selection.fields).get("layer", layers)
    return (dependency for dependency in situation.dependencies if dependency.layer in named)


def _open(
    doubtful: Iterable[Dependency],
    selection: Selection,
    situation: Situation,
    reader: Reader,
    silence: bool,
) -> Outcome:
    """*silence* when nothing is doubtful and nothing is missing, else not known."""
    doubtful = tuple(doubtful)
    if not doubtful and not situation.gaps:
        return Outcome(silence, dependencies=situation.dependencies)
    missing = [m for d in doubtful for m in reader.missing_of(selection, d)]
    missing += [doubt for d in doubtful if (doubt := reader.doubt(d)) is not None]
    missing += _of_gaps(situation, reader)
    return Outcome(None, (), doubtful, (), tuple(dict.fromkeys(missing)))


def _silence(selection: Selection, situation: Situation, reader: Reader, silence: bool) -> Outcome:
    """*silence* when no fact matches because the facts are others, or because none was missed."""
    kind = dict(selection.fields)["kind"]
    others = tuple(
        fact
        for fact in situation.facts
        if fact.kind in kind or (fact.kind == ABSENT and dict(fact.fields)["what"] in kind)
    )
    gaps = (*situation.gaps, *situation.untold)
    if others or not gaps:
        return Outcome(silence, facts=others)
    return Outcome(None, missing=tuple(look_ups(gaps, reader)))


def _of_gaps(situation: Situation, reader: Reader) -> list[Text]:
    return look_ups(situation.gaps, reader)


def look_ups(gaps: Iterable[Gap], reader: Reader) -> list[Text]:
    """What would close *gaps*, in the words of the report: an answer, or another way to look."""
    words = reader.catalogue.words
    asked = dict.fromkeys(
        (
            f"missing.{gap.why}" if gap.why in LIMITS else "missing.look-up",
            str(gap.exchange.question) if gap.exchange else f"{gap.subject}",
        )
        for gap in gaps
    )
    return [words[phrase].format(party=question) for phrase, question in asked]
