"""Write what an audit or a report gives: files under their final name only when whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.cli.exits import Exit
from auditor.errors import OutputError

if TYPE_CHECKING:
    from auditor.cli.progress import Progress
    from auditor.model.assessment import Assessment

_SEVERITIES = ("low", "medium", "high", "critical")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user wants of an assessment."""

    directory: Path
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    fail_on: str
    fail_on_unknown: bool
    quiet: bool
    colour: bool


def prepare(directory: Path) -> None:
    """Make *directory* and see that it can be written, before any long work.

    Raises:
        OutputError: It cannot.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as error:
        raise OutputError(
            f"cannot write to {directory}: {error.strerror}; choose another directory with -o"
        ) from None


def write(assessment: Assessment, wanted: Wanted, progress: Progress) -> list[Path]:
    """Render *assessment* and write its files; the list of them.

    Raises:
        OutputError: A file cannot be written.
    """
    from auditor import reporting

    written = []
    for format_ in dict.fromkeys(("json", *wanted.formats)):
        for language in wanted.languages:
            name = reporting.file_name(format_, language)
            if wanted.directory / name in written:
                continue
            progress.step(f"writing {name}")
            content = reporting.render(format_, assessment, language)
            written.append(replace(wanted.directory / name, content))
    return written


def replace(file: Path, content: bytes) -> Path:
    """Put *content* under the name *file*, whole or not at all."""
    try:
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            os.chmod(temporary, 0o644)
            os.replace(temporary, file)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"cannot write {file}: {error.strerror}") from None
    return file


def exit_code(assessment: Assessment, wanted: Wanted) -> Exit:
    """The code that says whether the threshold was reached."""
    verdicts = [(f.verdict.value, f.severity.value) for f in assessment.findings]
    if wanted.fail_on != "never":
        counted = _SEVERITIES[_SEVERITIES.index(wanted.fail_on) :]
        if any(verdict == "fail" and severity in counted for verdict, severity in verdicts):
            return Exit.THRESHOLD
    if wanted.fail_on_unknown and any(verdict == "unknown" for verdict, _ in verdicts):
        return Exit.INCOMPLETE
    return Exit.DONE


def summarise(assessment: Assessment, wanted: Wanted, written: Iterable[Path]) -> None:
    """Print one screen that a person can act on, and where the files are."""
    if wanted.quiet:
        return
    import shutil

    import click

    from auditor.reporting.terminal import terminal

    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    click.echo(terminal(assessment, wanted.languages[0], width, wanted.colour), err=True)
    for file in written:
        click.echo(f"  {file}", err=True)
