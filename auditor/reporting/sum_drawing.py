"""The arithmetic of one score as a bar: what is proved, what is open, what is lost."""

from __future__ import annotations

from markupsafe import Markup

from auditor.reporting.strokes import (
    FAINT,
    INK,
    OPEN,
    QUIET,
    edge,
    hatch,
    rectangle,
    svg,
    words,
)

_LENGTH = 270.0
_HEIGHT = 12.0


def points(title: str, account: str, proved: int, unknown: int, lost: int) -> Markup:
    """A bar of all points at stake: *proved* full, *unknown* hatched, *lost* crossed out.

    *account* is the same in figures, beside it.
    """
    whole = max(1, proved + unknown + lost)
    sure, may = _LENGTH * proved / whole, _LENGTH * unknown / whole
    parts = [rectangle(0.5, 0.5, _LENGTH, _HEIGHT, "#ffffff", QUIET)]
    if unknown:
        parts.append(rectangle(0.5 + sure, 0.5, may, _HEIGHT, OPEN, QUIET))
        parts.extend(hatch(0.5 + sure, 0.5, may, _HEIGHT))
    if proved:
        parts.append(rectangle(0.5, 0.5, sure, _HEIGHT, INK, INK))
    if lost:
        left, middle = 0.5 + sure + may, 0.5 + _HEIGHT / 2
        parts.append(edge((left, middle), (0.5 + _LENGTH, middle), colour=FAINT))
    parts.append(words(account, _LENGTH + 10, 10))
    return svg(title, 470, _HEIGHT + 1, parts)
