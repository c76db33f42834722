"""`auditor audit`: look, keep the evidence, then report from the evidence kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from auditor.cli.options import looking, output, rules_directory
from auditor.cli.progress import Progress


@click.command("audit")
@click.argument("target", metavar="DOMAIN|DOSSIER.yaml")
@looking
@output
def command(
    target: str,
    resolvers: tuple[str, ...],
    asn_source: str,
    without: tuple[str, ...],
    hosts: tuple[str, ...],
    home: str | None,
    vantage: str,
    output: Path,
    formats: tuple[str, ...],
    languages: tuple[str, ...],
    as_of: date | None,
    waivers: Path | None,
    rules: Path | None,
    fail_on: str,
    fail_on_unknown: bool,
    quiet: bool,
    color: str,
) -> int:
    """Audit DOMAIN, or the organisation that DOSSIER.yaml describes.

    \b
    auditor audit ville.example -o ville/
    auditor audit ville.example -o ville/ --lang fr,en --add-host agenda.ville.example
    auditor audit dossier.yaml -o ville/ --fail-on high          exits with 1 for a pipeline

    DIR then holds bundle/ (the evidence), assessment.json, and the reports.
    Ctrl-C keeps the evidence gathered so far.

    The site is visited once: its front page and its certificate, and what it embeds is not
    fetched. --without web leaves it alone; --without rdap,http,tls asks the resolver alone.

    \b
    A dossier says what the internet does not show: services, contracts, keys, certificates.
      auditor init dossier.yaml            writes one to fill in
      auditor catalogue search outlook     finds the ids of offerings and companies
    """
    from auditor.audit import knowledge
    from auditor.cli.evidence import gather, stopped
    from auditor.cli.looking import ways
    from auditor.cli.report import from_bundle
    from auditor.cli.results import Wanted, prepared
    from auditor.cli.waiver_file import opened
    from auditor.cli.whom import whom

    asked = ways(resolvers, asn_source, without)
    with Progress(quiet) as progress:
        progress.step("reading the rules")
        catalogue = knowledge(rules_directory(rules))
        borne = opened(waivers, catalogue.rules) if waivers else None
        wanted = Wanted(output, formats, languages, fail_on, fail_on_unknown, quiet, color, borne)
        organisation = whom(target, hosts, home, catalogue)
        with prepared(output):
            bundle = gather(organisation, catalogue, asked, vantage, output, progress)
    try:
        return from_bundle(bundle, catalogue, as_of, wanted)
    except KeyboardInterrupt:
        raise stopped(bundle) from None
