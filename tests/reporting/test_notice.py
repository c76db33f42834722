"""What a dossier wants on every page of a report stands on every page of every report."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO

import pypdfium2
import pytest

from auditor import reporting
from auditor.catalogue.said import NOTICE as NOTICE_LENGTH
from auditor.model.assessment import Assessment
from auditor.model.target import Organisation
from auditor.model.text import Text
from auditor.reporting.terminal import terminal
from tests.reporting import sample

NOTICE = Text(fr="Projet & essai, <b>non</b> validé", en="Draft & trial, <b>not</b> approved")


@cache
def _noticed() -> Assessment:
    assessment = sample.assessment()
    organisation = replace(assessment.target.organisation, notice=NOTICE)
    return replace(assessment, target=replace(assessment.target, organisation=organisation))


def _pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_the_pdf_says_it(language: str) -> None:
    pages = _pages(reporting.render("pdf", _noticed(), language))
    assert len(pages) > 5
    assert all(NOTICE.in_language(language) in " ".join(page.split()) for page in pages)


def test_the_cover_stays_one_page() -> None:
    first, second, *_ = _pages(reporting.render("pdf", _noticed(), "fr"))
    assert "Annexe B" in first
    assert "Avis à l’acheteur".casefold() in second.casefold()


def test_the_longest_notice_fits_above_a_page() -> None:
    words = ("projet " * 23)[: NOTICE_LENGTH - 6] + "validé"
    organisation = Organisation(notice=Text(fr=words, en=words))
    target = replace(_noticed().target, organisation=organisation)
    pages = _pages(reporting.render("pdf", replace(_noticed(), target=target), "fr"))
    assert all(words in " ".join(page.split()) for page in pages)


def test_html_and_markdown_say_it_first_and_harmlessly() -> None:
    html = reporting.render("html", _noticed(), "fr").decode()
    assert "Projet &amp; essai, &lt;b&gt;non&lt;/b&gt; validé" in html
    head = reporting.render("markdown", _noticed(), "fr").decode().splitlines()[:3]
    assert head[2] == "> **Projet \\& essai, \\<b\\>non\\</b\\> validé**"


def test_the_terminal_says_it_first() -> None:
    assert terminal(_noticed(), "fr", 100, color=False).splitlines()[0] == NOTICE.fr


def test_every_sheet_prints_it() -> None:
    with zipfile.ZipFile(BytesIO(reporting.render("xlsx", _noticed(), "fr"))) as book:
        sheets = [n for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
        assert sheets
        for name in sheets:
            assert b"<oddHeader>&amp;CProjet &amp;&amp; essai" in book.read(name)


def test_the_json_holds_it_in_both_languages() -> None:
    content = json.loads(reporting.render("json", _noticed(), "fr"))
    assert content["subject"]["organisation"]["notice"] == {"fr": NOTICE.fr, "en": NOTICE.en}
    plain = json.loads(reporting.render("json", sample.assessment(), "fr"))
    assert plain["subject"]["organisation"]["notice"] is None
