"""`auditor scenario`: what might happen, for a person and for a program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import THEN, Ran

Call = Callable[..., Ran]

OURS = """
id: ours
title: {fr: Tout s’arrête, en: Everything stops}
story: {fr: L’exploitant cesse., en: The operator ceases.}
changes:
  - supplier-acts: {effect: interruption, relations: [operator]}
questions:
  - {fr: Qui reprend ?, en: Who takes over?}
source: ours
checked: "2026-11-24"
verified: true
"""


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A scenario that a user wrote."""
    file = tmp_path / "ours.yaml"
    file.write_text(OURS, encoding="utf-8")
    return file


@pytest.fixture
def scenario(auditor: Call, audited: Path, rules: Path) -> Call:
    """Plays on the audited city, with the rules of its world."""
    return lambda *words: auditor("scenario", audited, "--rules", rules, *THEN, *words)


def test_a_scenario_of_ones_own_is_told_with_path_and_question(scenario: Call, ours: Path) -> None:
    ran = scenario("--scenario", ours, "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    assert "Everything stops" in ran.out
    assert "Hit (1)" in ran.out
    assert "Overcloud Europe Ltd (operator," in ran.out
    assert "Who takes over?" in ran.out


def test_a_program_gets_the_same_bytes_each_time(scenario: Call, ours: Path) -> None:
    asked = ("--scenario", ours, "--format", "json")
    first, second = scenario(*asked), scenario(*asked)
    assert first.out == second.out
    (told,) = json.loads(first.out)["scenarios"]
    assert told["id"] == "ours"
    assert {c["outcome"] for c in told["consequences"]} <= {"hit", "unknown", "spared"}


def test_a_word_that_is_no_scenario_is_refused(scenario: Call) -> None:
    ran = scenario("--scenario", "acquisitoin")
    assert ran.code == 2
    assert "neither a scenario nor a file" in ran.err


def test_a_wrong_file_is_refused_with_its_place(scenario: Call, ours: Path) -> None:
    ours.write_text(OURS.replace("relations", "relation"), encoding="utf-8")
    ran = scenario("--scenario", ours)
    assert ran.code == 2
    assert f"{ours}:6:" in ran.err
    assert "'relations' is missing; is that what 'relation' means?" in ran.err
