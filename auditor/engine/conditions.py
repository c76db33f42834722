"""Evaluate the condition of a rule in a situation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from auditor.engine.comparisons import apart, distinct
from auditor.engine.outcome import Outcome, Pair, different, look_ups
from auditor.engine.scope import ABSENT
from auditor.engine.situation import Reader, Situation, ending_of, matches_fact
from auditor.engine.truth import Truth, every, negate, some
from auditor.model.footprint import Dependency
from auditor.model.rule import (
    All,
    Any,
    Apart,
    Condition,
    Distinct,
    Forbid,
    Not,
    Require,
    RequireEvery,
    Selection,
)
from auditor.model.text import Text


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
            return distinct(condition, situation, reader)
        case Apart():
            return apart(condition, situation, reader)
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


def _combine(truth: Truth, outcomes: list[Outcome]) -> Outcome:
    """Keep what those parts found that came out as the whole did; all of it when none did."""
    telling = [o for o in outcomes if o.truth is truth] or outcomes
    return Outcome(
        truth,
        tuple(pair for o in telling for pair in o.exposures),
        different(d for o in telling for d in o.dependencies),
        tuple({id(f): f for o in telling for f in o.facts}.values()),
        tuple(dict.fromkeys(m for o in telling for m in o.missing)) if truth is None else (),
    )


def _forbid(selection: Selection, situation: Situation, reader: Reader) -> Outcome:
    match selection.what:
        case "exposure":
            return _forbid_exposure(selection, situation, reader)
        case "dependency":
            tested = _tested(selection, situation, reader)
            matching = tuple(d for d, truth in tested if truth is True)
            if matching:
                return Outcome(False, dependencies=matching)
            return _open(tested, selection, situation, reader, True)
        case "ending":
            outcome = _ending(selection, situation, reader)
            return Outcome(negate(outcome.truth), missing=outcome.missing)
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
    looked_at = tuple(_looked_at(selection, situation, ("service", "network")))
    for dependency in looked_at:
        matched = reader.exposures(selection, dependency)
        doubt = reader.doubt(dependency)
        if doubt is None:
            reached += [(dependency, standing) for standing in matched.reached]
        else:
            unknown += [(dependency, standing) for standing in matched.reached]
            doubtful.append(dependency)
            missing.append(doubt)
        unknown += [(dependency, standing) for standing in matched.unknown]
        missing += matched.missing
    if reached:
        return Outcome(False, tuple(reached), different(d for d, _ in reached))
    missing += look_ups(situation.gaps, reader)
    for dependency in looked_at:
        if unexamined := reader.unexamined(selection, dependency):
            doubtful.append(dependency)
            missing += unexamined
    if unknown or doubtful or situation.gaps:
        doubtful += [d for d, _ in unknown]
        return Outcome(None, tuple(unknown), different(doubtful), (), tuple(dict.fromkeys(missing)))
    return Outcome(True, dependencies=looked_at)


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
            return _open(tested, selection, situation, reader, False)
        case "ending":
            return _ending(selection, situation, reader)
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
    return _open(tested, selection, situation, reader, True)


def _ending(selection: Selection, situation: Situation, reader: Reader) -> Outcome:
    """Whether the state in whose part of the name space the domain is stands as selected."""
    country = reader.country_of(situation.domain)
    if country is None:
        ending = ending_of(situation.domain)
        phrase = reader.catalogue.words["missing.registry"]
        return Outcome(None, missing=(phrase.format(party=f".{ending}"),))
    return Outcome(
        reader.grasps.standing(reader.home, country) in dict(selection.fields)["standing"]
    )


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
    tested: list[tuple[Dependency, Truth]],
    selection: Selection,
    situation: Situation,
    reader: Reader,
    silence: bool,
) -> Outcome:
    """*silence* when nothing tested is doubtful and nothing is missing, else not known."""
    doubtful = tuple([d for d, truth in tested if truth is None])
    if not doubtful and not situation.gaps:
        return Outcome(silence, dependencies=tuple([d for d, _ in tested]))
    missing = [m for d in doubtful for m in reader.missing_of(selection, d)]
    missing += [doubt for d in doubtful if (doubt := reader.doubt(d)) is not None]
    missing += look_ups(situation.gaps, reader)
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
