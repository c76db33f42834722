"""`auditor rules docs`: the rules and the laws as a book, to read and to sign."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options
from auditor.model.text import LANGUAGES

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.assessment import Knowledge
    from auditor.reporting.book import Book

_FORMATS = ("pdf", "html", "md")
_PARTS = ("rules", "laws", "all")


@click.command("docs")
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    help="What to write  [default: as FILE ends, or md]",
)
@options.into
@click.option(
    "--part",
    type=click.Choice(_PARTS),
    default="rules",
    show_default=True,
    help="Which sheets.",
)
@options.as_of("Date the book by this day.")
@options.rules
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="Language of the Markdown; PDF and HTML set both side by side.",
)
def docs(
    format_: str | None,
    output: Path | None,
    part: str,
    as_of: date | None,
    rules: Path | None,
    lang: str,
) -> None:
    """Write every rule in full, as a book to read and to sign.

    A sheet says when a rule is met, why, on which texts it rests, what the report says, and how it
    does on its examples; at its foot stand the digest that a signature is for, and room to sign.

    \b
    auditor rules docs -o rules.pdf                    French and English side by side
    auditor rules docs -o laws.html --part laws        the laws likewise
    auditor rules docs --lang en > rules.md
    """
    import sys

    from auditor.errors import UsageError
    from auditor.reporting import book as written

    alone = output is None or str(output) == "-"
    ending = "" if output is None else output.suffix.removeprefix(".").lower()
    chosen = format_ or (ending if ending in _FORMATS else "md" if alone else "")
    if not chosen:
        raise UsageError(f"{output}: which format? Give --format {', '.join(_FORMATS)}")
    if chosen == "pdf" and output is None and sys.stdout.isatty():
        raise UsageError("a PDF is nothing for a terminal: give -o FILE")
    book = _book(options.catalogue(rules), part, as_of or options.today())
    if chosen == "md":
        content = f"{written.markdown(book, lang)}\n".encode()
    else:
        content = written.pdf(book) if chosen == "pdf" else written.html(book)
    if output is None or alone:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)


def _book(catalogue: Catalogue, part: str, day: date) -> Book:
    from auditor.audit import tool
    from auditor.reporting.book import Book, tongues
    from auditor.reporting.law_sheets import law_sheets
    from auditor.reporting.sheets import rule_sheets

    known = knowledge(catalogue)
    spoken = tongues(known)
    rules = catalogue.rules.values() if part != "laws" else ()
    laws = catalogue.laws.values() if part != "rules" else ()
    return Book(
        rule_sheets(rules, spoken),
        law_sheets(laws, known, spoken),
        catalogue.digest,
        tool(),
        day,
        spoken,
    )


def knowledge(catalogue: Catalogue) -> Knowledge:
    """*catalogue* as renderers know it."""
    from auditor.model.assessment import Knowledge

    return Knowledge(
        offerings=catalogue.offerings,
        entities=catalogue.entities,
        laws=catalogue.laws,
        jurisdictions=catalogue.jurisdictions,
        rules=catalogue.rules,
        roles=catalogue.role_names,
        words=catalogue.words,
    )
