"""The PDF: archival, accessible as far as a machine can tell, and with nothing in it but ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from auditor import reporting
from auditor.model.text import Sentence, Text
from auditor.reporting.fonts import FACES
from tests.reporting import sample


@cache
def _pdf(language: str) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(reporting.render("pdf", sample.assessment(), language)))


def _elements(node: Any) -> Iterator[pikepdf.Dictionary]:
    """Every structure element below *node*."""
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def _tagged(language: str, tag: str) -> list[pikepdf.Dictionary]:
    root = _pdf(language).Root.StructTreeRoot
    return [element for element in _elements(root) if f"/{tag}" == element.S]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_document_says_its_language_and_title(language: str) -> None:
    pdf = _pdf(language)
    assert str(pdf.Root.Lang) == language
    assert "Ville d’Exemple" in str(pdf.docinfo["/Title"])
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked


def test_it_declares_archival_and_accessible_form_at_once() -> None:
    metadata = bytes(_pdf("fr").Root.Metadata.read_bytes()).decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert 'pdfuaid:part="1"' in metadata
    assert metadata.count("<rdf:RDF") == 1


def test_every_figure_has_an_alternative_that_names_both_ends() -> None:
    alternatives = [str(figure.Alt) for figure in _tagged("fr", "Figure")]
    assert len(alternatives) > 5
    assert all(len(text) > 20 for text in alternatives)
    assert any("ExampleCloud Inc." in text and "États-Unis" in text for text in alternatives)


def test_the_box_of_a_figure_lies_on_its_page() -> None:
    for figure in _tagged("fr", "Figure"):
        left, bottom, right, top = map(float, figure.A.BBox)
        _, _, breadth, height = map(float, figure.Pg.MediaBox)
        assert 0 <= left < right <= breadth
        assert 0 <= bottom < top <= height


def test_header_cells_say_what_they_head() -> None:
    scopes = {str(cell.A.Scope) for cell in _tagged("fr", "TH")}
    assert scopes == {"/Column", "/Row"}


def test_headings_never_skip_a_level() -> None:
    levels = [
        int(str(e.S)[2]) for e in _elements(_pdf("fr").Root.StructTreeRoot) if str(e.S)[:2] == "/H"
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_sections_are_in_the_outline_in_order() -> None:
    with _pdf("fr").open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert [title.split(". ")[0] for title in titles] == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "Annexe\u00a0A",
        "Annexe\u00a0B",
    ]


def test_links_are_named_by_their_text() -> None:
    texts = {
        str(annotation.Contents)
        for page in _pdf("fr").pages
        for annotation in page.get("/Annots", [])
        if "/Dest" in annotation
    }
    assert "1. Synthèse" in texts
    assert not any(text.startswith("e-") for text in texts)


def test_the_summary_is_one_page() -> None:
    """The second; whoever decides reads no other."""
    with _pdf("fr").open_outline() as outline:
        pages = [_pdf("fr").pages.index(item.destination[0]) for item in outline.root]
    assert pages[:2] == [1, 2]


def test_the_summary_is_one_page_when_everything_is_long() -> None:
    """Real rules name every provider and law in their sentence."""
    whole = sample.assessment()
    long = Text(
        *(("un fournisseur au nom interminable, soumis à une loi au nom sans fin, " * 6,) * 2)
    )
    findings = tuple(
        f._replace(
            sentence=Sentence(long), missing=(Text(f"{f.id} {long.fr}", f"{f.id} {long.en}"),)
        )
        for f in whole.findings
    )
    document = pikepdf.open(
        BytesIO(reporting.render("pdf", replace(whole, findings=findings), "fr"))
    )
    with document.open_outline() as outline:
        pages = [document.pages.index(item.destination[0]) for item in outline.root]
    assert pages[:2] == [1, 2]


def test_only_our_fonts_are_embedded() -> None:
    ours = {face.family.replace(" ", "-") for face in FACES}
    for page in _pdf("fr").pages:
        for font in page.Resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor
            name = str(descriptor.FontName).partition("+")[2]
            assert any(name.startswith(family) for family in ours), name


def test_no_character_is_missing_from_the_fonts() -> None:
    """A box instead of a letter breaks PDF/A, and may hide what a hostile record says."""
    document = _text("fr")
    assert "[U+1F98A]" in document
    assert "[U+202E]" in document
    assert "Параметр" not in document
    assert "Пример" in document


def test_dates_come_from_the_evidence() -> None:
    assert str(_pdf("en").docinfo["/CreationDate"]).startswith("D:20261123091")


def _text(language: str) -> str:
    """The text of every page, as pdfium extracts it."""
    import pypdfium2

    content = reporting.render("pdf", sample.assessment(), language)
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)
