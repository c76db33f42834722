"""The book of rules: everything a signature is for, in both languages, on paper that is tagged."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.signing import find, signed
from auditor.cli.book import knowledge
from auditor.model.signature import Review
from auditor.reporting import book as printing
from auditor.reporting.book import Book
from auditor.reporting.law_sheets import law_sheets
from auditor.reporting.sheets import rule_sheets
from tests import knowledge as world

DAY = date(2026, 11, 24)


def bound(catalogue: Catalogue) -> Book:
    """The book of *catalogue*."""
    known = knowledge(catalogue)
    tongues = printing.tongues(known)
    return Book(
        rule_sheets(catalogue.rules.values(), tongues),
        law_sheets(catalogue.laws.values(), known, tongues),
        catalogue.digest,
        "auditor 0 abc",
        DAY,
        tongues,
    )


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return bound(world.catalogue(tmp_path_factory.mktemp("rules")))


@pytest.fixture(scope="module")
def html(book: Book) -> str:
    return printing.html(book).decode()


@pytest.fixture(scope="module")
def pdf(book: Book) -> bytes:
    return printing.pdf(book)


def test_a_sheet_says_everything_that_is_signed(html: str, book: Book) -> None:
    (sheet,) = book.rules
    for part in (
        *sheet.titles,
        "aucune loi n’atteint le service ainsi\u00a0:",
        "no law reaches the service in this way:",
        "Pourquoi",
        "Ce que dit le rapport\u00a0: unknown",
        sheet.signoff.content_sha256,
        "Nom et qualité",
        "Non signé",
        "Not signed",
    ):
        assert part in html, part


def test_each_column_says_which_language_it_speaks(html: str) -> None:
    rows = re.findall(r"<tr>(<td lang=.*?)</tr>", html, re.DOTALL)
    assert rows
    assert all(re.findall(r'<td lang="(\w+)"', row) == ["fr", "en"] for row in rows)


def test_laws_are_sheets_too(html: str) -> None:
    assert "Loi d’accès" in html
    assert "du 13\u00a0juin 2026 au 31\u00a0décembre 2026\u00a0: lapsed-with-tail" in html
    assert "Discuté\u00a0: compétence discutée." in html


def test_nothing_that_an_author_wrote_acts(tmp_path: Path) -> None:
    rules = world.FILES["criteria/mail.yaml"].replace("{fr: Titre,", '{fr: "<script>\\u202e",')
    hostile = printing.html(bound(world.catalogue(tmp_path, criteria_mail=rules))).decode()

    assert "&lt;script&gt;[U+202E]" in hostile
    assert "<script>" not in hostile


def test_the_same_rules_and_day_give_the_same_bytes(book: Book, pdf: bytes) -> None:
    assert printing.pdf(book) == pdf


def test_the_paper_is_tagged_and_archival(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.Root.Lang == "fr"
        assert document.Root.MarkInfo.Marked
        with document.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"
        kinds = [str(e["/S"]) for e in _elements(document) if "/S" in e]
        assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/Link"} <= set(kinds)
        heads = [e for e in _elements(document) if e.get("/S") == "/TH"]
        assert all("/Scope" in e["/A"] for e in heads)


def _elements(document: pikepdf.Pdf) -> list[Any]:
    return [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]


def test_the_contents_lead_to_every_sheet(html: str, book: Book) -> None:
    named = {f"#rules-{sheet.id}" for sheet in book.rules}
    named |= {f"#laws-{sheet.id}" for sheet in book.laws}
    assert set(re.findall(r'href="(#(?:rules|laws)-[^"]+)"', html)) == named
    assert {f"#{id_}" for id_ in re.findall(r'id="((?:rules|laws)-[^"]+)"', html)} == named


def test_a_signature_is_shown_and_so_is_a_change_after_it(tmp_path: Path) -> None:
    world.write(tmp_path)
    entry = find(tmp_path, "mailbox-foreign-order")
    review = Review("Mme X, juriste", date(2026, 11, 2), entry.content_sha256)
    text = signed(entry, review)

    rules = world.catalogue(tmp_path, criteria_mail=text)
    assert "Signé par Mme X, juriste, le 2\u00a0novembre 2026" in _shown(rules)
    assert "1 sur 3" in _shown(rules)
    changed = world.catalogue(tmp_path, criteria_mail=text.replace("version: 1", "version: 2"))
    assert "2\u00a0novembre 2026, mais modifié depuis" in _shown(changed)
    assert "0 sur 3" in _shown(changed)


def _shown(catalogue: Catalogue) -> str:
    return printing.html(bound(catalogue)).decode()


def test_in_markdown(book: Book) -> None:
    said = printing.markdown(book, "en")
    assert said.startswith("# Book of rules\n")
    assert "\n## Title\n" in said
    assert "- no law reaches the service in this way:\n  - effect: disclosure\n" in said
    assert "| Example | Situation | Result |\n| --- | --- | --- |\n| " in said
