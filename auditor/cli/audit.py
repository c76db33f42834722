"""`auditor audit`: look, keep the evidence, then report from the evidence kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.exits import Interrupted
from auditor.cli.options import Words, output, rules_directory
from auditor.cli.progress import Progress

if TYPE_CHECKING:
    from auditor.cli.looking import Seen, Ways
    from auditor.cli.whom import Whom

_LEFT_OUT = ("rdap", "http", "tls", "web")


@click.command("audit")
@click.argument("target", metavar="DOMAIN|DOSSIER.yaml")
@click.option(
    "--resolver",
    "resolvers",
    multiple=True,
    metavar="HOST[:PORT]",
    help="DNS resolver to ask instead of the system's; may be repeated.",
)
@click.option(
    "--asn-source",
    default="ris",
    show_default=True,
    metavar="ris|cymru|FILE",
    help="Who tells which network announces an address: RIPE NCC RIS over HTTP, Team Cymru over "
    "DNS, or a file of yours (MMDB, or lines of prefix, AS, holder, country).",
)
@click.option(
    "--without",
    type=Words(lambda: _LEFT_OUT),
    default=(),
    metavar="rdap,http,tls,web",
    help="Leave these out; whatever they would have told is then unknown. Without web, the web "
    "site is not visited, neither for its front page nor for its certificate; without http, RIS "
    "is not asked either.",
)
@click.option(
    "--add-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A host to look at beside the usual names; may be repeated.",
)
@click.option(
    "--home",
    metavar="COUNTRY",
    help="Whose law is the organisation's own, such as FR  [default: by the domain's ending].",
)
@click.option(
    "--vantage", default="", metavar="TEXT", help="From where you look, in words for the report."
)
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
    import asyncio

    from auditor.audit import knowledge
    from auditor.cli.looking import check, survey, ways
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
            seen = asyncio.run(survey(organisation, catalogue, asked, progress))
            check(organisation.target, seen)
            bundle = _keep(output, organisation, seen, asked, vantage)
    if seen.interrupted:
        raise _interrupted(bundle)
    try:
        return from_bundle(bundle, catalogue, as_of, wanted)
    except KeyboardInterrupt:
        raise _interrupted(bundle) from None


def _keep(directory: Path, whom: Whom, seen: Seen, asked: Ways, vantage: str) -> Path:
    """Write the bundle; where it is.  Half a survey never takes the place of a whole one."""
    from auditor.audit import tool
    from auditor.cli.bundles import AUDITED
    from auditor.network import bundle
    from auditor.network.manifest import Circumstances

    circumstances = Circumstances(
        target=whom.target,
        began=seen.began,
        ended=seen.ended,
        tool=tool(),
        resolvers=seen.resolvers,
        asn_source=asked.asn_source,
        vantage=vantage,
    )
    path = directory / AUDITED
    if seen.interrupted and path.exists():
        path = directory / f"{AUDITED}.interrupted"
    bundle.write(path, circumstances, seen.exchanges, whom.dossier)
    return path


def _interrupted(bundle: Path) -> Interrupted:
    return Interrupted(
        f"interrupted; what was seen until then is kept in {bundle}\n"
        f"  auditor report {bundle} -o {bundle.parent}   reports on it; the rest is unknown"
    )
