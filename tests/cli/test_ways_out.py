"""`auditor ways-out`, for a person and for a program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import THEN, Ran

Call = Callable[..., Ran]


@pytest.fixture
def ways_out(auditor: Call, audited: Path, rules: Path) -> Call:
    """Ways out of what the audited city depends on, with the rules of its world."""
    return lambda *words: auditor("ways-out", audited, "--rules", rules, *THEN, *words)


def test_what_is_exposed_is_told_with_what_could_take_its_place(ways_out: Call) -> None:
    ran = ways_out("--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    assert "1. Overcloud Mail" in ran.out
    assert "Reached today: disclosure." in ran.out
    assert "Right to leave" in ran.out


def test_a_program_gets_the_same_bytes_each_time(ways_out: Call) -> None:
    first, second = ways_out("--format", "json"), ways_out("--format", "json")
    assert first.out == second.out
    assert json.loads(first.out)["ways"][0]["offering"] == "overcloud-mail"


def test_wrong_prices_are_refused_with_their_place(ways_out: Call, tmp_path: Path) -> None:
    file = tmp_path / "prices.yaml"
    file.write_text("currency: EUR\nseats: 5\nmonth: 12\n", encoding="utf-8")
    ran = ways_out("--prices", file)
    assert ran.code == 2
    assert f"{file}:3:1: 'months' is missing; is that what 'month' means?" in ran.err
