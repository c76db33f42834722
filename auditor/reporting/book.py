"""The rules and the laws as a book to sign, on paper, on screen, and in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby

from markupsafe import Markup

from auditor.model.assessment import Knowledge
from auditor.model.signature import SignOff
from auditor.model.text import LANGUAGES
from auditor.reporting import fonts
from auditor.reporting.criterion import InWords, Said
from auditor.reporting.formats.html import anything, embedded
from auditor.reporting.press import printed, sheets
from auditor.reporting.sheets import Sheet
from auditor.reporting.templates import environment


@dataclass(frozen=True, slots=True)
class Book:
    """What is printed.

    Attributes:
        rules: Sheets of the rules, family by family.
        laws: Sheets of the laws, state by state.
        digest: Of all the rule files.
        day: On which the book is drawn up.
        tongues: One for each language, in the order of `LANGUAGES`.
    """

    rules: tuple[Sheet, ...]
    laws: tuple[Sheet, ...]
    digest: str
    tool: str
    day: date
    tongues: tuple[InWords, ...]


def tongues(known: Knowledge) -> tuple[InWords, ...]:
    """Every language, with what it calls things."""
    return tuple(InWords(known, language) for language in LANGUAGES)


def pdf(book: Book) -> bytes:
    """*book* on paper; the same bytes for the same rules and day."""
    style = sheets("report.css", "paper.css", "book.css")
    return printed(_html(book, style, "paper"), datetime.combine(book.day, time(), UTC))


def html(book: Book) -> bytes:
    """*book* as one HTML file, with style sheet and fonts inside."""
    style = "\n".join((embedded(), sheets("report.css", "screen.css", "book.css")))
    return _html(book, style, "screen").encode("utf-8", "replace")


def markdown(book: Book, language: str) -> str:
    """*book* in Markdown, in one language."""
    at = LANGUAGES.index(language)
    say = book.tongues[at].say
    lines = [
        f"# {say('book.title')}\n",
        say("book.running", day=say.day(book.day), digest=f"`{book.digest}`"),
    ]
    for sheet in (*book.rules, *book.laws):
        lines += _sheet(sheet, at, book.tongues[at], "\n## ")
    return "\n".join(lines)


def sheet_markdown(sheet: Sheet, tongue: InWords) -> str:
    """*sheet* by itself in Markdown, in the language of *tongue*."""
    return "\n".join(_sheet(sheet, LANGUAGES.index(tongue.say.language), tongue, "# "))


def signed(signoff: SignOff, tongue: InWords) -> str:
    """Who signed, and whether it is still that text."""
    if signoff.review is None:
        return tongue.say("book.unsigned")
    key = "book.outdated" if signoff.outdated else "book.signed-by"
    return tongue.say(key, by=signoff.review.by, day=tongue.say.day(signoff.review.on))


def _sheet(sheet: Sheet, at: int, tongue: InWords, heading: str) -> Iterator[str]:
    say = tongue.say
    yield f"{heading}{sheet.titles[at]}\n"
    yield f"{sheet.meta[at]}  "
    yield f"{say('book.content')} `{sheet.signoff.content_sha256}`  "
    yield signed(sheet.signoff, tongue)
    for row in sheet.rows:
        yield f"\n**{row.labels[at]}**\n"
        for said in row.cells[at]:
            yield from _bullets(said, 0)
    if sheet.cases:
        yield f"\n**{say('book.examples')}**\n"
        yield f"| {say('book.example')} | {say('book.situation')} | {say('book.result')} |"
        yield "| --- | --- | --- |"
        for case in sheet.cases:
            cells = (case.name, ", ".join(case.situation[at]), case.result[at])
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _bullets(said: Said, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {said.text}"
    for below in said.below:
        yield from _bullets(below, depth + 1)


def _html(book: Book, style: str, medium: str) -> str:
    """*book* as an HTML document for `paper` or `screen`, *style* written into it."""
    every = (*book.rules, *book.laws)
    parts: Mapping[str, tuple[Sheet, ...]] = {"rules": book.rules, "laws": book.laws}
    drawable = fonts.drawable if medium == "paper" else anything
    return (
        environment(drawable)
        .get_template("book.html.j2")
        .render(
            book=book,
            say=book.tongues[0].say,
            parts=[
                (key, [(group, list(some)) for group, some in groupby(part, lambda s: s.group)])
                for key, part in parts.items()
            ],
            signed=lambda sheet: [signed(sheet.signoff, tongue) for tongue in book.tongues],
            number_signed=sum(
                s.signoff.review is not None and not s.signoff.outdated for s in every
            ),
            number=len(every),
            medium=medium,
            style=Markup(style),  # noqa: S704 - our own files
        )
    )
