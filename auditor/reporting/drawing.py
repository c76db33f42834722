"""Ways, bars and levels, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from auditor.reporting.fonts import SANS, SANS_BOLD, Face, width, wrap
from auditor.reporting.strokes import (
    ACCENT,
    FAINT,
    INK,
    LEADING,
    OPEN,
    PAGE,
    PALE,
    QUIET,
    SIZE,
    TOLD,
    arrow,
    edge,
    hatch,
    label,
    pt,
    rectangle,
    strokes,
    svg,
    words,
)

_GAP = 22.0
_IN_ROW = 4
_WIDEST = 150.0
_PAD = 7.0
FAMILY = f"'{SANS.family}', sans-serif"


@dataclass(frozen=True, slots=True)
class Box:
    """A party on the way.

    Attributes:
        above: What it is to the party before it.
        name: Who.
        below: The country.
        firm: Whether the link to it was read in a source; drawn dashed when not.
        last: Whether the law takes hold here.
    """

    above: str
    name: str
    below: str
    firm: bool = True
    last: bool = False


def way(title: str, boxes: Sequence[Box]) -> Markup:
    """*boxes* from left to right, arrow by arrow, in rows of four at most."""
    across = min(len(boxes), _IN_ROW)
    breadth = min(_WIDEST, (PAGE - _GAP * (across - 1)) / across)
    contents = [_lines(box, breadth - 2 * _PAD) for box in boxes]
    height = max(2 * _PAD + LEADING * len(lines) for lines in contents)
    rows = -(-len(boxes) // _IN_ROW)
    parts: list[Markup] = []
    for index, (box, lines) in enumerate(zip(boxes, contents, strict=True)):
        row, column = divmod(index, _IN_ROW)
        x = 1 + column * (breadth + _GAP)
        y = 1 + row * (height + _GAP)
        if index and column:
            parts.append(arrow(x - _GAP, y + height / 2, x))
        elif index:
            start = 1 + (_IN_ROW - 1) * (breadth + _GAP) + breadth / 2
            parts.append(_turn(start, y - _GAP, x + breadth / 2, y))
        parts.append(_box(box, lines, x, y, breadth, height))
    breadth_of_all = 2 + across * breadth + (across - 1) * _GAP
    return svg(title, breadth_of_all, 2 + rows * height + (rows - 1) * _GAP, parts)


def interval(title: str, low: int, high: int) -> Markup:
    """A bar from 0 to 100: full up to *low*, hatched from there to *high*."""
    length, height = 50.0, 9.0
    start, end = length * low / 100, length * high / 100
    parts = [rectangle(0.5, 0.5, length, height, "#ffffff", FAINT)]
    if high > low:
        parts.append(rectangle(0.5 + start, 0.5, end - start, height, OPEN, QUIET))
        parts.append(hatch(0.5 + start, 0.5, end - start, height))
    if low:
        parts.append(rectangle(0.5, 0.5, start, height, INK, INK))
    if low == high == 0:
        parts.append(rectangle(0.5, 0.5, 1.5, height, INK, INK))
    return svg(title, length + 1, height + 1, parts)


def _lines(box: Box, room: float) -> list[tuple[str, Face, str]]:
    """(text, face, colour) of each line of a box."""
    return [
        *((line, SANS, QUIET) for line in wrap(box.above, room, SIZE, most=6) if line),
        *((line, SANS_BOLD, INK) for line in wrap(box.name, room, SIZE, SANS_BOLD)),
        *(
            (line, SANS, ACCENT if box.last else INK)
            for line in wrap(box.below, room, SIZE)
            if line
        ),
    ]


def box_height(box: Box, breadth: float) -> float:
    """How high *box* is when it is so broad."""
    return 2 * _PAD + LEADING * len(_lines(box, breadth - 2 * _PAD))


def draw_box(box: Box, x: float, y: float, breadth: float, height: float) -> Markup:
    """*box* with its words, from its upper left corner, for a drawing that stands alone.

    Each line is as long as in our fonts, whichever the reader has.
    """
    return _box(box, _lines(box, breadth - 2 * _PAD), x, y, breadth, height, alone=True)


def _box(
    box: Box,
    lines: Sequence[tuple[str, Face, str]],
    x: float,
    y: float,
    breadth: float,
    height: float,
    *,
    alone: bool = False,
) -> Markup:
    fill, rim, thick = ("#fbf1ee", ACCENT, 1.6) if box.last else (PALE, QUIET, 0.8)
    dashes = "" if box.firm else "4 2.5"
    parts = [rectangle(x, y, breadth, height, fill, rim, thick, dashes)]
    top = y + (height - LEADING * len(lines)) / 2 + 8.3
    for index, (text, face, colour) in enumerate(lines):
        length = width(text, SIZE, face)
        left = x + (breadth - length) / 2
        parts.append(
            Markup(
                '<text x="{x}" y="{y}" font-family="{f}" font-size="{s}" '
                'font-weight="{w}" fill="{c}"{l}>{t}</text>'
            ).format(
                x=pt(left),
                y=pt(top + index * LEADING),
                s=pt(SIZE),
                w=face.weight,
                c=colour,
                f=FAMILY if alone else SANS.family,
                l=Markup(' textLength="{}"').format(pt(length)) if alone else "",
                t=text,
            )
        )
    return Markup("").join(parts)


def _turn(x: float, top: float, end: float, bottom: float) -> Markup:
    """From the foot of the last box of a row to the head of the first of the next."""
    middle = top + _GAP / 2
    points = ((end - 3.2, bottom - 6), (end, bottom - 0.8), (end + 3.2, bottom - 6))
    head = " ".join(f"{pt(across)},{pt(down)}" for across, down in points)
    return edge((x, top), (x, middle), (end, middle), (end, bottom - 5)) + Markup(
        '<polygon points="{p}" fill="{c}"/>'
    ).format(p=head, c=QUIET)


@dataclass(frozen=True, slots=True)
class Bullet:
    """One row of a figure of levels.

    Attributes:
        name: What it measures.
        low: Step reached for certain.
        high: Step still possible.
        told: Steps (low, high) if what is declared holds; None when nothing is declared.
    """

    name: str
    low: int
    high: int
    told: tuple[int, int] | None = None


def bullets(title: str, rows: Sequence[Bullet], steps: Sequence[str], least: int | None) -> Markup:
    """A bar for each of *rows* on the scale *steps*: full to its low, hatched to its high.

    A thin line below a bar is what would hold by declaration; *least*, when
    given, is the step asked for, drawn across all rows.
    """
    names, length, height, lead = 216.0, 218.0, 10.0, 19.0
    left, top = names + 8, 20.0
    unit = length / max(1, len(steps) - 1)
    bottom = top + lead * len(rows)
    parts = [label(step, left + index * unit, 9) for index, step in enumerate(steps)]
    scale = [left + index * unit for index in range(len(steps))]
    parts.append(strokes([((x, top - 6), (x, bottom)) for x in scale], FAINT))
    for index, row in enumerate(rows):
        y = top + index * lead
        name = wrap(row.name, names, SIZE, most=1)[0]
        parts.append(words(name, names - width(name, SIZE), y + 8))
        start, end = left + unit * row.low, left + unit * row.high
        if row.high > row.low:
            parts.append(rectangle(start, y, end - start, height, OPEN, QUIET))
            parts.append(hatch(start, y, end - start, height))
        parts.append(rectangle(left, y, max(1.8, start - left), height, INK, INK))
        if row.told is not None:
            first, last = (left + unit * step for step in row.told)
            parts.append(
                rectangle(first - 1, y + height + 2, max(2.0, last - first + 2), 2.2, TOLD, TOLD)
            )
    if least is not None:
        x = left + unit * least
        parts.append(edge((x, top - 6), (x, bottom), colour=ACCENT, thick=1.4))
    return svg(title, left + length + 30, bottom + 3, parts)
