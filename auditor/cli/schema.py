"""`auditor schema`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from auditor.cli import options


@click.command("schema")
@click.argument("what", type=click.Choice(["assessment", "dossier"]), default="assessment")
@options.rules
def command(what: str, rules: Path | None) -> None:
    """Print a JSON Schema, for editors and pipelines: of assessment.json, or of a dossier.

    \b
    auditor schema > assessment.schema.json
    auditor schema dossier > dossier.schema.json       what `auditor init` writes refers to it
    """
    if what == "dossier":
        from auditor.audit import knowledge
        from auditor.catalogue.dossier_schema import schema

        written = schema(knowledge(options.rules_directory(rules)))
        click.echo(json.dumps(written, ensure_ascii=False, indent=1))
        return
    from importlib.resources import files

    kept = files("auditor.reporting") / "assessment.schema.json"
    click.echo(kept.read_text(encoding="utf-8"), nl=False)
