"""What can go wrong for a person, and where.

    AuditorError            a sentence for the user; `cli` prints it and exits
    ├── UsageError          the command, the domain or the options make no sense
    ├── SourceError         a file written by a person is wrong: place and, where known, the cure
    ├── SourceErrors        several of them
    ├── IncompleteError     nobody answered, and nothing can be said without an answer
    ├── BundleError         a bundle is missing, altered, truncated or from a newer format
    └── OutputError         a result cannot be written

A network trouble is never an exception above `auditor.network.live`: it is a
`Failure` inside an `Exchange`, and becomes a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class AuditorError(Exception):
    """A sentence that tells the user what is wrong and what to do."""


class UsageError(AuditorError):
    """The command, its target or its options make no sense."""


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file that a person wrote.

    Attributes:
        file: The file.
        line: From 1.
        column: From 1.
    """

    file: Path
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class SourceError(AuditorError):
    """A file written by a person is wrong."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message


class SourceErrors(AuditorError):
    """Files written by people hold several mistakes."""

    def __init__(self, errors: Sequence[SourceError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = tuple(errors)


class IncompleteError(AuditorError):
    """Nobody answered, and nothing can be said without an answer."""


class BundleError(AuditorError):
    """A bundle is missing, altered, truncated, or of an unknown format."""


class OutputError(AuditorError):
    """A result could not be written."""
