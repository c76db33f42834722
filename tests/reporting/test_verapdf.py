"""What a machine can check of PDF/A-3a and PDF/UA-1, checked by the reference validator."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from auditor import reporting
from auditor.reporting import book
from tests import knowledge, replay
from tests.reporting import sample, verapdf
from tests.reporting.test_book import bound

pytestmark = pytest.mark.slow

CLEAN = {"PDFA_3_A": {}, "PDFUA_1": {}}
EVIDENCE = {"assessment.json": b"{}", "bundle.zip": b"PK"}


def _report(directory: Path, language: str) -> Path:
    file = directory / f"report.{language}.pdf"
    file.write_bytes(reporting.render("pdf", sample.assessment(), language, EVIDENCE))
    return file


def test_reports_pass_every_rule_that_a_machine_can_check(tmp_path: Path) -> None:
    reports = [_report(tmp_path, language) for language in ("fr", "en")]
    assert verapdf.broken(*reports) == [CLEAN, CLEAN]


def test_so_do_those_of_the_recorded_organisations(tmp_path: Path) -> None:
    """Real names, real gaps, and tables that are empty or long."""
    reports = []
    for story in replay.stories():
        reports.append(tmp_path / f"{story}.pdf")
        content = reporting.render("pdf", replay.replayed(story), "fr", EVIDENCE)
        reports[-1].write_bytes(content)
    assert dict(zip(reports, verapdf.broken(*reports), strict=True)) == dict.fromkeys(
        reports, CLEAN
    )


def test_the_sample_holds_what_several_hands_have_added() -> None:
    """What is validated above has frameworks, contradictions, waivers and scenarios in it."""
    whole = sample.assessment()
    for part in (whole.frameworks, whole.contradictions, whole.waivers, whole.scenarios):
        assert part


def test_so_does_the_book_of_rules(tmp_path: Path) -> None:
    file = tmp_path / "book.pdf"
    file.write_bytes(book.pdf(bound(knowledge.catalogue(tmp_path / "rules"))))
    assert verapdf.broken(file) == [CLEAN]


def test_the_validator_sees_what_is_wrong(tmp_path: Path) -> None:
    """Were it silent, the test above would pass on anything."""
    whole = _report(tmp_path, "fr")
    dumb, foreign = tmp_path / "dumb.pdf", tmp_path / "foreign.pdf"
    with pikepdf.open(BytesIO(whole.read_bytes())) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure":
                del element["/Alt"]
        pdf.save(dumb)
    with pikepdf.open(BytesIO(whole.read_bytes())) as pdf:
        del pdf.Root.OutputIntents
        del pdf.Root.Lang
        pdf.save(foreign)
    without_alternative, without_colours = verapdf.broken(dumb, foreign)
    assert "7.3-1" in without_alternative["PDFUA_1"]
    assert any(clause.startswith("6.2.4") for clause in without_colours["PDFA_3_A"])
    assert any(clause.startswith("7.2-") for clause in without_colours["PDFUA_1"])
