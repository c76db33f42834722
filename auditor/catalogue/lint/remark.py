"""What is said of a rule file that can be read."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.errors import Place


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to mend, or to look at.

    Attributes:
        error: Whether it must be mended; a warning otherwise.
    """

    place: Place
    message: str
    error: bool

    def __str__(self) -> str:
        return f"{self.place}: {'error' if self.error else 'warning'}: {self.message}"


def error(place: Place, message: str) -> Remark:
    """A mistake."""
    return Remark(place, message, error=True)


def warning(place: Place, message: str) -> Remark:
    """Something to look at."""
    return Remark(place, message, error=False)
