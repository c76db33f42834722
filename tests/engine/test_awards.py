"""Ranks: a bid is before another only when its whole interval lies above."""

from __future__ import annotations

from fractions import Fraction

import pytest

from auditor.engine.awards import ranks
from auditor.model.compared import Rank, Span


def spans(*ends: tuple[int, int]) -> dict[str, Span]:
    """Intervals of bids called a, b, c …"""
    return {"abcdef"[i]: Span(Fraction(low), Fraction(high)) for i, (low, high) in enumerate(ends)}


@pytest.mark.parametrize(
    ("ends", "places"),
    [
        ([(50, 60), (10, 20)], [(1, 1), (2, 2)]),
        ([(50, 60), (20, 55)], [(1, 2), (1, 2)]),
        ([(50, 60), (40, 50)], [(1, 2), (1, 2)]),
        ([(50, 50), (50, 50)], [(1, 2), (1, 2)]),
        ([(80, 90), (40, 60), (50, 70), (10, 20)], [(1, 1), (2, 3), (2, 3), (4, 4)]),
        ([(0, 100), (40, 50), (10, 20)], [(1, 3), (1, 2), (2, 3)]),
    ],
)
def test_places(ends: list[tuple[int, int]], places: list[tuple[int, int]]) -> None:
    found = spans(*ends)
    ranked = ranks(found, dict.fromkeys(found, True))
    assert list(ranked.values()) == [Rank(*place) for place in places]


def test_one_that_may_yet_be_excluded_pushes_nobody_down_for_certain() -> None:
    ranked = ranks(spans((80, 90), (10, 20)), {"a": False, "b": True})
    assert ranked == {"a": Rank(1, 1), "b": Rank(1, 2)}
