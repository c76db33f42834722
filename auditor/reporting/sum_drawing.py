"""The arithmetic of the scores as bars: what is proved, what is open, what is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from auditor.reporting.fonts import width
from auditor.reporting.strokes import (
    FAINT,
    INK,
    OPEN,
    QUIET,
    SIZE,
    edge,
    hatch,
    rectangle,
    svg,
    words,
)

_LENGTH = 260.0
_HEIGHT = 12.0
_LEAD = 20.0
_SPACE = 10.0


@dataclass(frozen=True, slots=True)
class Bar:
    """All points at stake for one effect.

    Attributes:
        account: The same in figures, printed beside the bar.
    """

    name: str
    account: str
    proved: int
    unknown: int
    lost: int


def points(title: str, bars: Sequence[Bar]) -> Markup:
    """Each bar full where points are proved, hatched where open, struck through where lost."""
    left = max(width(bar.name, SIZE) for bar in bars) + _SPACE
    right = left + _LENGTH + _SPACE
    parts: list[Markup] = []
    for index, bar in enumerate(bars):
        y = 1 + index * _LEAD
        parts.append(words(bar.name, 0, y + 9))
        parts.extend(_bar(bar, left, y))
        parts.append(words(bar.account, right, y + 9))
    breadth = right + max(width(bar.account, SIZE) for bar in bars) + 1
    return svg(title, breadth, _LEAD * len(bars) - _LEAD + _HEIGHT + 2, parts)


def _bar(bar: Bar, x: float, y: float) -> list[Markup]:
    whole = max(1, bar.proved + bar.unknown + bar.lost)
    sure, may = _LENGTH * bar.proved / whole, _LENGTH * bar.unknown / whole
    parts = [rectangle(x, y, _LENGTH, _HEIGHT, "#ffffff", QUIET)]
    if bar.lost:
        middle = y + _HEIGHT / 2
        parts.append(edge((x + sure + may, middle), (x + _LENGTH, middle), colour=FAINT))
    if bar.unknown:
        parts.append(rectangle(x + sure, y, may, _HEIGHT, OPEN, QUIET))
        parts.append(hatch(x + sure, y, may, _HEIGHT))
    if bar.proved:
        parts.append(rectangle(x, y, sure, _HEIGHT, INK, INK))
    return parts
