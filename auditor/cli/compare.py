"""`auditor compare`: bids side by side, by criteria published before they came in."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options
from auditor.cli.progress import Progress
from auditor.model.text import LANGUAGES

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.compared import Comparison
    from auditor.model.tender import Tender

FORMATS = ("pdf", "xlsx", "json", "questions")
_WIDEST = 100


@click.command("compare")
@click.argument(
    "tender",
    metavar="TENDER.yaml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Directory for the results; made when missing.",
)
@click.option(
    "--format",
    "formats",
    type=options.Words(lambda: FORMATS),
    default=",".join(FORMATS),
    show_default=True,
    metavar=",".join(FORMATS),
    help="What to write; json is always written, questions is one file for each bidder.",
)
@click.option(
    "--lang",
    "languages",
    type=options.Words(lambda: LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    metavar="fr,en",
    help="Languages of the reports; what goes to standard output is in the first.",
)
@options.rules
@click.option("-q", "--quiet", is_flag=True, help="No progress and no list of files.")
def command(
    tender: Path,
    output: Path,
    formats: tuple[str, ...],
    languages: tuple[str, ...],
    rules: Path | None,
    quiet: bool,
) -> None:
    """Compare the bids that TENDER.yaml names, by the criteria it publishes.

    \b
    auditor init --tender tender.yaml           writes one to fill in
    auditor compare tender.yaml -o comparison/

    Knock-out criteria exclude, award criteria earn points, and neither makes up
    for the other.  A criterion that is not established is neither met nor
    failed: it becomes a question, in DIR/questions, ready to send.  Points are
    intervals; bids whose intervals overlap are not separated.

    A bid is a dossier of what is offered, or a bundle recorded of it.  The day,
    the buyer's own law and data, minima and weights are the tender's for all.
    No network is needed; the same files give the same bytes.
    """
    import shutil

    from auditor.audit import knowledge
    from auditor.cli.bids import Assessing
    from auditor.cli.results import prepared
    from auditor.cli.results import replace as put
    from auditor.cli.streams import tell
    from auditor.engine.tender import compare
    from auditor.reporting import tender_text

    with Progress(quiet) as progress:
        progress.step("reading the rules")
        catalogue = knowledge(options.rules_directory(rules))
        content, read = opened(tender, catalogue)
        with prepared(output):
            assessing = Assessing(read, tender, catalogue)
            assessed = []
            for bid in read.bids:
                progress.step(f"assessing {bid.bidder}")
                assessed.append(assessing.bid(bid))
            compared = compare(read, hashlib.sha256(content).hexdigest(), assessed, catalogue)
            rendered = _rendered(compared, content, formats, languages, progress)
            for name in rendered:
                (output / name).parent.mkdir(exist_ok=True)
            written = [put(output / file, made) for file, made in rendered.items()]
    width = min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)
    click.echo(tender_text.account(compared, languages[0], width), nl=False)
    if not quiet:
        for file in written:
            tell(f"  {file}")


def opened(file: Path, catalogue: Catalogue) -> tuple[bytes, Tender]:
    """The bytes of *file*, and the tender in it.

    Raises:
        UsageError: It cannot be read.
        SourceError: It is wrong, and where.
    """
    from auditor.catalogue.source import compose_text
    from auditor.catalogue.tender import tender
    from auditor.errors import Place, SourceError, UsageError
    from auditor.network.declared import digest

    try:
        content = file.read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        raise UsageError(f"the tender {file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(Place(file, line, 1), "not UTF-8") from None
    return content, tender(compose_text(text, file), catalogue, partial(digest, file.parent))


def _rendered(
    compared: Comparison,
    tender: bytes,
    formats: tuple[str, ...],
    languages: tuple[str, ...],
    progress: Progress,
) -> dict[str, bytes]:
    """The files, by name; none is written before all are made."""
    from auditor.reporting import tender_json, tender_questions

    json_ = tender_json.render(compared)
    rendered = {"comparison.json": json_}
    for language in languages:
        if "pdf" in formats:
            from auditor.reporting import tender_pdf

            progress.step(f"writing comparison.{language}.pdf")
            attached = {"tender.yaml": tender, "comparison.json": json_}
            rendered[f"comparison.{language}.pdf"] = tender_pdf.render(compared, language, attached)
        if "xlsx" in formats:
            from auditor.reporting import tender_xlsx

            rendered[f"comparison.{language}.xlsx"] = tender_xlsx.render(compared, language)
        if "questions" in formats:
            for bid in compared.bids:
                file = f"questions/{bid.bid.id}.{language}.md"
                rendered[file] = tender_questions.render(compared, bid, language)
    return rendered
