"""`auditor schema`."""

from __future__ import annotations

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of assessment.json, for editors and pipelines."""
    from auditor.reporting.schema import schema

    click.echo(schema(), nl=False)
