"""From HTML to PDF: whichever way it is read, and nothing of the process changed by it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree

import pikepdf
import pytest

from auditor.reporting import fonts
from auditor.reporting.document import compose
from auditor.reporting.press import printed, sheets
from tests.reporting import sample

AT = datetime(2026, 11, 23, tzinfo=UTC)
PAGE = '<!DOCTYPE html>\n<html lang="fr"><head><title>T</title>{}</head><body>{}</body></html>'


@pytest.mark.parametrize("medium", ["paper", "screen"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_our_pages_are_xml_which_is_read_sooner(language: str, medium: str) -> None:
    page = compose(sample.assessment(), language, sheets("paper.css"), fonts.drawable, medium)
    assert ElementTree.fromstring(page).get("lang") == language  # noqa: S314 - our own


def test_a_page_that_is_no_xml_gives_the_same_file() -> None:
    xml = PAGE.format('<meta name="author" content="A"/>', "<h1>A&#160;b<br/>c</h1>")
    html = PAGE.format('<meta name="author" content="A">', "<h1>A&nbsp;b<br>c</h1>")
    assert printed(xml, AT) == printed(html, AT)


def test_what_is_written_in_a_page_is_no_markup() -> None:
    page = PAGE.format("", "<p>&lt;b&gt; &amp;amp; ]]&gt;</p>")
    with pikepdf.open(BytesIO(printed(page, AT))) as pdf:
        assert pdf.docinfo["/Title"] == "T"
        assert len(pdf.pages) == 1


def test_every_stream_is_packed() -> None:
    page = PAGE.format("", "<h1>Title</h1><p>Text</p>")
    with pikepdf.open(BytesIO(printed(page, AT))) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        assert {str(each.get("/Filter")) for each in streams} == {"/FlateDecode"}
        assert len(streams) > 3


def test_the_environment_is_as_before() -> None:
    before = dict(os.environ)
    printed(PAGE.format("", "<p>Text</p>"), AT)
    assert dict(os.environ) == before
