"""`auditor report`: from a bundle to reports, without network."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.options import output, rules_directory
from auditor.cli.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.audit import Record
    from auditor.catalogue.catalogue import Catalogue
    from auditor.cli.results import Wanted
    from auditor.model.assessment import Assessment
    from auditor.model.sighting import Sighting
    from auditor.model.target import Target
    from auditor.model.waiver import Waivers
    from auditor.network.bundle import Bundle


@click.command("report")
@click.argument("bundle", type=click.Path(exists=True, path_type=Path))
@output
def command(
    bundle: Path,
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
    """Write the reports of BUNDLE again: a directory, a .zip, or the DIR of an audit.

    \b
    auditor report ville/bundle -o again/
    auditor report ville/bundle -o again/ --format html --lang en
    auditor report ville/bundle -o then/ --as-of 2025-01-01      the law and the owners of that day
    auditor report ville/bundle -o again/ --waivers waivers.yaml

    No network is needed.  The same bundle, rules, waivers and auditor give the same bytes.
    """
    from auditor.audit import knowledge
    from auditor.cli.bundles import located
    from auditor.cli.results import Wanted, prepared
    from auditor.cli.waiver_file import opened

    catalogue = knowledge(rules_directory(rules))
    borne = opened(waivers, catalogue.rules) if waivers else None
    wanted = Wanted(output, formats, languages, fail_on, fail_on_unknown, quiet, color, borne)
    with prepared(output):
        return from_bundle(located(bundle), catalogue, as_of, wanted)


def from_bundle(bundle: Path, catalogue: Catalogue, as_of: date | None, wanted: Wanted) -> int:
    """Assess the bundle at *bundle*, write what is wanted, and return the exit code.

    Raises:
        BundleError: The bundle is missing, altered or truncated.
        OutputError: A file cannot be written.
    """
    from auditor.cli.results import exit_code, summarise, write
    from auditor.network import bundle as bundles

    with Progress(wanted.quiet) as progress:
        progress.step(f"assessing {bundle}")
        kept = bundles.read(bundle)
        waivers = wanted.waivers.waivers if wanted.waivers else None
        assessment = assess_bundle(kept, catalogue, as_of, waivers)
        written = write(assessment, kept.archive(), wanted, progress)
    summarise(assessment, wanted, (*written, bundle))
    return exit_code(assessment, wanted)


def assess_bundle(
    kept: Bundle, catalogue: Catalogue, as_of: date | None, waivers: Waivers | None = None
) -> Assessment:
    """The assessment of a bundle, as of its own day unless another is given, scenarios played.

    Raises:
        BundleError: It names an offering or a source that is not known here.
        SourceError, SourceErrors: A waiver names what its rule does not judge.
    """
    from dataclasses import replace

    from auditor.engine.scenarios import play

    assess = replayer(kept, catalogue, as_of, waivers)
    assessment = assess(catalogue)
    home = assessment.target.home or catalogue.assumed_home
    plays = tuple(
        play(scenario, assessment, catalogue, home, assess)
        for scenario in catalogue.scenarios.values()
    )
    return replace(assessment, scenarios=plays)


def replayer(
    kept: Bundle, catalogue: Catalogue, as_of: date | None, waivers: Waivers | None = None
) -> Callable[[Catalogue], Assessment]:
    """Makes the assessment of a bundle, looked at once, with any knowledge that is like ours.

    Raises:
        BundleError: It names an offering or a source that is not known here.
    """
    from auditor.audit import NO_WAIVERS, Assessor

    target, sightings, record = replayed(kept, catalogue)
    day = as_of or kept.circumstances.began.date()

    def assess(knowledge: Catalogue) -> Assessment:
        return Assessor(knowledge, day).assess(target, sightings, record, waivers or NO_WAIVERS)

    return assess


def replayed(kept: Bundle, catalogue: Catalogue) -> tuple[Target, tuple[Sighting, ...], Record]:
    """Whom a bundle is about, with what they said; what is seen of them in it; the look-ups.

    Raises:
        BundleError: It names an offering or a source that is not known here.
    """
    from auditor.audit import Record, look
    from auditor.catalogue.dossier import recorded
    from auditor.cli.bundles import check_known
    from auditor.network.recorded import RecordedNetwork
    from auditor.settings import INTERACTIVE

    check_known(kept, catalogue)
    told = kept.circumstances
    network = RecordedNetwork(kept.exchanges, told.began)
    source = told.asn_source.partition(" ")[0]
    target = recorded(told.target, kept.exchanges)
    sightings = asyncio.run(look(target, catalogue, network, source, INTERACTIVE))
    return (
        target,
        sightings,
        Record(kept.exchanges, told.began, told.ended, told.vantage, kept.digest),
    )
