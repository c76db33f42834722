"""Lines, boxes and text, as SVG: what every drawing is made of.

Text always starts at a computed place: text anchored at its middle or end is
clipped by one of the common PDF viewers.  The `title` of a drawing is its whole
alternative; it is what a screen reader gets.  Lengths are points on paper.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from auditor.reporting.fonts import SANS, Face, width

PAGE = 479.0
"""The width between the margins."""
INK = "#16202c"
QUIET = "#55606d"
ACCENT = "#8f2d1b"
FAINT = "#c9d0d8"
TOLD = "#1f3a5f"
PALE = "#f5f7f9"
OPEN = "#e3e8ee"
SIZE = 9.0
LEADING = 11.0


def svg(title: str, breadth: float, height: float, parts: Sequence[Markup]) -> Markup:
    """A drawing of *parts*; *title* is its whole alternative."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {b} {h}" '
        'width="{b}pt" height="{h}pt"><title>{title}</title>{parts}</svg>'
    ).format(b=pt(breadth), h=pt(height), title=title, parts=Markup("").join(parts))


def pt(number: float) -> str:
    """*number* as SVG takes it, to the hundredth of a point."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def rectangle(
    x: float,
    y: float,
    breadth: float,
    height: float,
    fill: str,
    rim: str,
    thick: float = 0.6,
    dashes: str = "",
) -> Markup:
    """A rectangle from its upper left corner."""
    return Markup(
        '<rect x="{x}" y="{y}" width="{b}" height="{h}" fill="{f}" '
        'stroke="{r}" stroke-width="{t}"{d}/>'
    ).format(
        x=pt(x), y=pt(y), b=pt(breadth), h=pt(height), f=fill, r=rim, t=pt(thick), d=_dashed(dashes)
    )


def edge(
    *points: tuple[float, float], colour: str = QUIET, thick: float = 1.0, dashes: str = ""
) -> Markup:
    """A line through *points*."""
    path = " ".join(f"{pt(x)},{pt(y)}" for x, y in points)
    return Markup('<polyline points="{p}" fill="none" stroke="{c}" stroke-width="{t}"{d}/>').format(
        p=path, c=colour, t=pt(thick), d=_dashed(dashes)
    )


def _dashed(dashes: str) -> Markup:
    return Markup(' stroke-dasharray="{}"').format(dashes) if dashes else Markup("")


def arrow(start: float, y: float, end: float) -> Markup:
    """An arrow to the right."""
    head = f"{pt(end - 6)},{pt(y - 3.2)} {pt(end - 0.8)},{pt(y)} {pt(end - 6)},{pt(y + 3.2)}"
    return edge((start + 1, y), (end - 5, y)) + Markup('<polygon points="{p}" fill="{c}"/>').format(
        p=head, c=QUIET
    )


def strokes(
    lines: Sequence[tuple[tuple[float, float], tuple[float, float]]],
    colour: str = QUIET,
    thick: float = 0.6,
) -> Markup:
    """Straight *lines*, from one point to another, all in one path: many would cost as many."""
    path = "".join(f"M{pt(a)} {pt(b)}L{pt(c)} {pt(d)}" for (a, b), (c, d) in lines)
    return Markup('<path d="{p}" fill="none" stroke="{c}" stroke-width="{t}"/>').format(
        p=path, c=colour, t=pt(thick)
    )


def hatch(x: float, y: float, breadth: float, height: float, step: float = 4.0) -> Markup:
    """Slanted lines clipped by hand: viewers disagree on patterns."""
    lines: list[tuple[tuple[float, float], tuple[float, float]]] = []
    offset = -height
    while offset < breadth:
        left, right = max(0.0, offset), min(breadth, offset + height)
        if right > left:
            lines.append(
                (
                    (x + left, y + height - (left - offset)),
                    (x + right, y + height - (right - offset)),
                )
            )
        offset += step
    return strokes(lines)


def label(
    text: str,
    middle: float,
    y: float,
    face: Face = SANS,
    colour: str = INK,
    size: float = SIZE,
) -> Markup:
    """*text* around *middle*, from a computed start."""
    return words(text, middle - width(text, size, face) / 2, y, face, colour, size)


def words(
    text: str, x: float, y: float, face: Face = SANS, colour: str = INK, size: float = SIZE
) -> Markup:
    """*text* on the line *y*, beginning at *x*."""
    return Markup(
        '<text x="{x}" y="{y}" font-family="{f}" font-size="{s}" '
        'font-weight="{w}" fill="{c}">{t}</text>'
    ).format(x=pt(x), y=pt(y), f=face.family, s=pt(size), w=face.weight, c=colour, t=text)
