"""A prefill of the register of information (DORA): the cells that are known, and what is missing.

One zip: CSV files in the layout of the EBA, a list of every cell left empty with what is
known towards it, and a note.  It is never ready to file, and has on purpose neither filing
indicators nor a report file: what a register wants first, identification codes, contracts
and functions, nobody can see from outside.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from auditor.model.assessment import Assessment
from auditor.reporting import NOTHING
from auditor.reporting.formats.csv import SEPARATORS, harmless
from auditor.reporting.printable import printable
from auditor.reporting.reading import Reading
from auditor.reporting.register import Register, Row, layout

_COLUMNS = ("file", "row", "column", "heading", "about", "hint")
_READABLE = 0o644 << 16


def file_name(language: str) -> str:
    """`register-prefill.fr.zip`."""
    return f"register-prefill.{language}.zip"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """The prefill for *assessment*, dated by the evidence."""
    reading = Reading(assessment, language)
    register = Register(reading)
    rows = list(register)
    root = file_name(language).removesuffix(".zip")
    content = io.BytesIO()
    # Stored, not compressed: what compression makes differs from one zlib to the next.
    with ZipFile(content, "w", ZIP_STORED) as archive:
        for name, file in _files(reading, register, rows):
            entry = ZipInfo(f"{root}/{name}", assessment.ended.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, _READABLE
            archive.writestr(entry, file)
    return content.getvalue()


def _files(reading: Reading, register: Register, rows: list[Row]) -> Iterator[tuple[str, bytes]]:
    say = reading.say
    yield say("register.note-name"), _note(reading).encode()
    columns = [say(f"register.{name}") for name in _COLUMNS]
    missing = [*_missing(reading, rows), *_doubtful(reading, register)]
    separator = SEPARATORS.get(reading.language, ",")
    yield say("register.missing-name"), b"\xef\xbb\xbf" + _csv([columns, *missing], separator)
    for template, titles in layout()["templates"].items():
        mine = (row.cells for row in rows if row.template == template)
        lines = [[cells.get(column, "") for column in titles] for cells in mine]
        yield f"reports/{template}.csv", _csv([list(titles), *lines])


def _csv(lines: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """*lines* as RFC 4180 has them; no cell is taken for a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([harmless(printable(cell)) for cell in line] for line in lines)
    return written.getvalue().encode()


def _missing(reading: Reading, rows: list[Row]) -> Iterator[list[str]]:
    """A line for each cell left empty: where it is, what it is about, what is known towards it."""
    numbers: Counter[str] = Counter()
    for row in rows:
        numbers[row.template] += 1
        for column, title in layout()["templates"][row.template].items():
            if column not in row.cells and column not in row.unasked:
                place = [f"{row.template}.csv", str(numbers[row.template]), column]
                hint = row.hints.get(column, "")
                yield [*place, title[reading.language], row.about, hint]


def _doubtful(reading: Reading, register: Register) -> Iterator[list[str]]:
    """A line for each service that may be in use and has no row, because nothing establishes it."""
    for service in register.doubtful:
        roles = reading.say.listing(map(reading.role, service.roles))
        why = reading.say("colon", label=reading.say("register.doubtful"), text=roles)
        yield ["b_02.02.csv", "", "", "", service.label, why]


def _note(reading: Reading) -> str:
    say = reading.say
    paragraphs = (
        say("register.title", name=printable(reading.assessment.target.name)),
        say("register.prefill"),
        say("register.empty", file=say("register.missing-name")),
        say("register.rest"),
        say("seal", digest=reading.assessment.digests.bundle),
    )
    return "\r\n\r\n".join(paragraphs) + "\r\n"
