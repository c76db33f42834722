"""The map of who serves the organisation, drawn in four columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from auditor.reporting.fonts import SANS, SANS_BOLD, Face, wrap
from auditor.reporting.strokes import (
    ACCENT,
    INK,
    LEADING,
    PAGE,
    PALE,
    QUIET,
    SIZE,
    edge,
    label,
    rectangle,
    svg,
    words,
)

_GAP = 17.0
_BETWEEN = 9.0
_PAD = 5.0
_BREADTHS = (80.0, 160.0, 112.0, 74.0)
"""Of the organisation, the services, the operators and the countries; with the gaps, a page."""
_HEAD = 15.0
_MOST = 6
_DASHES = "4 2.5"


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody or something on the map.

    Attributes:
        name: Printed in bold.
        below: Printed under it; may be empty.
        firm: Whether it is known; drawn dashed when not.
        far: Whether it stands under law of a third country.
        next: What it leads to: places in the next column.
        sure: Whether the lines to these rest on a source that was read; dashed when not.
    """

    name: str
    below: str = ""
    firm: bool = True
    far: bool = False
    next: tuple[int, ...] = ()
    sure: bool = True


def flow(title: str, heads: Sequence[str], columns: Sequence[Sequence[Node]]) -> Markup:
    """*columns* from left to right under *heads*, each node leading into the next column.

    A column stands in the order given; lines cross only where its order makes them.
    """
    lines = [
        [_lines(node, breadth - 2 * _PAD) for node in column]
        for column, breadth in zip(columns, _BREADTHS, strict=True)
    ]
    heights = [[2 * _PAD + LEADING * len(text) for text in column] for column in lines]
    whole = max(sum(column) + _BETWEEN * (len(column) - 1) for column in heights)
    lefts = [sum(_BREADTHS[:index]) + _GAP * index + 1 for index in range(len(columns))]
    tops = [_spread(column, whole) for column in heights]
    parts = [words(head, x, 9, SANS, QUIET) for head, x in zip(heads, lefts, strict=True)]
    for index, column in enumerate(columns[:-1]):
        for node, top, height in zip(column, tops[index], heights[index], strict=True):
            for target in node.next:
                start = lefts[index] + _BREADTHS[index]
                end = lefts[index + 1]
                middle = tops[index + 1][target] + heights[index + 1][target] / 2
                line = ((start, top + height / 2), (end, middle))
                parts.append(edge(*line, thick=0.9, dashes="" if node.sure else _DASHES))
    for index, column in enumerate(columns):
        for node, text, top, height in zip(
            column, lines[index], tops[index], heights[index], strict=True
        ):
            parts.append(_node(node, text, lefts[index], top, _BREADTHS[index], height))
    return svg(title, PAGE, _HEAD + whole + 2, parts)


def _spread(heights: Sequence[float], whole: float) -> list[float]:
    """Where each box begins, the column spread over *whole*."""
    spare = (whole - sum(heights)) / len(heights)
    tops, top = [], _HEAD + spare / 2
    for height in heights:
        tops.append(top)
        top += height + spare
    return tops


def _lines(node: Node, room: float) -> list[tuple[str, Face]]:
    return [
        *((line, SANS_BOLD) for line in wrap(node.name, room, SIZE, SANS_BOLD, most=_MOST)),
        *((line, SANS) for line in wrap(node.below, room, SIZE, most=_MOST) if line),
    ]


def _node(
    node: Node,
    lines: Sequence[tuple[str, Face]],
    x: float,
    y: float,
    breadth: float,
    height: float,
) -> Markup:
    fill, rim, thick = ("#fbf1ee", ACCENT, 1.6) if node.far else (PALE, QUIET, 0.8)
    if not node.firm:
        fill = "#ffffff"
    dashes = "" if node.firm else _DASHES
    parts = [rectangle(x, y, breadth, height, fill, rim, thick, dashes)]
    for index, (text, face) in enumerate(lines):
        line = y + _PAD + 8.3 + index * LEADING
        parts.append(label(text, x + breadth / 2, line, face, INK))
    return Markup("").join(parts)
