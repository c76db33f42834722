"""Parties and those above them, as lines for a terminal and as a drawing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from auditor.reporting.drawing import Box, box_height, draw_box
from auditor.reporting.strokes import arrow, edge, svg

_BREADTH, _GAP, _ROW = 168.0, 26.0, 10.0
_NARROWEST = 24
"""Columns that a name is given however deep it stands."""


@dataclass(frozen=True, slots=True)
class Node:
    """A party.

    Attributes:
        relation: What it is to the one before it: "controls, 64 % of the capital"; may be empty.
        name: Who.
        about: Country, and what is to be said of it.
        firm: Whether what is said was read in a source.
        top: Whether nobody stands above it.
        following: Those above it.
    """

    relation: str
    name: str
    about: str
    firm: bool
    top: bool
    following: tuple[Node, ...] = ()


def lines(node: Node, width: int, colon: str = ": ") -> Iterator[tuple[Node, str]]:
    """(whose, line) from *node* on, no line longer than *width* columns.

    *colon* stands between a relation and a name.
    """
    yield from _told(node, "", "", width, colon)


def alternative(node: Node, title: str, colon: str = ": ") -> str:
    """The whole tree in one paragraph, for those who cannot see it."""

    def said(one: Node, number: str) -> Iterator[str]:
        yield f"{number} {_sentence(one, colon)}.".lstrip()
        for index, above in enumerate(one.following, 1):
            yield from said(above, f"{number}{index}.")

    return " ".join([f"{title}.", *said(node, "")])


def draw(node: Node, title: str, colon: str = ": ") -> Markup:
    """The tree from left to right: whoever stands above another stands to its right."""
    parts: list[Markup] = []
    _, bottom, depth = _place(node, 0, 1.0, parts)
    breadth = 2 + (depth + 1) * _BREADTH + depth * _GAP
    return svg(alternative(node, title, colon), breadth, bottom - _ROW + 1, parts)


def _told(node: Node, first: str, rest: str, width: int, colon: str) -> Iterator[tuple[Node, str]]:
    trunk = "│ " if node.following else "  "
    for line in textwrap.wrap(
        _sentence(node, colon),
        max(width, len(rest) + _NARROWEST),
        initial_indent=first,
        subsequent_indent=f"{rest}{trunk}",
        break_on_hyphens=False,
    ):
        yield node, line
    for above in node.following:
        last = above is node.following[-1]
        branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
        yield from _told(above, rest + branch, rest + below, width, colon)


def _sentence(node: Node, colon: str) -> str:
    said = f"{node.relation}{colon}{node.name}" if node.relation else node.name
    return f"{said} ({node.about})" if node.about else said


def _place(node: Node, depth: int, top: float, parts: list[Markup]) -> tuple[float, float, int]:
    """Draw *node* at *depth* from *top* down: (its middle, where the next may begin, how deep)."""
    box = Box(node.relation, node.name, node.about, node.firm, node.top)
    height = box_height(box, _BREADTH)
    left = 1 + depth * (_BREADTH + _GAP)
    below, deepest = top, depth
    middles: list[float] = []
    for above in node.following:
        middle, below, deep = _place(above, depth + 1, below, parts)
        middles.append(middle)
        deepest = max(deepest, deep)
    own = top + height / 2
    parts.append(draw_box(box, left, top, _BREADTH, height))
    right = left + _BREADTH
    if middles:
        turn = right + _GAP / 2
        parts.append(edge((right, own), (turn, own)))
        ends = (min(own, middles[0]), max(own, middles[-1]))
        parts.append(edge((turn, ends[0]), (turn, ends[1])))
        parts += [arrow(turn - 1, middle, right + _GAP) for middle in middles]
    return own, max(below, top + height + _ROW), deepest
