"""`auditor waivers`: what an organisation bears with, checked, listed, written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options
from auditor.cli.exits import Exit
from auditor.cli.options import Day

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.waiver import Waivers

_DECISIONS = ("accepted", "mitigated", "disputed")

_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
_within = click.option(
    "--in",
    "directory",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Directory that an audit or a report wrote: look the subjects up there as well.",
)
_as_of = click.option("--as-of", type=Day(), metavar="DATE", help="On this day  [default: today].")


@click.group("waivers")
def command() -> None:
    """Check, list and write waivers: findings that somebody answers for, for a while.

    \b
    auditor waivers add waivers.yaml --finding f03 --in ville/ --decision accepted \\
        --justification "Migration sous marché 2026-14" --approved-by "M. Dupont, DGS" \\
        --expires-on 2027-06-30
    auditor waivers lint waivers.yaml --in ville/
    auditor report ville/bundle -o again/ --waivers waivers.yaml

    A waiver names one rule and one subject, to the letter; '*' alone stands for
    all that the rule judges.  It changes neither score nor advice.  When it has
    expired its finding stands again, and --fail-on fails for it.
    """


@command.command("lint")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
)
@_within
@_as_of
@options.rules
def lint(
    files: tuple[Path, ...], directory: Path | None, as_of: date | None, rules: Path | None
) -> int:
    """Check each FILE: every key, rule, date and, with --in, every subject.

    Exits with 2 when something is wrong; says what has expired or is about to.
    """
    from auditor.cli.streams import tell
    from auditor.cli.waiver_file import opened, today
    from auditor.engine.waivers import state
    from auditor.errors import AuditorError

    catalogue = _catalogue(rules)
    day = as_of or today()
    mistakes = []
    for file in files:
        try:
            found = opened(file, catalogue.rules).waivers
            if directory is not None:
                _look_up(found, directory)
        except AuditorError as error:
            mistakes.append(str(error))
            continue
        for waiver in found.waivers:
            now = state(waiver, day)
            if now.value != "in-force":
                verb = "expired" if now.value == "expired" else "ends"
                tell(f"{waiver.place}: '{waiver.id}' {verb} on {waiver.expires_on}")
        tell(f"{file}: {len(found.waivers)} waivers: no mistake found")
    if mistakes:
        raise AuditorError("\n".join(mistakes))
    return Exit.DONE


@command.command("list")
@_file
@_as_of
@options.rules
@options.language
def list_(file: Path, as_of: date | None, rules: Path | None, lang: str) -> None:
    """List the waivers in FILE: id, state, last day, rule, subject, who answers for it."""
    from auditor.cli.waiver_file import opened, today
    from auditor.engine.waivers import state
    from auditor.reporting.printable import printable

    catalogue = _catalogue(rules)
    day = as_of or today()
    for waiver in opened(file, catalogue.rules).waivers.waivers:
        now = state(waiver, day).value
        known = catalogue.words.get(f"waiver.{now}")
        word = known.in_language(lang) if known else now
        line = (
            f"{waiver.id:<12} {word:<28} {waiver.expires_on}  {waiver.rule}  {waiver.subject}  "
            f"({waiver.approved_by})"
        )
        click.echo(printable(line))


@command.command("add")
@_file
@click.option("--id", "id_", metavar="ID", help="Its number  [default: the next free one].")
@click.option("--rule", metavar="RULE", help="The rule whose finding is borne with.")
@click.option(
    "--subject", metavar="SUBJECT", help="As the report prints it; '*' for all that it judges."
)
@click.option("--finding", metavar="ID", help="Rule and subject of this finding, found --in DIR.")
@_within
@click.option(
    "--decision",
    type=click.Choice(_DECISIONS),
    required=True,
    help="The risk is accepted, or mitigated otherwise, or the finding is disputed.",
)
@click.option(
    "--justification", required=True, metavar="TEXT", help="Why, in words for the report."
)
@click.option("--approved-by", required=True, metavar="NAME", help="Who answers for it.")
@click.option("--approved-on", type=Day(), metavar="DATE", help="[default: today]")
@click.option("--expires-on", type=Day(), required=True, metavar="DATE", help="Its last day.")
@click.option("--evidence", multiple=True, metavar="TEXT", help="What supports it; repeatable.")
@options.rules
def add(
    file: Path,
    id_: str | None,
    rule: str | None,
    subject: str | None,
    finding: str | None,
    directory: Path | None,
    decision: str,
    justification: str,
    approved_by: str,
    approved_on: date | None,
    expires_on: date,
    evidence: tuple[str, ...],
    rules: Path | None,
) -> None:
    """Add a waiver at the end of FILE, which is made when missing; the rest stays as it is.

    What `lint` would refuse is not written.
    """
    from auditor.cli.results import replace
    from auditor.cli.streams import tell
    from auditor.cli.waiver_file import checked, today
    from auditor.cli.waiver_text import added
    from auditor.errors import UsageError

    catalogue = _catalogue(rules)
    if finding is not None:
        if rule or subject or directory is None:
            raise UsageError("--finding stands for --rule and --subject, and is found --in DIR")
        rule, subject = _finding(finding, directory)
    if not rule or not subject:
        raise UsageError("give --rule and --subject, or --finding ID --in DIR")
    before = file.read_bytes() if file.exists() else b""
    known = checked(before, file, catalogue.rules).waivers if before.strip() else ()
    fields: dict[str, object] = {
        "id": id_ or _next([waiver.id for waiver in known]),
        "rule": rule,
        "subject": subject,
        "decision": decision,
        "justification": justification,
        "approved_by": approved_by,
        "approved_on": (approved_on or today()).isoformat(),
        "expires_on": expires_on.isoformat(),
    }
    if evidence:
        fields["evidence"] = list(evidence)
    content = added(before.decode("utf-8"), fields).encode("utf-8")
    after = checked(content, file, catalogue.rules)
    if after.waivers[:-1] != known:
        raise UsageError(f"{file} is not written so that a waiver can be added at its end")
    if directory is not None:
        _look_up(after, directory)
    replace(file, content)
    tell(f"{file}: '{fields['id']}' added")


def _catalogue(rules: Path | None) -> Catalogue:
    from auditor.audit import knowledge

    return knowledge(options.rules_directory(rules))


def _finding(id_: str, directory: Path) -> tuple[str, str]:
    from auditor.catalogue.source import probably
    from auditor.cli.assessments import read
    from auditor.errors import UsageError

    findings = {each["id"]: each for each in read(directory / "assessment.json")["findings"]}
    if id_ not in findings:
        raise UsageError(f"nothing in {directory} has the id '{id_}'{probably(id_, findings)}")
    return findings[id_]["rule"], findings[id_]["subject"]


def _look_up(waivers: Waivers, directory: Path) -> None:
    """See that each subject is one that the assessment in *directory* judges by its rule."""
    from auditor.catalogue.source import probably
    from auditor.cli.assessments import read
    from auditor.errors import SourceError
    from auditor.model.waiver import EVERY

    judged: dict[str, list[str]] = {}
    for finding in read(directory / "assessment.json")["findings"]:
        judged.setdefault(finding["rule"], []).append(finding["subject"])
    for waiver in waivers.waivers:
        subjects = judged.get(waiver.rule, [])
        if waiver.subject not in (EVERY, *subjects):
            raise SourceError(
                waiver.place,
                f"'{waiver.id}': rule '{waiver.rule}' judges no '{waiver.subject}' in {directory}"
                f"{probably(waiver.subject, subjects)}",
            )


def _next(ids: list[str]) -> str:
    number = len(ids) + 1
    while f"w{number:02d}" in ids:
        number += 1
    return f"w{number:02d}"
