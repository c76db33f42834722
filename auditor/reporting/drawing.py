"""The drawings of a report, as SVG with nothing but lines, boxes and text.

Text always starts at a computed place: text anchored at its middle or end is
clipped by one of the common PDF viewers.  The `title` of a drawing is its whole
alternative; it is what a screen reader gets.  Lengths are points on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from auditor.reporting.fonts import SANS, SANS_BOLD, Face, width, wrap

PAGE = 479.0
"""The width between the margins."""
INK = "#16202c"
QUIET = "#55606d"
ACCENT = "#8f2d1b"
FAINT = "#c9d0d8"
TOLD = "#1f3a5f"
_GAP = 22.0
_IN_ROW = 4
_WIDEST = 150.0
_PAD = 7.0
_SIZE = 9.0
_FAMILY = f"'{SANS.family}', sans-serif"
_LEADING = 11.0


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
    height = max(2 * _PAD + _LEADING * len(lines) for lines in contents)
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
    length, height = 150.0, 11.0
    start, end = length * low / 100, length * high / 100
    parts = [_rectangle(0.5, 0.5, length, height, "#ffffff", FAINT)]
    if high > low:
        parts.append(_rectangle(0.5 + start, 0.5, end - start, height, "#e3e8ee", QUIET))
        parts.extend(_hatch(0.5 + start, 0.5, end - start, height))
    if low:
        parts.append(_rectangle(0.5, 0.5, start, height, INK, INK))
    if low == high == 0:
        parts.append(_rectangle(0.5, 0.5, 1.5, height, INK, INK))
    return svg(title, length + 1, height + 1, parts)


def svg(title: str, breadth: float, height: float, parts: Sequence[Markup]) -> Markup:
    """A drawing of *parts*; *title* is its whole alternative."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {b} {h}" '
        'width="{b}pt" height="{h}pt"><title>{title}</title>{parts}</svg>'
    ).format(b=_n(breadth), h=_n(height), title=title, parts=Markup("").join(parts))


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _lines(box: Box, room: float) -> list[tuple[str, Face, str]]:
    """(text, face, colour) of each line of a box."""
    return [
        *((line, SANS, QUIET) for line in wrap(box.above, room, _SIZE, most=3) if line),
        *((line, SANS_BOLD, INK) for line in wrap(box.name, room, _SIZE, SANS_BOLD)),
        *(
            (line, SANS, ACCENT if box.last else INK)
            for line in wrap(box.below, room, _SIZE)
            if line
        ),
    ]


def box_height(box: Box, breadth: float) -> float:
    """How high *box* is when it is so broad."""
    return 2 * _PAD + _LEADING * len(_lines(box, breadth - 2 * _PAD))


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
    fill, edge, thick = ("#fbf1ee", ACCENT, 1.6) if box.last else ("#f5f7f9", QUIET, 0.8)
    dashes = Markup("") if box.firm else Markup(' stroke-dasharray="4 2.5"')
    parts = [_rectangle(x, y, breadth, height, fill, edge, thick, dashes)]
    top = y + (height - _LEADING * len(lines)) / 2 + 8.3
    for index, (text, face, colour) in enumerate(lines):
        length = width(text, _SIZE, face)
        left = x + (breadth - length) / 2
        parts.append(
            Markup(
                '<text x="{x}" y="{y}" font-family="{f}" font-size="{s}" '
                'font-weight="{w}" fill="{c}"{l}>{t}</text>'
            ).format(
                x=_n(left),
                y=_n(top + index * _LEADING),
                s=_n(_SIZE),
                w=face.weight,
                c=colour,
                f=_FAMILY if alone else SANS.family,
                l=Markup(' textLength="{}"').format(_n(length)) if alone else "",
                t=text,
            )
        )
    return Markup("").join(parts)


def _rectangle(
    x: float,
    y: float,
    breadth: float,
    height: float,
    fill: str,
    edge: str,
    thick: float = 0.6,
    dashes: Markup | str = "",
) -> Markup:
    return Markup(
        '<rect x="{x}" y="{y}" width="{b}" height="{h}" fill="{f}" '
        'stroke="{e}" stroke-width="{t}"{d}/>'
    ).format(
        x=_n(x), y=_n(y), b=_n(breadth), h=_n(height), f=fill, e=edge, t=_n(thick), d=escape(dashes)
    )


def edge(*points: tuple[float, float], colour: str = QUIET, thick: float = 1.0) -> Markup:
    """A line through *points*."""
    path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return Markup('<polyline points="{p}" fill="none" stroke="{c}" stroke-width="{t}"/>').format(
        p=path, c=colour, t=_n(thick)
    )


def arrow(start: float, y: float, end: float) -> Markup:
    """An arrow to the right."""
    head = f"{_n(end - 6)},{_n(y - 3.2)} {_n(end - 0.8)},{_n(y)} {_n(end - 6)},{_n(y + 3.2)}"
    return edge((start + 1, y), (end - 5, y)) + Markup('<polygon points="{p}" fill="{c}"/>').format(
        p=head, c=QUIET
    )


def _turn(x: float, top: float, end: float, bottom: float) -> Markup:
    """From the foot of the last box of a row to the head of the first of the next."""
    middle = top + _GAP / 2
    points = ((end - 3.2, bottom - 6), (end, bottom - 0.8), (end + 3.2, bottom - 6))
    head = " ".join(f"{_n(across)},{_n(down)}" for across, down in points)
    return edge((x, top), (x, middle), (end, middle), (end, bottom - 5)) + Markup(
        '<polygon points="{p}" fill="{c}"/>'
    ).format(p=head, c=QUIET)


def _hatch(x: float, y: float, breadth: float, height: float, step: float = 4.0) -> list[Markup]:
    """Slanted lines clipped by hand: viewers disagree on patterns."""
    lines: list[Markup] = []
    offset = -height
    while offset < breadth:
        left, right = max(0.0, offset), min(breadth, offset + height)
        if right > left:
            lines.append(
                edge(
                    (x + left, y + height - (left - offset)),
                    (x + right, y + height - (right - offset)),
                    thick=0.6,
                )
            )
        offset += step
    return lines


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
    parts = [_label(step, left + index * unit, 9) for index, step in enumerate(steps)]
    parts += [
        edge((left + index * unit, top - 6), (left + index * unit, bottom), colour=FAINT, thick=0.6)
        for index in range(len(steps))
    ]
    for index, row in enumerate(rows):
        y = top + index * lead
        name = wrap(row.name, names, _SIZE, most=1)[0]
        parts.append(_text(name, names - width(name, _SIZE), y + 8))
        start, end = left + unit * row.low, left + unit * row.high
        if row.high > row.low:
            parts.append(_rectangle(start, y, end - start, height, "#e3e8ee", QUIET))
            parts.extend(_hatch(start, y, end - start, height))
        parts.append(_rectangle(left, y, max(1.8, start - left), height, INK, INK))
        if row.told is not None:
            first, last = (left + unit * step for step in row.told)
            parts.append(
                _rectangle(first - 1, y + height + 2, max(2.0, last - first + 2), 2.2, TOLD, TOLD)
            )
    if least is not None:
        x = left + unit * least
        parts.append(edge((x, top - 6), (x, bottom), colour=ACCENT, thick=1.4))
    return svg(title, left + length + 30, bottom + 3, parts)


def _label(text: str, middle: float, y: float) -> Markup:
    """*text* around *middle*, from a computed start."""
    return _text(text, middle - width(text, _SIZE) / 2, y)


def _text(text: str, x: float, y: float) -> Markup:
    return Markup(
        '<text x="{x}" y="{y}" font-family="Source Sans 3" font-size="{s}" '
        'font-weight="400" fill="{c}">{t}</text>'
    ).format(x=_n(x), y=_n(y), s=_n(_SIZE), c=INK, t=text)
