"""A file of waivers as the user gives it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from auditor.catalogue.waivers import waivers
from auditor.errors import UsageError
from auditor.model.waiver import Waivers


@dataclass(frozen=True, slots=True)
class WaiverFile:
    """A file of waivers, checked.

    Attributes:
        content: As written: a report takes it along.
    """

    content: bytes
    waivers: Waivers


def opened(file: Path | None, rules: Collection[str]) -> WaiverFile | None:
    """The waivers in *file*, on *rules*; None when none is given.

    Raises:
        UsageError: It cannot be read.
        SourceError, SourceErrors: It is wrong, and where.
    """
    if file is None:
        return None
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(f"the waivers {file} cannot be read: {error.strerror}") from None
    return WaiverFile(content, waivers(content, file, rules))
