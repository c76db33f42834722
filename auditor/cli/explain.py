"""`auditor explain`: from a sentence of the report down to the bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from auditor.cli.options import LANGUAGES


@click.command("explain")
@click.argument("id_", metavar="ID")
@click.option(
    "--in",
    "directory",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Directory that an audit or a report wrote.",
)
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default="fr", show_default=True, help="Language."
)
def command(id_: str, directory: Path, lang: str) -> None:
    """Show how ID came about.

    ID is that of a finding (f03), a rule, an exposure (x12), a dependency
    (ville.example/mail.inbound/service/…) or a piece of evidence (twelve
    hexadecimal digits), as the report prints them.
    """
    from auditor.errors import UsageError

    file = directory / "assessment.json"
    try:
        assessment = json.loads(file.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from None
    except ValueError as error:
        raise UsageError(f"{file} is no assessment: {error}") from None
    lines = _explain(assessment, id_, lang)
    if not lines:
        raise UsageError(
            f"nothing in {file} has the id '{id_}'; findings are numbered from f01, exposures from x1"
        )
    lines += _recorded(directory / "bundle", id_)
    from auditor.reporting.printable import printable

    for line in lines:
        click.echo(printable(line))


def _explain(assessment: dict[str, Any], id_: str, language: str) -> list[str]:
    findings = [f for f in assessment["findings"] if id_ in (f["id"], f["rule"])]
    if findings:
        return [line for finding in findings for line in _finding(assessment, finding, language)]
    for exposure in assessment["exposures"]:
        if exposure["id"] == id_:
            return _exposure(exposure, language)
    for part in assessment["footprint"]:
        for dependency in part["dependencies"]:
            if dependency["id"] == id_:
                return _dependency(dependency)
    return [
        f"{lookup['evidence']}  {lookup['question']}\n  {lookup['outcome']}, {lookup['asked_at']}, "
        f"{lookup['via']}"
        for lookup in assessment["lookups"]
        if lookup["evidence"] == id_
    ]


def _finding(assessment: dict[str, Any], finding: dict[str, Any], language: str) -> list[str]:
    lines = [
        f"{finding['id']}  {finding['rule']}: {finding['verdict']} "
        f"({finding['severity']}, {finding['confidence']})",
        f"  {finding['subject']}",
        f"  {finding['says'][language]}",
    ]
    lines += [f"  ? {missing[language]}" for missing in finding["missing"]]
    dependencies = {
        d["id"]: d for part in assessment["footprint"] for d in part["dependencies"]
    }
    for known in finding["dependencies"]:
        lines += [f"  {line}" for line in _dependency(dependencies[known])]
    exposures = {x["id"]: x for x in assessment["exposures"]}
    for reached in finding["exposures"]:
        lines += [f"  {line}" for line in _exposure(exposures[reached], language)]
    evidence = set(finding["evidence"])
    lines += [
        f"  {lookup['evidence']}  {lookup['question']}  {lookup['outcome']}"
        for lookup in assessment["lookups"]
        if lookup["evidence"] in evidence
    ]
    return lines


def _dependency(dependency: dict[str, Any]) -> list[str]:
    controlled = ", ".join(dependency["controlled_from"] or []) or "?"
    return [
        f"{dependency['id']}  ({dependency['confidence']}; {dependency['operator'] or '?'}; "
        f"{controlled})",
        *(f"  {fact}" for fact in dependency["because"]),
    ]


def _exposure(exposure: dict[str, Any], language: str) -> list[str]:
    path = " → ".join(
        f"{step['name']} [{step['relation']}, {step['country'] or '?'}]"
        for step in exposure["path"]
    )
    lines = [
        f"{exposure['id']}  {exposure['law']}, {exposure['effect']}, {exposure['hook']}: "
        f"{exposure['state']}",
        f"  {path}",
    ]
    return lines + [f"  ? {missing[language]}" for missing in exposure["missing"]]


def _recorded(bundle: Path, id_: str) -> list[str]:
    """The reply itself, when ID is that of evidence in the bundle beside the assessment."""
    if len(id_) != 12 or not bundle.exists():
        return []
    from auditor.network.bundle import read
    from auditor.network.readable import readable

    for exchange in read(bundle).exchanges:
        if exchange.id == id_:
            return ["", *readable(exchange)]
    return []
