"""`auditor schema`: JSON Schemas, for editors and pipelines."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.cli import options

_ASSESSMENT = "assessment"
_DOSSIER = "dossier"
_TENDER = "tender"


@click.command("schema")
@click.argument("name", metavar="[NAME]", default=_ASSESSMENT)
@options.rules
def command(name: str, rules: Path | None) -> None:
    """Print the JSON Schema of assessment.json, a dossier, a tender, or the rule files called NAME.

    NAME is `dossier`, `tender`, or a folder or a file of the rules: laws, jurisdictions, providers,
    criteria, roles, names …  The schema says what the readers ask for, with the words of these
    rules.

    \b
    auditor schema > assessment.schema.json
    auditor schema dossier > dossier.schema.json     what `auditor init` writes refers to it
    auditor schema tender > tender.schema.json
    auditor schema laws > laws.schema.json           for an editor that knows JSON Schema
    """
    import json

    from auditor.catalogue.schema import names, schema
    from auditor.catalogue.source import probably
    from auditor.errors import UsageError
    from auditor.probes import probe

    if name == _ASSESSMENT:
        from importlib.resources import files

        kept = files("auditor.reporting") / "assessment.schema.json"
        click.echo(kept.read_text(encoding="utf-8"), nl=False)
        return
    directory = options.rules_directory(rules)
    if name in (_DOSSIER, _TENDER):
        from auditor.audit import knowledge
        from auditor.catalogue import dossier_schema, tender_schema

        make = dossier_schema.schema if name == _DOSSIER else tender_schema.schema
        written = make(knowledge(directory))
    else:
        known = (_ASSESSMENT, _DOSSIER, _TENDER, *names(directory))
        if name not in known:
            hint = probably(name, known) or f"; known: {', '.join(known)}"
            raise UsageError(f"there is no schema '{name}'{hint}")
        written = schema(name, directory, probe.kinds())
    click.echo(json.dumps(written, ensure_ascii=False, indent=1))
