"""`auditor diff`: what changed between two assessments, and why."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options
from auditor.cli.exits import Exit
from auditor.cli.options import LEVELS

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.cli.assessments import Kept
    from auditor.engine.causes import Step
    from auditor.model.difference import Comparison

_WIDEST = 100
_ENDINGS = {"txt": "text", "json": "json", "html": "html", "pdf": "pdf"}


@click.command("diff")
@click.argument("before", metavar="BEFORE", type=click.Path(exists=True, path_type=Path))
@click.argument("after", metavar="AFTER", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--fail-on-new",
    type=click.Choice(LEVELS),
    default="never",
    show_default=True,
    help="Exit with 1 when a rule of this severity or above is not met that was, or was not open.",
)
@click.option(
    "--rules-before",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="The rules that BEFORE was made with: then knowledge, law and criteria are told apart.",
)
@options.rules
@options.language
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(_ENDINGS.values())),
    help="For people, for programs, or with pictures  [default: as FILE ends, or text]",
)
@options.into
def command(
    before: Path,
    after: Path,
    fail_on_new: str,
    rules_before: Path | None,
    rules: Path | None,
    lang: str,
    format_: str | None,
    output: Path | None,
) -> int:
    """Tell what is new, gone or changed from BEFORE to AFTER, and why.

    Each is an assessment.json, the DIR that an audit wrote, or its PDF report.

    \b
    auditor diff january/ june/
    auditor diff january/ june/ --rules-before rules-of-january/ --lang en
    auditor diff january/report.fr.pdf june/assessment.json --format json --fail-on-new high
    auditor diff january/ june/ -o drift.pdf       with pictures: what is worse, and whose doing

    Why: what was seen of the organisation, what nobody answered, what it declares, the
    knowledge of offerings and owners, the law, the rules, the day, the waivers or the tool.
    A cause is established by replaying the evidence beside both with one input exchanged at
    a time, in two orders.  Where the evidence is missing, the digests say which inputs are
    the same, and so no cause; the others are named as not told apart.

    \b
    0  told; nothing new at the level of --fail-on-new
    1  something is
    2  one of the two is none, is altered, or they are of different organisations
    """
    from auditor.audit import knowledge
    from auditor.cli.assessments import opened
    from auditor.cli.results import replace
    from auditor.cli.streams import present, tell
    from auditor.engine.difference import same_organisation
    from auditor.errors import UsageError

    chosen = _chosen(format_, output)
    one, other = opened(before), opened(after)
    catalogue = knowledge(options.rules_directory(rules))
    try:
        if not same_organisation(one.document, other.document):
            raise UsageError(
                f"{before} is about {one.document['subject']['name']}, and {after} about "
                f"{other.document['subject']['name']}"
            )
        comparison = _compared(one, other, catalogue, options.rules_directory(rules), rules_before)
        make = _told(comparison, chosen, lang, catalogue)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise UsageError(
            f"{before} or {after} is not whole; make it again with `auditor report`"
        ) from None
    for kept in (one, other):
        if kept.note:
            tell(f"auditor: {kept.note}")
    content = make()
    if output is None or str(output) == "-":
        present(content)
    else:
        tell(f"  {replace(output, content)}")
    return _exit(comparison, fail_on_new)


def _chosen(format_: str | None, output: Path | None) -> str:
    """The format to write.

    Raises:
        UsageError: The file does not say which, or the format is nothing for a terminal.
    """
    import sys

    from auditor.errors import UsageError

    alone = output is None or str(output) == "-"
    ending = "" if output is None else output.suffix.removeprefix(".").lower()
    chosen = format_ or ("text" if alone else _ENDINGS.get(ending, ""))
    if not chosen:
        raise UsageError(f"{output}: which format? Give --format {', '.join(_ENDINGS.values())}")
    if chosen == "pdf" and output is None and sys.stdout.isatty():
        raise UsageError("a PDF is nothing for a terminal: give -o FILE")
    return chosen


def _told(
    comparison: Comparison, format_: str, language: str, catalogue: Catalogue
) -> Callable[[], bytes]:
    """What writes *comparison* as *format_*: whatever it needs of the two is read already.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: One of the two is not whole.
    """
    words, roles = catalogue.words, catalogue.role_names
    if format_ == "json":
        from auditor.reporting.difference import as_json

        written = as_json(comparison)
        return lambda: written
    if format_ == "text":
        from auditor.reporting.difference_text import as_text

        width = min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)
        text = as_text(comparison, language, width, words, roles).encode()
        return lambda: text
    from auditor.audit import tool
    from auditor.reporting import drift

    made = drift.Drift(comparison, language, words, roles, tool())
    return partial(drift.pdf if format_ == "pdf" else drift.html, made)


def _compared(
    one: Kept, other: Kept, catalogue: Catalogue, rules: Path, rules_before: Path | None
) -> Comparison:
    """The two held against each other, replayed as far as their evidence is there.

    Raises:
        UsageError: Other rules are named than the one was made with.
        BundleError: An assessment does not follow from the evidence beside it.
    """
    from auditor.audit import read
    from auditor.cli.replays import chains, inputs
    from auditor.engine.causes import compared
    from auditor.errors import UsageError

    known = catalogue
    if rules_before is not None:
        known = read(rules_before)
        if known.digest != one.document["digests"]["rules"]:
            raise UsageError(f"--rules-before: {one.called} was made with other rules than these")
        if known.digest == catalogue.digest:
            known = catalogue
    walks: list[list[Step]] = []
    if one.bundle or other.bundle:
        first = inputs(one, known, rules_before or rules)
        walks = chains(one, other, first, inputs(other, catalogue, rules))
    replayed = one.bundle is not None, other.bundle is not None
    return compared(one.document, other.document, replayed, walks)


def _exit(comparison: Comparison, level: str) -> Exit:
    """Whether something that was met, or not open, is open now, at the level or above."""
    if level == "never":
        return Exit.DONE
    counted = LEVELS[LEVELS.index(level) :]
    for explained in comparison.explained:
        after = explained.difference.after
        if explained.difference.opened and after and after.detail["severity"] in counted:
            return Exit.THRESHOLD
    return Exit.DONE
