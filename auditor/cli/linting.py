"""`auditor rules lint`: what is wrong with the rule files, and what is worth a look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options
from auditor.cli.exits import Exit
from auditor.cli.options import rules_directory

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue

_COLOURS = {"error": "red", "warning": "yellow"}


@click.command("lint")
@options.rules
@options.as_of("Judge the age of readings as of this day.")
@options.colour
def lint(rules: Path | None, as_of: date | None, color: str) -> int:
    """Read every file and say what is wrong, where, and which word was probably meant.

    \b
    error      must be mended: an unknown word, a missing source or language, a reference to
               nothing, a rule that does not do what its examples say, ownership above 100 %
               or in a circle, a hole in the validity of a law, French typography, a verdict
               that is for a court
    warning    worth a look: a source last read over a year ago, an entity that nothing names, a
               clause without "or equivalent", a text changed after somebody signed it

    One remark a line, as compilers write them: FILE:LINE:COLUMN: error: WHAT.
    Exits with 2 when there is an error.
    """
    from auditor.audit import read
    from auditor.catalogue.lint import lint as looked
    from auditor.errors import SourceError, SourceErrors

    directory = rules_directory(rules)
    catalogue: Catalogue | None = None
    lines: list[str] = []
    try:
        catalogue = read(directory)
    except (SourceError, SourceErrors) as mistakes:
        each = mistakes.errors if isinstance(mistakes, SourceErrors) else (mistakes,)
        lines += [f"{one.place}: error: {one.message}" for one in each]
    remarks = looked(directory, catalogue, as_of or options.today())
    if catalogue is not None:
        lines += _unproved(catalogue)
    lines += map(str, remarks)
    _say(lines, color)
    errors = sum(": error: " in line for line in lines)
    _sum_up(directory, catalogue, errors, len(lines) - errors)
    return Exit.USAGE if errors else Exit.DONE


def _unproved(catalogue: Catalogue) -> Iterator[str]:
    """The examples that do not give what they expect."""
    from auditor.engine.examples import failures

    for line in failures(catalogue):
        place, _, message = line.partition(": ")
        yield f"{place}: error: {message}"


def _say(lines: list[str], color: str) -> None:
    import sys

    from auditor.cli.streams import coloured, tell
    from auditor.reporting.printable import printable

    paint = coloured(color, sys.stderr)
    for line in lines:
        place, level, message = printable(line).split(": ", 2)
        label = click.style(level, fg=_COLOURS[level], bold=True) if paint else level
        tell(f"{place}: {label}: {message}", color=paint)


def _sum_up(directory: Path, catalogue: Catalogue | None, errors: int, warnings: int) -> None:
    from auditor.cli.streams import tell

    what = "cannot be read"
    if catalogue is not None:
        what = (
            f"{len(catalogue.rules)} rules, {len(catalogue.laws)} laws, "
            f"{len(catalogue.jurisdictions)} jurisdictions, {len(catalogue.offerings):,} "
            f"offerings, {len(catalogue.entities):,} entities"
        )
    found = _counted(errors, "error") if errors else "no mistake found"
    more = f", {_counted(warnings, 'warning')}" if warnings else ""
    tell(f"{directory}: {what}: {found}{more}")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number > 1 else ''}"
