"""Three values: holds, does not hold, not known (Kleene's strong logic)."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None
"""True, False, or None for not known."""


def every(parts: Iterable[Truth]) -> Truth:
    """False as soon as one is false; otherwise not known as soon as one is not known."""
    known: Truth = True
    for part in parts:
        if part is False:
            return False
        if part is None:
            known = None
    return known


def some(parts: Iterable[Truth]) -> Truth:
    """True as soon as one is true; otherwise not known as soon as one is not known."""
    known: Truth = False
    for part in parts:
        if part is True:
            return True
        if part is None:
            known = None
    return known


def negate(part: Truth) -> Truth:
    """The contrary; not known stays not known."""
    return None if part is None else not part
