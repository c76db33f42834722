"""`auditor check`: look or replay, hold the result against thresholds, and say so by the exit."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options
from auditor.cli.exits import Exit, Interrupted
from auditor.cli.options import LEVELS, Words
from auditor.cli.progress import Progress

if TYPE_CHECKING:
    from auditor.cli.waiver_file import WaiverFile
    from auditor.model.assessment import Assessment
    from auditor.network.bundle import Bundle

_STDOUT = Path("-")
_BEST = 100


@dataclass(frozen=True, slots=True)
class _Documents:
    """What is to be written, and where.

    Attributes:
        place: A directory, a file, `-`, or None when nothing is.
    """

    formats: tuple[str, ...]
    language: str
    place: Path | None
    directory: bool


@click.command("check")
@click.argument("target", metavar="DOMAIN|DOSSIER.yaml|BUNDLE")
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="high",
    show_default=True,
    help="Exit with 1 when a rule of this severity or above is not met.",
)
@click.option(
    "--fail-on-undetermined",
    is_flag=True,
    help="Exit with 3 when a rule of that severity or above could not be decided.",
)
@click.option(
    "--fail-on-score",
    type=click.IntRange(0, _BEST),
    metavar="N",
    help="Exit with 1 when the score is below N, and with 3 when the unknowns leave that open.",
)
@click.option(
    "--baseline",
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE",
    help="An earlier assessment.json, its directory or its PDF: tell what is new since.",
)
@click.option(
    "--new-only",
    is_flag=True,
    help="What the baseline says already does not count, but for what outlived its waiver.",
)
@options.looking
@options.day_of_law
@options.waivers
@options.rules
@options.language
@click.option(
    "--format",
    "formats",
    type=Words(options.formats),
    default=(),
    metavar="sarif,junit,…",
    help="What to write; json as well when it goes to a directory.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(allow_dash=True),
    metavar="-|FILE|DIR/",
    help="Where: - is stdout; a directory, which is there, or ends in /, or takes several formats, "
    "keeps the evidence too  [default: nothing is written; stdout when one format is given].",
)
@options.quiet
@options.colour
def command(
    target: str,
    fail_on: str,
    fail_on_undetermined: bool,
    fail_on_score: int | None,
    baseline: Path | None,
    new_only: bool,
    resolvers: tuple[str, ...],
    asn_source: str,
    without: tuple[str, ...],
    hosts: tuple[str, ...],
    home: str | None,
    vantage: str,
    as_of: date | None,
    waivers: Path | None,
    rules: Path | None,
    lang: str,
    formats: tuple[str, ...],
    output: str | None,
    quiet: bool,
    color: str,
) -> int:
    """Gate a pipeline on DOMAIN, on what DOSSIER.yaml describes, or on a BUNDLE (no network).

    \b
    auditor check ville.example                                  exits with 1 from high on
    auditor check dossier.yaml -o out/ --format sarif,junit,markdown
    auditor check out/bundle --fail-on medium --format codequality > gl-code-quality.json
    auditor check ville.example --baseline before/ --new-only --waivers waivers.yaml

    A path with a / or ending in .zip is a bundle.  The requested document alone
    goes to stdout, the rest to stderr.

    \b
    0  no threshold reached
    1  a rule of the --fail-on severity is not met, a waiver has expired, or the score is too low
    2  the command, its input, a rule file, a waiver, the baseline or the bundle is wrong
    3  nothing could be judged; or a look-up that nobody answered, or the unknowns where they
       count, leave open whether a threshold is reached

    With --fail-on never, findings are told and fail nothing.
    """
    from auditor.audit import knowledge
    from auditor.cli.evidence import gather
    from auditor.cli.looking import ways
    from auditor.cli.report import assess_bundle
    from auditor.cli.results import overview
    from auditor.cli.streams import complain
    from auditor.cli.thresholds import checked_baseline, reasons, thresholds
    from auditor.cli.waiver_file import opened
    from auditor.cli.whom import whom
    from auditor.engine.gate import Gate, judge
    from auditor.errors import UsageError
    from auditor.network import bundle as bundles

    documents = _documents(formats, lang, output)
    if new_only and baseline is None:
        raise UsageError("--new-only counts what is new since a --baseline: name one")
    path = _bundle(target)
    if path and (resolvers or without or hosts or home or vantage or asn_source != "ris"):
        raise UsageError(f"{target} is a bundle: nobody is asked, so no option says whom")
    asked = ways(resolvers, asn_source, without)
    with Progress(quiet) as progress, _directory(documents) as directory:
        progress.step("reading the rules")
        catalogue = knowledge(options.rules_directory(rules))
        borne = opened(waivers, catalogue.rules) if waivers else None
        if path is None:
            organisation = whom(target, hosts, home, catalogue)
            path = gather(organisation, catalogue, asked, vantage, directory, progress)
        progress.step(f"assessing {target}")
        kept = bundles.read(path)
        assessment = assess_bundle(kept, catalogue, as_of, borne.waivers if borne else None)
        before = checked_baseline(baseline, assessment) if baseline else None
        since = before if new_only else None
        asked_for = thresholds(fail_on, fail_on_undetermined, fail_on_score, since)
        written = _write(assessment, kept, borne, documents, progress)
    if path.parent == documents.place:
        written.append(path)
    outcome = judge(assessment, asked_for)
    if not quiet:
        overview(assessment, lang, color, written)
        for line in reasons(assessment, outcome, asked_for, before):
            complain(line)
    match outcome.gate:
        case Gate.PASSED:
            return Exit.DONE
        case Gate.REACHED:
            return Exit.THRESHOLD
        case Gate.UNDETERMINED:
            return Exit.INCOMPLETE


def _documents(formats: tuple[str, ...], language: str, output: str | None) -> _Documents:
    """Where the documents go.

    Raises:
        UsageError: Several would go to one place.
    """
    from auditor.errors import UsageError

    if output is None:
        if len(formats) > 1:
            raise UsageError("several formats need a directory: -o DIR/")
        return _Documents(formats, language, _STDOUT if formats else None, directory=False)
    place = Path(output)
    if place == _STDOUT:
        if len(formats) > 1:
            raise UsageError("stdout takes one format; several need a directory: -o DIR/")
        return _Documents(formats or ("json",), language, place, directory=False)
    directory = output.endswith("/") or place.is_dir() or len(formats) > 1
    return _Documents(formats if directory else formats or ("json",), language, place, directory)


def _bundle(text: str) -> Path | None:
    """The bundle that *text* names; None when it names a domain or a dossier.

    Raises:
        UsageError: It might be either: old evidence must never pass for a look of today.  Or it
            is a file of another kind, whose name nobody is to be asked about.
    """
    from auditor.cli.bundles import MANIFEST, located
    from auditor.errors import UsageError
    from auditor.model.subject import Domain

    if text.endswith((".yaml", ".yml")) or "://" in text:
        return None
    path = Path(text)
    if "/" in text:
        if not path.exists():
            raise UsageError(f"there is no bundle at {text}")
        return located(path)
    try:
        archive = path.is_file()
        there = archive or (located(path) / MANIFEST).is_file()
    except OSError:
        return None
    if archive and path.suffix != ".zip":
        raise UsageError(
            f"{text} is a file, and no bundle, which is a directory or a .zip; the name of a "
            "dossier ends in .yaml"
        )
    if not there:
        return None
    try:
        Domain.parse(text)
    except ValueError:
        return located(path)
    raise UsageError(f"'{text}' is a domain, and a bundle here: write ./{text} for the bundle")


@contextlib.contextmanager
def _directory(documents: _Documents) -> Iterator[Path]:
    """Where the evidence goes: with the documents, or to where it is thrown away."""
    from auditor.cli.results import prepared

    if documents.directory and documents.place is not None:
        with prepared(documents.place):
            yield documents.place
        return
    with tempfile.TemporaryDirectory(prefix="auditor-") as temporary:
        try:
            yield Path(temporary)
        except Interrupted:
            raise Interrupted("interrupted; nothing was kept, and nothing is said") from None


def _write(
    assessment: Assessment,
    kept: Bundle,
    borne: WaiverFile | None,
    documents: _Documents,
    progress: Progress,
) -> list[Path]:
    """Write what was asked for; the files."""
    from auditor import reporting
    from auditor.cli.results import Wanted, attachments, replace, write
    from auditor.cli.streams import present

    if documents.place is None:
        return []
    if documents.directory:
        wanted = Wanted(
            documents.place, documents.formats, (documents.language,), "never",
            fail_on_unknown=False, quiet=True, color="never", waivers=borne,
        )  # fmt: skip
        return write(assessment, kept.archive(), wanted, progress)
    (name,) = documents.formats
    carried = attachments(assessment, kept.archive(), borne)
    content = reporting.render(name, assessment, documents.language, carried)
    if documents.place == _STDOUT:
        present(content)
        return []
    return [replace(documents.place, content)]
