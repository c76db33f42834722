"""The pictures of a drift: true to their numbers, within their frame, and readable in grey."""

from __future__ import annotations

import re

import pytest

from auditor.reporting.drift_drawing import Lane, Pair, Span, Tally, lanes, spans
from auditor.reporting.fonts import SANS_BOLD, width
from auditor.reporting.strokes import INK, OPEN, PAGE, SIZE

HEADS = (
    Lane("Became not met", "solid"),
    Lane("Became not established", "hatched"),
    Lane("Became met", "open"),
    Lane("Others", ""),
)
LONG = "Ce qui a été observé, recherches sans réponse, connaissances, critères, date et outil"
Box = tuple[float, float, float, str]


def _boxes(svg: str) -> list[Box]:
    """(x, y, breadth, filling) of each rectangle."""
    found = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"[^>]*? fill="(#\w+)"', svg)
    return [(float(x), float(y), float(b), fill) for x, y, b, fill in found]


def _texts(svg: str) -> list[str]:
    return re.findall(r"<text [^>]*>([^<]*)</text>", svg)


def _breadth(svg: str) -> float:
    return float(re.findall(r'viewBox="0 0 ([\d.]+)', svg)[0])


def _pair(before: tuple[int, int] | None, after: tuple[int, int] | None) -> Pair:
    return Pair("Effet", Span("Avant", before, f"{before}"), Span("Après", after, f"{after}"))


def _row(*counts: int, name: str = "cause", heading: str = "") -> Tally:
    return Tally(name, heading, counts, tuple(map(str, counts)))


@pytest.mark.parametrize(("low", "high"), [(0, 0), (0, 100), (40, 40), (100, 100), (5, 28), (0, 1)])
def test_a_bar_of_a_score_is_as_long_as_the_score(low: int, high: int) -> None:
    whole, *parts = _boxes(str(spans("titre", [_pair((low, high), None)])))
    unit = whole[2] / 100
    full = sum(b for _, _, b, fill in parts if fill == INK)
    unsure = sum(b for _, _, b, fill in parts if fill == OPEN)
    # A score of nought for certain keeps a stroke, or it would look like nothing judged.
    assert full == pytest.approx(low * unit if low or high else 1.5, abs=0.02)
    assert unsure == pytest.approx((high - low) * unit, abs=0.02)
    assert all(whole[0] <= x and x + b <= whole[0] + whole[2] + 0.1 for x, _, b, _ in parts)


def test_what_was_not_judged_has_no_bar() -> None:
    svg = str(spans("titre", [_pair(None, (0, 100))]))
    assert len({y for _, y, _, _ in _boxes(svg)}) == 1
    assert svg.count("stroke-dasharray") == 1


def test_both_scores_stand_in_words_beside_their_bars() -> None:
    texts = _texts(str(spans("titre", [_pair((5, 28), (0, 60))])))
    assert {"Avant", "(5, 28)", "Après", "(0, 60)", "0", "100"} <= set(texts)


@pytest.mark.parametrize("told", ["100", "aucun critère applicable", "x" * 40])
def test_scores_are_never_wider_than_the_page(told: str) -> None:
    svg = str(
        spans(
            "titre", [Pair("Interruption", Span("Avant", (0, 9), told), Span("Après", None, told))]
        )
    )
    assert _breadth(svg) <= PAGE + 0.1


@pytest.mark.parametrize("most", [1, 2, 40, 1200])
def test_bars_of_findings_have_one_scale(most: int) -> None:
    rows = [_row(most, 1, 0, 7), _row(0, most // 2, 1, 3000)]
    svg = str(lanes("titre", HEADS, rows))
    boxes = _boxes(svg)
    counts = [most, 1, *([most // 2] if most // 2 else []), 1]
    assert len(boxes) == len(counts)
    unit = boxes[0][2] / most
    for (_, _, breadth, _), count in zip(boxes, counts, strict=True):
        assert breadth == pytest.approx(max(1.5, unit * count), abs=0.02)


def test_every_number_is_printed_noughts_too() -> None:
    svg = str(lanes("titre", HEADS, [_row(3, 0, 12, 4), _row(0, 0, 0, 0)]))
    numbers = [text for text in _texts(svg) if text.isdigit()]
    assert numbers == ["3", "0", "12", "4", "0", "0", "0", "0"]


def test_bars_differ_without_colour() -> None:
    """One is dark, one hatched, one empty; the column says the same."""
    svg = str(lanes("titre", HEADS, [_row(2, 2, 2, 2)]))
    assert [fill for *_, fill in _boxes(svg)] == [INK, OPEN, "#ffffff"]
    assert "Became not established" in " ".join(_texts(svg))


def test_nothing_sticks_out_of_a_picture_of_causes() -> None:
    rows = [_row(1234, 99, 7, 4321, name=LONG, heading="Plusieurs à la fois")] * 9
    svg = str(lanes("titre", HEADS, rows))
    assert _breadth(svg) == pytest.approx(PAGE)
    height = float(re.findall(r'viewBox="0 0 [\d.]+ ([\d.]+)', svg)[0])
    for x, y, text in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)<', svg):
        assert float(x) + width(text, SIZE, SANS_BOLD) <= PAGE, text
        assert float(y) <= height


def test_causes_are_named_to_the_last_however_many() -> None:
    svg = str(lanes("titre", HEADS, [_row(1, 1, 1, 1, name=f"{LONG}, {LONG}")]))
    assert f"{LONG}, {LONG}" in " ".join(_texts(svg))


def test_a_bar_and_its_number_stay_in_their_lane() -> None:
    """However great the number, the next lane begins behind it."""
    svg = str(lanes("titre", HEADS, [_row(123456, 123456, 123456, 1)]))
    starts = [x for x, *_ in _boxes(svg)]
    numbers = re.findall(r'<text x="([\d.]+)"[^>]*>123456<', svg)
    ends = [float(x) + width("123456", SIZE) for x in numbers]
    assert len(ends) == 3
    assert all(end < start for end, start in zip(ends, starts[1:], strict=False))


def test_the_title_is_the_whole_alternative() -> None:
    drawn = (spans("A <b>", [_pair(None, None)]), lanes("A <b>", HEADS, [_row(1, 1, 1, 1)]))
    for svg in map(str, drawn):
        assert svg.count("<title>") == 1
        assert "<title>A &lt;b&gt;</title>" in svg
        assert "text-anchor" not in svg
