"""The assessment as a workbook, one sheet for each of its tables."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter

from auditor.model.assessment import Assessment
from auditor.reporting import NOTHING
from auditor.reporting.printable import printable
from auditor.reporting.reading import Reading
from auditor.reporting.tables import Table, tables
from auditor.reporting.wording import Wording

_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What came from the network stays text: no formula, no link."""


def file_name(language: str) -> str:
    """`report.fr.xlsx`."""
    return f"report.{language}.xlsx"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """*assessment* as Office Open XML (ISO/IEC 29500), dated by the evidence."""
    say = Wording(language)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **_PLAIN})
    book.set_properties(
        {
            "title": say("document-title", name=assessment.target.name),
            "comments": say("seal", digest=assessment.digests.bundle),
            "created": assessment.ended.replace(tzinfo=None),
        }
    )
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    notice = printable(Reading(assessment, language).notice)
    for table in tables(assessment, language):
        sheet = _sheet(book, table, heading, cell)
        if notice:
            # An ampersand begins an instruction in the head of a page, which holds 255 characters.
            sheet.set_header("&C" + notice.replace("&", "&&")[:250])
    book.close()
    return content.getvalue()


def _sheet(book: Any, table: Table, heading: Any, cell: Any) -> Any:
    sheet = book.add_worksheet(table.title)
    sheet.write_row(0, 0, table.columns, heading)
    for number, row in enumerate(table.rows, 1):
        sheet.write_row(number, 0, row, cell)
    for number, width in enumerate(table.widths):
        sheet.set_column(number, number, width)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet
