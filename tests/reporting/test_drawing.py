"""Drawings: what they say to those who cannot see them, and that nothing sticks out."""

from __future__ import annotations

import re

import pytest

from auditor.reporting.drawing import Box, interval, way
from auditor.reporting.fonts import SANS_BOLD, width, wrap
from auditor.reporting.strokes import PAGE
from auditor.reporting.sum_drawing import Bar, points

LONG = "Société d’économie mixte à opération unique pour l’aménagement numérique"


def _boxes(number: int) -> list[Box]:
    return [Box("Exploitant", f"{LONG} {n}", "France", firm=n % 2 == 0) for n in range(number)]


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 9])
def test_a_way_is_never_wider_than_the_page(number: int) -> None:
    svg = str(way("titre", _boxes(number)))
    breadth = float(re.findall(r'viewBox="0 0 ([\d.]+)', svg)[0])
    assert breadth <= PAGE + 3
    rights = [
        float(x) + float(b)
        for x, b in re.findall(r'<rect x="([\d.]+)"[^>]*? width="([\d.]+)"', svg)
    ]
    assert max(rights) <= breadth


def test_text_starts_at_a_computed_place() -> None:
    """Anchors at the middle or the end are clipped by one of the common viewers."""
    assert "text-anchor" not in str(way("titre", _boxes(3)))


def test_the_title_is_the_whole_alternative() -> None:
    assert "<title>De A &lt;à&gt; B</title>" in str(way("De A <à> B", _boxes(2)))


@pytest.mark.parametrize(("low", "high"), [(0, 0), (0, 100), (40, 40), (100, 100), (5, 28)])
def test_a_bar_stays_in_its_frame(low: int, high: int) -> None:
    points = re.findall(r"([\d.]+),([\d.]+)", str(interval("note", low, high)))
    assert all(0.4 <= float(x) <= 151 and 0.4 <= float(y) <= 12 for x, y in points)


def test_lines_fit_their_room() -> None:
    lines = wrap(LONG, 90, 9, SANS_BOLD, most=9)
    assert " ".join(lines) == LONG
    assert all(width(line, 9, SANS_BOLD) <= 90 for line in lines)


def test_a_word_longer_than_the_room_is_cut_and_the_rest_elided() -> None:
    lines = wrap("x" * 500, 50, 9, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(width(line, 9) <= 50 for line in lines)


@pytest.mark.parametrize("shares", [(3, 65, 18), (0, 0, 9), (7, 0, 0), (0, 5, 0), (1, 1, 1)])
def test_the_parts_of_a_bar_of_points_fill_it(shares: tuple[int, int, int]) -> None:
    """Proved and open are boxes in the frame; what is lost is the rest."""
    proved, unknown, lost = shares
    svg = str(points("titre", [Bar("Effet", "somme", proved, unknown, lost)]))
    breadths = [float(b) for b in re.findall(r'<rect [^>]*? width="([\d.]+)"', svg)]
    whole, *parts = breadths
    assert sum(parts) == pytest.approx(whole * (proved + unknown) / sum(shares), abs=0.02)
