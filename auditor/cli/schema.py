"""`auditor schema`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from auditor.cli import options


@click.command("schema")
@click.argument(
    "what", type=click.Choice(["assessment", "dossier", "tender"]), default="assessment"
)
@options.rules
def command(what: str, rules: Path | None) -> None:
    """Print a JSON Schema, for editors and pipelines: of assessment.json, a dossier, or a tender.

    \b
    auditor schema > assessment.schema.json
    auditor schema dossier > dossier.schema.json       what `auditor init` writes refers to it
    auditor schema tender > tender.schema.json
    """
    if what != "assessment":
        from auditor.audit import knowledge
        from auditor.catalogue import dossier_schema, tender_schema

        make = {"dossier": dossier_schema.schema, "tender": tender_schema.schema}[what]
        written = make(knowledge(options.rules_directory(rules)))
        click.echo(json.dumps(written, ensure_ascii=False, indent=1))
        return
    from importlib.resources import files

    kept = files("auditor.reporting") / "assessment.schema.json"
    click.echo(kept.read_text(encoding="utf-8"), nl=False)
