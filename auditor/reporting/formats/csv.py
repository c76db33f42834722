"""The findings as CSV, as a spreadsheet program of the reader's country opens it.

UTF-8 with a byte order mark; French programs expect semicolons between cells.
A cell that a program would take for a formula is put behind an apostrophe: what
organisations publish in the DNS is theirs to choose, and may be hostile.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from auditor.model.assessment import Assessment
from auditor.reporting import NOTHING
from auditor.reporting.tables import Cell, findings

SEPARATORS = {"fr": ";"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a cell may not begin with; some programs take the full-width signs for the others."""


def file_name(language: str) -> str:
    """`findings.fr.csv`."""
    return f"findings.{language}.csv"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """The findings of *assessment*, one on a line, RFC 4180."""
    table = findings(assessment, language)
    written = io.StringIO(newline="")
    lines = csv.writer(written, delimiter=SEPARATORS.get(language, ","), lineterminator="\r\n")
    lines.writerow(table.columns)
    lines.writerows([harmless(cell) for cell in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig")


def harmless(cell: Cell) -> Cell:
    """*cell*, which no program takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
