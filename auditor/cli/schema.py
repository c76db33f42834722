"""`auditor schema`."""

from __future__ import annotations

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of assessment.json, for editors and pipelines."""
    from importlib.resources import files

    schema = files("auditor.reporting") / "assessment.schema.json"
    click.echo(schema.read_text(encoding="utf-8"), nl=False)
