"""A failed look-up is never good news: whatever cannot be asked only makes us know less."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor import resources
from auditor.audit import Assessor, Record, knowledge, look
from auditor.cli.report import assess_bundle
from auditor.model.assessment import Assessment
from auditor.model.exchange import Failure, Reason, Reply, Result
from auditor.model.footprint import Part
from auditor.model.rule import Confidence
from auditor.model.target import Target
from auditor.network import bundle
from auditor.settings import INTERACTIVE
from tests.attribution.zones import Palette, Zone, zones
from tests.probes.world import NOW, World
from tests.replay import FIXTURES, stories

CATALOGUE = knowledge(resources.rules())
PALETTE = Palette(CATALOGUE)
ASSESSOR = Assessor(CATALOGUE, date(2026, 11, 23))
LESS = {
    ("pass", "unknown"),
    ("fail", "unknown"),
    ("not-applicable", "unknown"),
}
"""How a verdict may change when less can be seen."""

SILENT = Failure(Reason.TIMEOUT)


def verdicts(assessment: Assessment) -> dict[tuple[str, str], str]:
    """The verdict of every rule and subject."""
    return {(f.rule, f.subject): f.verdict.value for f in assessment.findings}


def changed_otherwise(whole: Assessment, less: Assessment) -> dict[tuple[str, str], str]:
    """The verdicts of *less* that cannot come of seeing less than *whole*."""
    before, after = verdicts(whole), verdicts(less)
    assert before.keys() == after.keys()
    return {
        key: f"{before[key]} became {after[key]}"
        for key in before
        if before[key] != after[key] and (before[key], after[key]) not in LESS
    }


def audit(zone: Zone, failing: Mapping[str, Result]) -> tuple[Assessment, list[str]]:
    """The assessment of *zone*, some of its questions *failing*; the questions asked."""
    world = World(zone.text(), results=zone.results | failing)
    target = Target("Ville", (zone.domain,), home="FR")
    sightings = asyncio.run(look(target, CATALOGUE, world, "cymru", INTERACTIVE))
    return ASSESSOR.assess(target, sightings, Record((), NOW, NOW, "", "")), world.asked


def differing_in_silence(whole: Assessment, less: Assessment) -> list[str]:
    """The roles of *less* in which something changed and no gap says so, or somebody came up."""
    before = {(part.domain, part.role): part for part in whole.footprint.parts}
    return [
        part.role
        for part in less.footprint.parts
        if _sure(part) - _sure(before[part.domain, part.role])
        or (
            not part.unnamed
            and {d.id for d in part.dependencies}
            != {d.id for d in before[part.domain, part.role].dependencies}
        )
    ]


def _sure(part: Part) -> set[str]:
    """The dependencies that could decide a verdict."""
    return {d.id for d in part.dependencies if d.offering and d.confidence is not Confidence.LOW}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(zones(PALETTE), st.randoms(use_true_random=False))
def test_silence_never_makes_a_verdict_better_nor_another(zone: Zone, dice: Random) -> None:
    """Not one that passes, nor one that fails somebody else; and what it hides is a gap."""
    whole, asked = audit(zone, {})
    there = {line.partition(" ")[0].lower() for line in zone.lines}
    telling = [text for text in asked if text.partition(" ")[0] in there or text[:3] == "GET"]
    for number in (1, 2, 8):
        silent = dice.sample(telling, min(number, len(telling)))
        less, _ = audit(zone, dict.fromkeys(silent, SILENT))
        assert not changed_otherwise(whole, less), (silent, zone.text())
        assert not differing_in_silence(whole, less), (silent, zone.text())


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(zones(PALETTE))
def test_when_nobody_answers_nothing_is_known(zone: Zone) -> None:
    _, asked = audit(zone, {})
    nothing, _ = audit(zone, dict.fromkeys(asked, SILENT))
    assert set(verdicts(nothing).values()) == {"unknown"}


@pytest.mark.parametrize("story", stories())
def test_a_recording_with_holes_is_judged_no_better(story: str) -> None:
    """Each reply of the recording is lost once, and all of them together."""
    kept = bundle.read(FIXTURES / story / "bundle")
    whole = assess_bundle(kept, CATALOGUE, None)
    replied = [n for n, e in enumerate(kept.exchanges) if isinstance(e.result, Reply)]
    for lost in (*([number] for number in replied), replied):
        exchanges = tuple(
            replace(exchange, result=SILENT) if number in lost else exchange
            for number, exchange in enumerate(kept.exchanges)
        )
        less = assess_bundle(replace(kept, exchanges=exchanges), CATALOGUE, None)
        questions = [str(kept.exchanges[number].question) for number in lost]
        assert not changed_otherwise(whole, less), questions
    assert "pass" not in verdicts(less).values()
    assert "fail" not in verdicts(less).values()
