"""The fonts of the reports: what they can draw, and how wide it is.

The files lie in `reports/templates/fonts`: TrueType for the PDF, because
unpacking WOFF2 costs a fifth of a second for each face, and WOFF2 for the HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from auditor import resources


@dataclass(frozen=True, slots=True)
class Face:
    """One font file.

    Attributes:
        file: Its name, without the ending.
        weight: As in CSS.
        style: As in CSS.
    """

    family: str
    weight: int
    style: str
    file: str


SANS = Face("Source Sans 3", 400, "normal", "SourceSans3-Regular")
SANS_BOLD = Face("Source Sans 3", 600, "normal", "SourceSans3-Semibold")
FACES = (
    SANS,
    SANS_BOLD,
    Face("Source Sans 3", 400, "italic", "SourceSans3-It"),
    Face("Source Serif 4", 600, "normal", "SourceSerif4-Semibold"),
    Face("Source Code Pro", 400, "normal", "SourceCodePro-Regular"),
)


def directory() -> Path:
    """Where the font files are."""
    return resources.templates() / "fonts"


@cache
def _advances(face: Face) -> Mapping[int, float]:
    """The advance width of each character of *face*, in ems."""
    with TTFont(directory() / f"{face.file}.ttf", lazy=True) as font:
        unit: int = font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        return {point: widths[glyph][0] / unit for point, glyph in font.getBestCmap().items()}


def drawable(character: str) -> bool:
    """Whether every face that sets text has *character*, itself or through Source Sans."""
    return ord(character) in _advances(SANS)


def width(text: str, size: float, face: Face = SANS) -> float:
    """How long *text* is when set in *face* at *size*; kerning, which shortens it, is left out."""
    advances = _advances(face)
    return size * sum(advances.get(ord(character), 0.6) for character in text)


def wrap(text: str, room: float, size: float, face: Face = SANS, most: int = 4) -> list[str]:
    """*text* in lines no longer than *room*, at most *most* of them; the rest is an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, face) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word, size, face) > room:
            cut = max(1, _fitting(word, room, size, face))
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    lines.append(line)
    if len(lines) > most:
        last = lines[most - 1]
        last = last[: _fitting(last, room - width("…", size, face), size, face)]
        lines = [*lines[: most - 1], f"{last}…"]
    return lines


def _fitting(text: str, room: float, size: float, face: Face) -> int:
    """How many characters of *text* fit into *room*."""
    length = 0.0
    for index, character in enumerate(text):
        length += width(character, size, face)
        if length > room:
            return index
    return len(text)
