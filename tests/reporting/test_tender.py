"""The comparison on paper, and its numbers: never rounded towards anybody."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.model.compared import Comparison, Span
from auditor.reporting import (
    tender_json,
    tender_pdf,
    tender_questions,
    tender_text,
    tender_xlsx,
)
from auditor.reporting.tender import View, hundredths
from tests import tenders
from tests.reporting import verapdf

CLEAN = {"PDFA_3_A": {}, "PDFUA_1": {}}
TENDER = """\
knock_outs:
  - {{id: k1, title: Orders, rule: mailbox-foreign-order}}
  - {{id: k2, title: Seal, qualification: Seal, held_on: "2027-01-01"}}
  - {{id: k3, title: Home, framework: some-framework, question: q1}}
  - {{id: k4, title: Level, framework: some-framework, level: L1}}
  - {{id: k5, title: Stopped, scenario: stopped}}
awards:
  - {{id: a1, title: Score, weight: "60", framework: some-framework, weights: skew}}
  - {{id: a2, title: Price, weight: "40", price: lowest}}
bids:
{bids}"""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return tenders.catalogue(tmp_path_factory.mktemp("rules"))


def comparison(directory: Path, known: Catalogue, *offerings: str) -> Comparison:
    bids = "".join(
        f'  - {{id: b{i}, bidder: "Bidder {i} \u202e <x>", price: "{100 + i}",'
        f" dossier: {tenders.dossier(directory, f'b{i}', offering)}}}\n"
        for i, offering in enumerate(offerings)
    )
    return tenders.compared(directory, TENDER.format(bids=bids), known)


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (Fraction(100, 3), Fraction(100, 3), ("33.33", "33.33")),
        (Fraction(100, 3), Fraction(200, 3), ("33.33", "66.67")),
        (Fraction(1, 1000), Fraction(99999, 1000), ("0.00", "100.00")),
        (Fraction(5), Fraction(5), ("5.00", "5.00")),
    ],
)
def test_an_interval_is_rounded_outwards(
    low: Fraction, high: Fraction, shown: tuple[str, str]
) -> None:
    assert tuple(map(str, hundredths(Span(low, high)))) == shown


def test_nobody_is_called_first_before_the_intervals_part(known: Catalogue, tmp_path: Path) -> None:
    overlapping = comparison(tmp_path, known, "closed-mail", "Some mail")
    view = View(overlapping, "en")

    assert view.advice().headline == "Nothing yet allows a first bid to be named"
    assert {line.rank for line in view.lines()} == {"1 to 2, not separable, if admissible"}


def test_what_excludes_everybody_is_said_first(known: Catalogue, tmp_path: Path) -> None:
    view = View(comparison(tmp_path, known, tenders.OVERCLOUD), "fr")

    assert view.advice().headline == "Aucune offre ne satisfait à tous les critères éliminatoires"
    (line,) = view.lines()
    assert (line.proved, line.rank) == ("non noté", "non noté")


def test_what_a_bidder_wrote_acts_on_no_terminal(known: Catalogue, tmp_path: Path) -> None:
    told = tender_text.account(comparison(tmp_path, known, tenders.HOMEMAIL), "fr", 90)

    assert "\u202e" not in told
    assert "Bidder 0 [U+202E] <x>" in told
    assert max(map(len, told.splitlines())) <= 90


def test_a_notice_stands_on_every_page_and_in_every_letter(
    known: Catalogue, tmp_path: Path
) -> None:
    """Of the buyer or of a bid: a draft, or an illustration made from public statements."""
    file = tenders.dossier(tmp_path, "b0", tenders.HOMEMAIL)
    draft = "organisation: {notice: {fr: Illustration, en: An illustration}}\n"
    (tmp_path / file).write_text(draft + (tmp_path / file).read_text())
    bids = f"  - {{id: b0, bidder: B, price: '1', dossier: {file}}}\n"
    one = tenders.compared(tmp_path, TENDER.format(bids=bids), known)

    page = tender_pdf.compose(one, "en", datetime(2026, 3, 1, tzinfo=UTC))
    assert '<p class="notice">An illustration</p>' in page
    assert "An illustration" in tender_text.account(one, "en", 90)
    assert b"**An illustration**" in tender_questions.render(one, one.bids[0], "en")
    assert b"&amp;CAn illustration" in zipped(tender_xlsx.render(one, "en"))


def zipped(workbook: bytes) -> bytes:
    """The first sheet of *workbook*."""
    with ZipFile(BytesIO(workbook)) as book:
        return book.read("xl/worksheets/sheet1.xml")


def test_points_are_exact_in_the_json(known: Catalogue, tmp_path: Path) -> None:
    two = comparison(tmp_path, known, "closed-mail", "Some mail")

    assert b'"low": "4000/101"' in tender_json.render(two)


@pytest.mark.slow
def test_the_comparison_passes_every_rule_that_a_machine_can_check(
    known: Catalogue, tmp_path: Path
) -> None:
    """Five bids, so that the side-by-side tables go on in a second one."""
    five = comparison(
        tmp_path, known, tenders.HOMEMAIL, tenders.OVERCLOUD, "closed-mail", "Some mail",
        "rumour-mail",
    )  # fmt: skip
    files = []
    for language in ("fr", "en"):
        file = tmp_path / f"comparison.{language}.pdf"
        file.write_bytes(tender_pdf.render(five, language, {"tender.yaml": b"name: x"}))
        files.append(file)
    assert verapdf.broken(*files) == [CLEAN, CLEAN]
