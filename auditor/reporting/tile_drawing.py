"""Europe as squares, one for each state, and beside it the states elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from auditor.reporting.fonts import SANS, SANS_BOLD, width
from auditor.reporting.strokes import (
    FAINT,
    INK,
    PALE,
    QUIET,
    SIZE,
    label,
    pt,
    rectangle,
    svg,
    words,
)

_SIDE = 18.0
_STEP = 20.0
_CODE = 8.0
_ASIDE = 14.0


@dataclass(frozen=True, slots=True)
class Tile:
    """What stands in one state.

    Attributes:
        code: As printed in the square.
        name: As printed beside a square that is not on the grid.
        controlled: Whether a service is controlled from there: filled.
        located: Whether a service stands there: with a dot.
        firm: Whether it is a state; dashed when it is one not established.
        supposed: Whether a service is believed to be controlled from there: dashed, unless filled.
    """

    code: str
    name: str
    controlled: bool
    located: bool
    firm: bool = True
    supposed: bool = False


def tiles(title: str, grid: Mapping[str, tuple[int, int]], marked: Sequence[Tile]) -> Markup:
    """The *grid* with those *marked* on it, and those that are not on it in a column beside."""
    known = {tile.code: tile for tile in marked}
    parts = [
        _tile(known.get(code, Tile(code, "", False, False)), 1 + column * _STEP, 1 + row * _STEP)
        for code, (column, row) in grid.items()
    ]
    right = 1 + _STEP * (1 + max(column for column, _ in grid.values()))
    bottom = 1 + _STEP * (1 + max(row for _, row in grid.values()))
    aside = [tile for tile in marked if tile.code not in grid]
    for index, tile in enumerate(aside):
        y = 1 + index * (_STEP + 4)
        parts.append(_tile(tile, right + _ASIDE, y))
        parts.append(words(tile.name, right + _ASIDE + _STEP + 6, y + 12.5))
        bottom = max(bottom, y + _STEP)
    if aside:
        right += _ASIDE + _STEP + 8 + max(width(tile.name, SIZE) for tile in aside)
    return svg(title, right, bottom + 1, parts)


def _tile(tile: Tile, x: float, y: float) -> Markup:
    some = tile.controlled or tile.supposed or tile.located
    fill = INK if tile.controlled and tile.firm else PALE if some else "#ffffff"
    dashes = "" if tile.firm and (tile.controlled or not tile.supposed) else "3 2"
    parts = [
        rectangle(x, y, _SIDE, _SIDE, fill, INK if some else FAINT, 1.4 if some else 0.6, dashes)
    ]
    ink = "#ffffff" if fill == INK else INK if some else QUIET
    face = SANS_BOLD if some else SANS
    line = y + (10.2 if tile.located else 12.0)
    parts.append(label(tile.code, x + _SIDE / 2, line, face, ink, _CODE))
    if tile.located:
        parts.append(
            Markup('<circle cx="{x}" cy="{y}" r="1.9" fill="{c}"/>').format(
                x=pt(x + _SIDE / 2), y=pt(y + _SIDE - 3.8), c=ink
            )
        )
    return Markup("").join(parts)
