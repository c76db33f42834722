from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Ran

Call = Callable[..., Ran]


@pytest.fixture
def lists(auditor: Call, rules: Path) -> Callable[..., dict[str, Any]]:
    def called(day: str, *options: str) -> dict[str, Any]:
        words = ("catalogue", "stale", "--rules", rules, "--as-of", day, "--json")
        document: dict[str, Any] = json.loads(auditor(*words, *options).out)
        return document

    return called


def _ids(facts: list[dict[str, Any]]) -> list[str]:
    return [fact["id"] for fact in facts]


def test_readings_grow_old(lists: Callable[..., dict[str, Any]]) -> None:
    assert lists("2027-11-01")["old"] == []
    assert len(lists("2027-11-02")["old"]) > 20
    assert len(lists("2026-12-02", "--older-than", "1")["old"]) > 20


def test_what_ends_soon_is_listed_by_its_last_day(lists: Callable[..., dict[str, Any]]) -> None:
    """The law has a state that ends on the same day as the decision on Nearland."""
    ending = lists("2026-11-24", "--ending-within", "2")["ending"]
    assert [(fact["id"], fact["part"], fact["ends"]) for fact in ending] == [
        ("NL", "adequacy 1", "2026-12-31"),
        ("ol-access", "validity 2", "2026-12-31"),
    ]
    assert lists("2026-11-24", "--ending-within", "1")["ending"] == []


def test_what_nobody_verified_is_listed_by_what_rests_on_it(
    lists: Callable[..., dict[str, Any]],
) -> None:
    unverified = lists("2026-11-24")["unverified"]
    assert "rumour-sa" in _ids(unverified)
    weights = [fact["offerings"] for fact in unverified]
    assert weights == sorted(weights, reverse=True)


def test_on_a_terminal(auditor: Call, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = auditor("catalogue", "stale", "--rules", rules, "--as-of", "2028-01-31", "--limit", "3")

    assert "Last read before 2027-01-31: " in ran.out
    assert "more" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("months", ["-1", "many", "99999"])
def test_an_age_that_is_none(months: str, auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "stale", "--rules", rules, "--older-than", months)
    assert ran.code == 2
