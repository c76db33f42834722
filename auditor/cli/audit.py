"""`auditor audit`: look, keep the evidence, then report from the evidence kept."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.exits import Exit
from auditor.cli.options import coloured, output, rules_directory
from auditor.cli.progress import Progress

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.exchange import Exchange
    from auditor.model.target import Target
    from auditor.network.live import LiveNetwork
    from auditor.network.prefixes import PrefixTable
    from auditor.network.recorder import Recorder
    from auditor.network.resolvers import ResolverAddress

ASN_SOURCES = ("ris", "cymru")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a survey brought back.

    Attributes:
        exchanges: In the order asked.
        began: First look-up, UTC.
        ended: Last look-up, UTC.
        resolvers: Who was asked.
        interrupted: Whether the user stopped it.
    """

    exchanges: tuple[Exchange, ...]
    began: datetime
    ended: datetime
    resolvers: tuple[str, ...]
    interrupted: bool


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
    help="From address to network: RIPE NCC RIS, Team Cymru over DNS, or an MMDB or prefix file.",
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
    help="Jurisdiction of the organisation (default: its dossier's, or its domain's ending).",
)
@click.option("--vantage", default="", help="From where you look, for the report.")
@output
def command(
    target: str,
    resolvers: tuple[str, ...],
    asn_source: str,
    hosts: tuple[str, ...],
    home: str | None,
    vantage: str,
    output: Path,
    formats: tuple[str, ...],
    languages: tuple[str, ...],
    as_of: date | None,
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
    """
    from auditor.audit import knowledge
    from auditor.cli.results import Wanted, prepare

    wanted = Wanted(
        output, formats, languages, fail_on, fail_on_unknown, quiet, coloured(color)
    )
    addresses, table = _asked_of(resolvers, asn_source)
    with Progress(quiet) as progress:
        progress.step("reading the rules")
        catalogue = knowledge(rules_directory(rules))
        dossier, organisation = _dossier(target, hosts, home, catalogue)
        prepare(output)
        seen = asyncio.run(
            _survey(organisation, dossier, catalogue, addresses, asn_source, table, progress)
        )
        _check(organisation, seen)
        bundle = _keep(output, dossier, seen, asn_source, vantage, organisation)
    if seen.interrupted:
        click.echo(
            f"auditor: interrupted; what was seen so far is kept in {bundle}\n"
            f"auditor report {bundle} -o DIR   makes a report of it, the rest unknown",
            err=True,
        )
        return Exit.INTERRUPTED
    from auditor.cli.report import from_bundle

    return from_bundle(bundle, catalogue, as_of, wanted)


def _asked_of(
    resolvers: tuple[str, ...], asn_source: str
) -> tuple[tuple[ResolverAddress, ...], PrefixTable | None]:
    """The resolvers, and the local table of prefixes if one was named."""
    from auditor.errors import UsageError
    from auditor.network.prefixes import PrefixTable
    from auditor.network.resolvers import ResolverAddress

    try:
        addresses = tuple(ResolverAddress.parse(text) for text in resolvers)
    except ValueError as error:
        raise UsageError(f"--resolver: {error}") from None
    if asn_source in ASN_SOURCES:
        return addresses, None
    file = Path(asn_source)
    if not file.is_file():
        raise UsageError(
            f"--asn-source: '{asn_source}' is neither ris, nor cymru, nor a file of prefixes"
        )
    return addresses, PrefixTable.open(file)


def _dossier(
    target: str, hosts: tuple[str, ...], home: str | None, catalogue: Catalogue
) -> tuple[bytes | None, Target]:
    """The dossier if one is given, and the organisation that it or the options describe."""
    from auditor.catalogue.dossier import dossier, home_of
    from auditor.catalogue.source import compose
    from auditor.errors import UsageError
    from auditor.model.subject import Domain, Host
    from auditor.model.target import Target

    file = Path(target)
    if target.endswith((".yaml", ".yml")):
        if not file.is_file():
            raise UsageError(f"there is no dossier {file}")
        if hosts or home:
            raise UsageError("write hosts and home into the dossier instead of giving options")
        content = file.read_bytes()
        return content, dossier(compose(file), catalogue)
    try:
        domain = Domain.parse(target)
        names = tuple(Host.parse(host) for host in hosts)
    except ValueError as error:
        raise UsageError(str(error)) from None
    if home and home not in catalogue.jurisdictions:
        raise UsageError(f"--home: '{home}' is not a jurisdiction we know; give one such as FR")
    ending = home_of(domain, catalogue.jurisdictions)
    return None, Target(domain.name, (domain,), names, home or ending, home is not None)


async def _survey(
    organisation: Target,
    dossier: bytes | None,
    catalogue: Catalogue,
    resolvers: tuple[ResolverAddress, ...],
    asn_source: str,
    table: PrefixTable | None,
    progress: Progress,
) -> Seen:
    """Look at the organisation."""
    from auditor.audit import look
    from auditor.network.declared import DeclaredNetwork
    from auditor.network.live import LiveNetwork
    from auditor.network.recorder import Recorder
    from auditor.network.router import Router
    from auditor.settings import INTERACTIVE

    began = datetime.now(UTC)
    interrupted = False
    async with LiveNetwork(resolvers, INTERACTIVE, prefixes=table) as live:
        media = {"declared": DeclaredNetwork(dossier, began)} if dossier else {}
        recorder = Recorder(Router(live, media))

        def stop() -> None:
            nonlocal interrupted
            interrupted = True
            live.interrupt()

        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop)
        progress.step(f"looking at {organisation.name}, asking {', '.join(map(str, live.resolvers))}")
        watching = asyncio.create_task(_watch(recorder, organisation.name, progress))
        try:
            source = asn_source if asn_source in ASN_SOURCES else "file"
            await look(organisation, catalogue, recorder, source, INTERACTIVE)
        finally:
            watching.cancel()
        return Seen(
            recorder.exchanges,
            began,
            datetime.now(UTC),
            tuple(map(str, live.resolvers)),
            interrupted,
        )


async def _watch(recorder: Recorder, name: str, progress: Progress) -> None:
    """Keep the progress line current."""
    while True:
        await asyncio.sleep(0.2)
        progress.update(
            lambda: f"{name}: {recorder.answered} of {recorder.asked} questions answered"
        )


def _check(organisation: Target, seen: Seen) -> None:
    """Stop when there is nothing to report on: no such domain, or nobody who answers.

    Raises:
        UsageError: The domain does not exist.
        IncompleteError: Not one question about it was answered.
    """
    from auditor.errors import IncompleteError, UsageError
    from auditor.model.exchange import Failure, Reply
    from auditor.network import dns

    asked = [e for e in seen.exchanges if e.question.medium == "dns"]
    if not any(isinstance(e.result, Reply) for e in asked):
        if seen.interrupted:
            raise IncompleteError("interrupted before the first answer; nothing was written")
        reasons = {e.result.reason.value: e.via for e in asked if isinstance(e.result, Failure)}
        told = "; ".join(f"{reason} ({via})" for reason, via in reasons.items()) or "no answer"
        raise IncompleteError(
            f"no resolver answered about {organisation.name}: {told}. "
            "Check the network, or name another with --resolver HOST"
        )
    for domain in organisation.domains:
        about = [e for e in asked if e.question.text.startswith(f"{domain.name} ")]
        replied = [e for e in about if isinstance(e.result, Reply)]
        if replied and len(replied) == len(about) and all(dns.no_such_name(e) for e in replied):
            raise UsageError(
                f"the domain {domain.name} does not exist, says {replied[0].via}; check its spelling"
            )


def _keep(
    directory: Path,
    dossier: bytes | None,
    seen: Seen,
    asn_source: str,
    vantage: str,
    organisation: Target,
) -> Path:
    """Write the bundle; where it is."""
    from auditor.audit import tool
    from auditor.network import bundle
    from auditor.network.manifest import Circumstances

    circumstances = Circumstances(
        target=organisation,
        began=seen.began,
        ended=seen.ended,
        tool=tool(),
        resolvers=seen.resolvers,
        asn_source=asn_source if asn_source in ASN_SOURCES else f"file {Path(asn_source).name}",
        vantage=vantage,
    )
    path = directory / "bundle"
    bundle.write(path, circumstances, seen.exchanges, dossier)
    return path
