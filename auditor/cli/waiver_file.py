"""A file of waivers as the user gives it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from auditor.catalogue.waivers import waivers
from auditor.errors import SourceError, UsageError
from auditor.model.waiver import Waivers


@dataclass(frozen=True, slots=True)
class WaiverFile:
    """A file of waivers, checked.

    Attributes:
        content: As written: a report takes it along.
    """

    content: bytes
    waivers: Waivers


def opened(file: Path, rules: Collection[str]) -> WaiverFile:
    """The waivers in *file*, on *rules*.

    Raises:
        UsageError: It cannot be read.
        SourceError, SourceErrors: It is wrong, and where.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(f"the waivers {file} cannot be read: {error.strerror}") from None
    return WaiverFile(content, checked(content, file, rules))


def checked(content: bytes, file: Path, rules: Collection[str]) -> Waivers:
    """The waivers in *content*, which was read from *file*; nobody approves on a day to come.

    Raises:
        SourceError, SourceErrors: They are wrong, and where.
    """
    found = waivers(content, file, rules)
    for waiver in found.waivers:
        if waiver.approved_on > today():
            message = f"'{waiver.id}' is approved on a day that has not come, {waiver.approved_on}"
            raise SourceError(waiver.place, message)
    return found


def today() -> date:
    """The user's own day."""
    return datetime.now(UTC).astimezone().date()
