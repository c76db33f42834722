"""Text from the network, made harmless to the eye.

What an audited party wrote may hold escape sequences for a terminal, marks that
turn the direction of writing round, or characters that no font here can draw.
Each becomes visible notation: `[U+202E]`.  Markup is not the matter here; the
templates escape it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

LONGEST = 4000
"""Characters of one text that are printed at all."""
BRIEF = 240
"""Characters of one text from the network that are printed; the bundle holds the whole."""

_SPACES = frozenset("\u00a0\u2007\u2009\u202f ")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MARKS = 2
"""Combining marks in a row that a letter may carry."""


def printable(
    text: str, drawable: Callable[[str], bool] = lambda _: True, longest: int = LONGEST
) -> str:
    """*text* without anything that acts rather than shows.

    *drawable* tells whether a character can be drawn; one that cannot is
    written as its number.  Line breaks and tabs become spaces, and what goes
    beyond *longest* characters an ellipsis.
    """
    if text.isascii() and text.isprintable() and len(text) <= longest:
        return text
    shown: list[str] = []
    marks = 0
    for character in text[:longest]:
        category = unicodedata.category(character)
        marks = marks + 1 if category == "Mn" else 0
        if character in "\t\n\r":
            shown.append(" ")
        elif character in _SPACES:
            shown.append(character)
        elif category in _HIDDEN or category == "Zs" or marks > _MARKS or not drawable(character):
            shown.append(f"[U+{ord(character):04X}]")
        else:
            shown.append(character)
    if len(text) > longest:
        shown.append("…")
    return "".join(shown)
