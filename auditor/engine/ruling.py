"""What a rule says of a situation."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from auditor.engine.conditions import evaluate
from auditor.engine.outcome import Outcome, look_ups
from auditor.engine.recall import Ruling
from auditor.engine.sentences import fill
from auditor.engine.situation import Reader, Situation
from auditor.model.footprint import Dependency, Fact
from auditor.model.rule import Confidence, Rule, Verdict
from auditor.model.sighting import Gap

_NOTHING: Final = Outcome(None)
_CERTAINTY: Final = {Confidence.LOW: 0, Confidence.MODERATE: 1, Confidence.HIGH: 2}


def absent(rule: Rule, situation: Situation, reader: Reader) -> Ruling:
    """The ruling where there is nothing to judge."""
    verdict = Verdict.NOT_APPLICABLE
    says = fill(rule.sentence(verdict), situation.role, (), _NOTHING, reader)
    return Ruling(verdict, Confidence.HIGH, (), (), (), (), says)


def rule_on(rule: Rule, situation: Situation, open_: tuple[Gap, ...], reader: Reader) -> Ruling:
    """The ruling of *rule* on *situation*; *open_* gaps leave open whether it applies."""
    outcome = evaluate(rule.condition, situation, reader)
    if open_:
        missing = (*outcome.missing, *look_ups(open_, reader))
        outcome = replace(outcome, truth=None, missing=tuple(dict.fromkeys(missing)))
    verdict = _verdict(outcome)
    involved = outcome.dependencies or (() if outcome.facts else situation.dependencies)
    places = {id(d): place for place, d in enumerate(situation.dependencies)}
    return Ruling(
        verdict,
        _confidence(verdict, involved),
        tuple([places[id(d)] for d in involved]),
        tuple([_place(f, situation.facts) for f in outcome.facts]),
        _grasps(outcome, places, reader) if outcome.exposures else (),
        outcome.missing,
        fill(rule.sentence(verdict), situation.role, involved, outcome, reader),
    )


def _place(fact: Fact, facts: tuple[Fact, ...]) -> int:
    return next(place for place, each in enumerate(facts) if each is fact)


def _grasps(
    outcome: Outcome, places: dict[int, int], reader: Reader
) -> tuple[tuple[int, int], ...]:
    """The exposures of *outcome*, once each: place of the dependency, and of the grasp on it."""
    ranks = {id(d): reader.places(d) for d in outcome.dependencies}
    return tuple(
        dict.fromkeys([(places[id(d)], ranks[id(d)][id(s)]) for d, s in outcome.exposures])
    )


def _verdict(outcome: Outcome) -> Verdict:
    if outcome.truth is None:
        return Verdict.UNKNOWN
    return Verdict.PASS if outcome.truth else Verdict.FAIL


def _confidence(verdict: Verdict, involved: tuple[Dependency, ...]) -> Confidence:
    """One sure dependency is enough to fail; a pass is as weak as its weakest; unknown is low."""
    if verdict is Verdict.UNKNOWN:
        return Confidence.LOW
    if not involved:
        return Confidence.HIGH
    pick = max if verdict is Verdict.FAIL else min
    return pick((d.confidence for d in involved), key=_CERTAINTY.__getitem__)
