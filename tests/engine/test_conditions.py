"""Each form of condition, in each of the three values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from auditor.engine.conditions import evaluate
from auditor.engine.situation import Reader, Situation
from auditor.engine.truth import Truth
from auditor.exposure.grasps import Grasps
from auditor.model.footprint import Dependency, Fact
from auditor.model.rule import (
    All,
    Any,
    Condition,
    Confidence,
    Distinct,
    Forbid,
    Not,
    Require,
    RequireEvery,
    Selection,
)
from auditor.model.sighting import Gap
from auditor.model.subject import Domain
from tests import knowledge as world

GAP = Gap(Domain("ville.example"), "ns", None, "timeout", ("dns",))
SIGNED = Selection("fact", (("kind", ("dns.dnssec",)), ("signed", ("yes",))))
ABROAD = Selection("dependency", (("controller", ("third",)),))
AT_HOME = Selection("dependency", (("controller", ("home", "shared")),))


def served_by(*offerings: str | None, layer: str = "service") -> tuple[Dependency, ...]:
    return tuple(
        Dependency(
            id=f"ville.example/dns/{layer}/{offering}/{number}",
            domain="ville.example",
            role="dns",
            layer=layer,
            subject="ns.example",
            offering=offering,
            label=offering or f"unknown{number}.example",
            location=(),
            confidence=Confidence.HIGH,
            because=("fact",),
            evidence=("abcdefabcdef",),
        )
        for number, offering in enumerate(offerings)
    )


def fact(signed: str) -> Fact:
    return Fact(
        "ville.example", "dns", "dns.dnssec", "ville.example", (("signed", signed),), "", ("a",)
    )


@pytest.mark.parametrize(
    ("condition", "offerings", "facts", "gaps", "expected"),
    [
        (Require(SIGNED), (), ("yes",), False, True),
        (Require(SIGNED), (), ("no",), False, False),
        (Require(SIGNED), (), (), False, False),
        (Require(SIGNED), (), (), True, None),
        (Forbid(SIGNED), (), (), True, None),
        (Forbid(SIGNED), (), ("yes",), True, False),
        (Not(Require(SIGNED)), (), ("no",), False, True),
        (Forbid(ABROAD), ("homemail",), (), False, True),
        (Forbid(ABROAD), ("homemail", "overcloud-mail"), (), False, False),
        (Forbid(ABROAD), ("homemail", "closed-mail"), (), False, None),
        (Forbid(ABROAD), ("homemail", None), (), False, None),
        (Require(AT_HOME), ("overcloud-mail", "homemail"), (), False, True),
        (RequireEvery(AT_HOME), ("overcloud-mail", "homemail"), (), False, False),
        (RequireEvery(AT_HOME), ("homemail", None), (), False, None),
        (RequireEvery(AT_HOME), ("homemail",), (), True, None),
        (Distinct("operator", 2), ("homemail", "overcloud-mail"), (), False, True),
        (Distinct("operator", 2), ("homemail", "homefilter"), (), False, False),
        (Distinct("operator", 2), ("homemail", None), (), False, None),
        (Distinct("operator", 2), ("homemail",), (), True, None),
        (All((Forbid(ABROAD), Require(SIGNED))), ("homemail",), ("no",), False, False),
        (Any((Forbid(ABROAD), Require(SIGNED))), ("overcloud-mail",), ("yes",), False, True),
        (Any((Forbid(ABROAD), Require(SIGNED))), ("overcloud-mail",), (), True, None),
    ],
)
def test_condition(
    tmp_path: Path,
    condition: Condition,
    offerings: tuple[str | None, ...],
    facts: tuple[str, ...],
    gaps: bool,
    expected: Truth,
) -> None:
    catalogue = world.catalogue(tmp_path)
    reader = Reader(catalogue, Grasps(catalogue, date(2026, 3, 1)), "HL")
    situation = Situation(
        "ville.example",
        "dns",
        served_by(*offerings),
        tuple(map(fact, facts)),
        (GAP,) if gaps else (),
    )
    assert evaluate(condition, situation, reader).truth is expected


def test_what_is_undecided_says_what_would_decide_it(tmp_path: Path) -> None:
    catalogue = world.catalogue(tmp_path)
    reader = Reader(catalogue, Grasps(catalogue, date(2026, 3, 1)), "HL")
    situation = Situation("ville.example", "dns", served_by("closed-mail"), (), ())
    outcome = evaluate(Forbid(ABROAD), situation, reader)
    assert [text.en for text in outcome.missing] == ["who controls closed-mail"]


def test_somebody_of_whom_there_is_but_a_hint_is_no_second_operator(tmp_path: Path) -> None:
    catalogue = world.catalogue(tmp_path)
    reader = Reader(catalogue, Grasps(catalogue, date(2026, 3, 1)), "HL")
    sure, hinted = served_by("homemail", "overcloud-mail")
    hinted = replace(hinted, confidence=Confidence.LOW)
    situation = Situation("ville.example", "dns", (sure, hinted), (), ())

    outcome = evaluate(Distinct("operator", 2), situation, reader)

    assert outcome.truth is None
    assert [text.en for text in outcome.missing] == [
        "whether overcloud-mail is in use today: only a weak sign was seen"
    ]
