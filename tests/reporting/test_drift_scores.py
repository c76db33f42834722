"""What is said of a score before and after: no more than two intervals can prove."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from auditor.engine.causes import compared
from auditor.reporting.difference_telling import Telling
from auditor.reporting.drift_scores import Reading, readings
from auditor.reporting.formats.json import document
from tests.replay import replayed

Ends = tuple[int, int] | None


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    return document(replayed("no-mail"))


def _scored(whole: dict[str, Any], ends: Ends) -> dict[str, Any]:
    """The same with a score of one effect alone."""
    scored = copy.deepcopy(whole)
    scored["score"]["by_effect"] = (
        {} if ends is None else {"disclosure": {"low": ends[0], "high": ends[1]}}
    )
    return scored


def _reading(whole: dict[str, Any], before: Ends, after: Ends) -> Reading:
    both = _scored(whole, before), _scored(whole, after)
    (found,) = readings(Telling(compared(*both, (False, False), []), "en", {}, {}))
    return found


OVERLAP = "the intervals overlap, neither a rise nor a fall is proved"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((4, 73), (4, 73), "unchanged"),
        ((0, 50), (0, 100), f"{OVERLAP}; interval wider by 50 points, hence less precise"),
        ((0, 50), (49, 50), f"{OVERLAP}; interval narrower by 49 points, hence more precise"),
        ((0, 50), (10, 60), OVERLAP),
        ((0, 50), (50, 100), OVERLAP),
        ((0, 49), (51, 100), "better, whatever the unknowns hold"),
        ((51, 100), (0, 49), "worse, whatever the unknowns hold"),
        (
            (40, 40),
            (41, 42),
            "better, whatever the unknowns hold; interval wider by 1 point, hence less precise",
        ),
        (None, (0, 50), "judged only after"),
        ((0, 50), None, "judged only before"),
    ],
)
def test_a_score_rose_or_fell_only_where_the_intervals_are_apart(
    before: Ends, after: Ends, told: str, whole: dict[str, Any]
) -> None:
    assert _reading(whole, before, after).told == told


def test_both_are_told_in_words(whole: dict[str, Any]) -> None:
    reading = _reading(whole, None, (5, 28))

    assert (reading.told_before, reading.told_after) == ("no criterion applies", "5 to 28")
