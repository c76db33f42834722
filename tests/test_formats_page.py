"""The page of formats tells of every format, and of no other."""

from __future__ import annotations

import re

import pytest

from auditor import reporting
from auditor.reporting.tables import tables
from tests.checkout import ROOT
from tests.reporting import sample

PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^\| `([\w-]+)` \| `([^`]+)` \|", PAGE, re.MULTILINE))


def test_every_format_has_its_line_in_alphabetical_order() -> None:
    assert tuple(FILES) == reporting.names()


@pytest.mark.parametrize("format_", reporting.names())
def test_a_file_is_called_as_the_page_says(format_: str) -> None:
    assert FILES[format_] == reporting.file_name(format_, "fr")


def test_every_sheet_of_the_workbook_is_named() -> None:
    (line,) = re.findall(r"^\| `xlsx` .*$", PAGE, re.MULTILINE)
    for table in tables(sample.assessment(), "en"):
        assert table.title.lower() in line
