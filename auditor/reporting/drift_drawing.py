"""What became of an assessment, drawn: its scores then and now, and what moved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from auditor.reporting.fonts import SANS, SANS_BOLD, Face, width, wrap
from auditor.reporting.strokes import (
    FAINT,
    INK,
    LEADING,
    OPEN,
    PAGE,
    QUIET,
    SIZE,
    edge,
    hatch,
    label,
    rectangle,
    svg,
    words,
)

_TICKS = (0, 25, 50, 75, 100)
_SPACE = 8.0


@dataclass(frozen=True, slots=True)
class Span:
    """A score at one of the two times.

    Attributes:
        when: Before or after, in words.
        ends: Low and high; None when nothing was judged.
        told: The same in words, printed beside the bar.
    """

    when: str
    ends: tuple[int, int] | None
    told: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The score of one effect, before and after."""

    name: str
    before: Span
    after: Span


def spans(title: str, pairs: Sequence[Pair]) -> Markup:
    """Two bars for each of *pairs* on one scale: full up to the low, hatched to the high."""
    each = [span for pair in pairs for span in (pair.before, pair.after)]
    names = max(width(pair.name, SIZE, SANS_BOLD) for pair in pairs) + 2 * _SPACE
    left = names + max(width(span.when, SIZE) for span in each) + _SPACE
    aside = max(width(span.told, SIZE) for span in each) + _SPACE
    length = min(250.0, PAGE - left - aside)
    height, lead, gap, top = 9.0, 13.0, 9.0, 18.0
    bottom = top + len(pairs) * (2 * lead + gap) - gap + 2
    parts: list[Markup] = []
    for tick in _TICKS:
        x = left + length * tick / 100
        parts.append(label(str(tick), x, 9, colour=QUIET))
        parts.append(edge((x, top - 5), (x, bottom), colour=FAINT, thick=0.6))
    for index, pair in enumerate(pairs):
        y = top + index * (2 * lead + gap)
        parts.append(words(pair.name, 0, y + 8, SANS_BOLD))
        for row, span in enumerate((pair.before, pair.after)):
            at = y + row * lead
            parts.append(words(span.when, names, at + 8))
            parts += _bar(span.ends, left, at, length, height)
            parts.append(words(span.told, left + length + _SPACE, at + 8))
    return svg(title, left + length + aside, bottom + 1, parts)


def _bar(
    ends: tuple[int, int] | None, x: float, y: float, length: float, height: float
) -> list[Markup]:
    if ends is None:
        middle = y + height / 2
        return [edge((x, middle), (x + length, middle), colour=QUIET, thick=0.8, dashes="1.5 3")]
    low, high = (length * end / 100 for end in ends)
    parts = [rectangle(x, y, length, height, "#ffffff", FAINT)]
    if high > low:
        parts.append(rectangle(x + low, y, high - low, height, OPEN, QUIET))
        parts.append(hatch(x + low, y, high - low, height))
    parts.append(rectangle(x, y, max(1.5, low), height, INK, INK) if low or not high else Markup())
    return parts


@dataclass(frozen=True, slots=True)
class Lane:
    """One of the things that are counted.

    Attributes:
        look: How its bars are filled: `solid`, `hatched` or `open`; empty when it has no bars.
    """

    name: str
    look: str


@dataclass(frozen=True, slots=True)
class Tally:
    """One row of counts.

    Attributes:
        heading: Printed above the row, where a group of rows begins; empty otherwise.
        counts: One for each lane.
        told: The same as printed.
        whole: Whether it is the sum of the others.
    """

    name: str
    heading: str
    counts: tuple[int, ...]
    told: tuple[str, ...]
    whole: bool = False


def lanes(title: str, heads: Sequence[Lane], rows: Sequence[Tally]) -> Markup:
    """A column for each of *heads*, in which each of *rows* has a bar and its number.

    All bars have one scale, and are told apart by their column, its head and their filling.
    """
    names, bare, height = 150.0, 56.0, 10.0
    barred = [index for index, head in enumerate(heads) if head.look]
    room = (PAGE - names - bare * (len(heads) - len(barred))) / len(barred)
    breadths = [room if head.look else bare for head in heads]
    starts = [names + sum(breadths[:index]) for index in range(len(heads))]
    aside = max(width(text, SIZE, SANS_BOLD) for row in rows for text in row.told)
    unit = (room - aside - 14) / max([1, *(row.counts[index] for row in rows for index in barred)])
    titles = [
        wrap(head.name, breadth - 8, SIZE, SANS_BOLD, most=3)
        for head, breadth in zip(heads, breadths, strict=True)
    ]
    y = LEADING * max(map(len, titles)) + 5
    parts: list[Markup] = []
    for x, lines in zip(starts, titles, strict=True):
        parts += [
            words(text, x, 9 + number * LEADING, SANS_BOLD) for number, text in enumerate(lines)
        ]
    parts.append(edge((0, y), (PAGE, y), colour=INK, thick=1.0))
    top = y
    for row in rows:
        if row.heading:
            y += 14
            parts.append(words(row.heading, 0, y, SANS_BOLD))
            y += 2
        indent = 0.0 if row.whole else 9.0
        face = SANS_BOLD if row.whole else SANS
        lines = wrap(row.name, names - indent - 8, SIZE, face, most=9)
        parts += [
            words(text, indent, y + 11 + number * LEADING, face)
            for number, text in enumerate(lines)
        ]
        for x, head, count, text in zip(starts, heads, row.counts, row.told, strict=True):
            parts += _count(head.look, count * unit, text, face, x, y + 3, height)
        y += LEADING * len(lines) + 5
        if row.whole:
            parts.append(edge((0, y), (PAGE, y), colour=FAINT, thick=0.6))
    for x in starts:
        parts.insert(0, edge((x, top), (x, y), colour=FAINT, thick=0.6))
    return svg(title, PAGE, y + 2, parts)


def _count(
    look: str, long: float, text: str, face: Face, x: float, y: float, height: float
) -> list[Markup]:
    """A bar so *long*, and its number; a nought is a number alone."""
    if not long or not look:
        return [words(text, x + 4, y + 8, face, INK if long else QUIET)]
    long = max(1.5, long)
    fill, rim = {
        "solid": (INK, INK),
        "hatched": (OPEN, QUIET),
        "open": ("#ffffff", INK),
    }[look]
    parts = [rectangle(x, y, long, height, fill, rim, 0.8)]
    if look == "hatched":
        parts.append(hatch(x, y, long, height))
    return [*parts, words(text, x + long + 4, y + 8, face)]
