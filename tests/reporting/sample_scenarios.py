"""Scenarios as if played on the sample: one of each outcome, and one that changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from auditor.model.assessment import Finding
from auditor.model.footprint import Dependency
from auditor.model.law import Effect
from auditor.model.rule import Verdict
from auditor.model.scenario import (
    Consequence,
    Flip,
    Outcome,
    Played,
    RegionLost,
    Scenario,
)
from auditor.model.text import Provenance, Text

_SOURCE = Provenance("https://droit.example/scenarios", date(2026, 11, 1), True)


def _scenario(id_: str, fr: str, en: str) -> Scenario:
    story = Text(f"{fr}, sans préavis.", f"{en}, without notice.")
    return Scenario(id_, Text(fr, en), story, (RegionLost(""),), (), (), None, _SOURCE)


def played(dependencies: Sequence[Dependency], finding: Finding, day: date) -> tuple[Played, ...]:
    """Three scenarios: the first hits the first service, the second may hit all, the third none."""
    hit = _scenario("hit", "Le service est coupé", "The service is cut off")
    open_ = _scenario("open", "Une région est perdue", "A region is lost")
    idle = _scenario("idle", "Un label n’est pas renouvelé", "A label is not renewed")

    def play(
        scenario: Scenario, first: Outcome, rest: Outcome, flips: tuple[Flip, ...] = ()
    ) -> Played:
        label = dependencies[0].label
        consequences = tuple(
            Consequence(each.id, first if each.label == label else rest, effect=Effect.INTERRUPTION)
            for each in dependencies
        )
        return Played(scenario, day, consequences, (), flips, ())

    return (
        play(hit, Outcome.HIT, Outcome.SPARED, (Flip(Verdict.PASS, finding),)),
        play(open_, Outcome.UNKNOWN, Outcome.UNKNOWN),
        play(idle, Outcome.SPARED, Outcome.SPARED),
    )
