"""What programs and spreadsheets open: all made from the assessment, and all telling the same."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest

from auditor import reporting
from auditor.model.assessment import Assessment
from auditor.model.rule import Verdict
from auditor.model.target import Declared
from auditor.reporting.formats.csv import harmless
from auditor.reporting.tables import tables
from tests.checkout import ROOT
from tests.reporting import sample

EXPORTS = tuple(sorted(set(reporting.names()) - {"html", "json", "pdf"}))
PACKED = {"dora", "xlsx"}
SEEDS = """
import hashlib
from auditor import reporting
from tests.reporting import sample
for name in {names!r}:
    print(name, hashlib.sha256(reporting.render(name, sample.assessment(), "fr")).hexdigest())
"""


@cache
def rendered(format_: str, language: str = "fr") -> bytes:
    return reporting.render(format_, sample.assessment(), language)


def count(*verdicts: Verdict) -> int:
    return sum(finding.verdict in verdicts for finding in sample.assessment().findings)


def rows(content: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


@pytest.mark.parametrize("format_", EXPORTS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_same_assessment_gives_the_same_bytes(format_: str, language: str) -> None:
    again = reporting.render(format_, sample.assessment(), language)
    assert again == rendered(format_, language)


def test_no_hash_seed_zone_or_locale_changes_a_byte() -> None:
    def digests(**environment: str) -> str:
        program = SEEDS.format(names=EXPORTS)
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=os.environ | environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    one = digests(PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    other = digests(PYTHONHASHSEED="2", TZ="Pacific/Auckland", LC_ALL="C")
    assert len(one.splitlines()) == len(EXPORTS)
    assert one == other


@pytest.mark.parametrize("format_", EXPORTS)
def test_nothing_from_the_network_acts_on_the_reader(format_: str) -> None:
    """Control characters, and marks that turn the direction of writing round."""
    texts = [rendered(format_)]
    if format_ in PACKED:
        with ZipFile(io.BytesIO(texts[0])) as archive:
            texts = [archive.read(name) for name in archive.namelist()]
    text = "".join(each.decode("utf-8-sig") for each in texts)
    hidden = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs")}
    assert hidden <= {"\n", "\r"}


@pytest.mark.parametrize("make", [sample.spotless, sample.empty])
@pytest.mark.parametrize("format_", EXPORTS)
def test_nothing_found_is_no_reason_to_fail(format_: str, make: Callable[[], Assessment]) -> None:
    assert reporting.render(format_, make(), "fr")


@pytest.mark.parametrize(("language", "delimiter"), [("fr", ";"), ("en", ",")])
def test_a_spreadsheet_of_the_country_opens_the_findings(language: str, delimiter: str) -> None:
    heading, *lines = rows(rendered("csv", language), delimiter)
    assert len(lines) == len(sample.assessment().findings)
    assert {len(line) for line in lines} == {len(heading)}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＠"])
def test_no_cell_is_taken_for_a_formula(start: str) -> None:
    assert harmless(f'{start}HYPERLINK("x")') == f'\'{start}HYPERLINK("x")'
    assert harmless("ville.example") == "ville.example"
    assert harmless(12) == 12


def test_the_workbook_has_a_sheet_for_each_table_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(rendered("xlsx")))
    assert book.sheetnames == [
        "Constats",
        "Services",
        "Expositions",
        "Questions",
        "Contradictions",
        "Référentiels",
        "Dérogations",
        "Recherches",
    ]
    assert book["Contradictions"].max_row == len(sample.CONTRADICTIONS) + 1
    assert book["Dérogations"].max_row == len(sample.WAIVERS) + 1
    assert book["Constats"].max_row == len(sample.assessment().findings) + 1
    assert book["Recherches"].max_row == len(sample.assessment().lookups) + 1
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not [cell.coordinate for cell in cells if cell.hyperlink]


def test_a_finding_shows_its_waiver_and_what_shakes_the_declarations_beneath() -> None:
    text = rendered("csv").decode("utf-8-sig")
    by_id = {row["N°"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert by_id["f12"]["Dérogation"] == "DER-2026-003 (en vigueur)"
    assert by_id["f02"]["Contradictions"] == "c01"
    assert by_id["f06"]["Dérogation"] == by_id["f06"]["Contradictions"] == ""


def test_a_question_that_nothing_settles_is_not_shown_as_a_level_reached() -> None:
    (table,) = [t for t in tables(sample.assessment(), "fr") if t.id == "frameworks"]
    asked, proved = table.columns.index("Question ou exigence"), table.columns.index("Établi")
    open_ = [row for row in table.rows if str(row[asked]).startswith("4.1")]
    assert {row[proved] for row in open_} == {"non établi"}


def test_a_framework_that_was_not_applied_says_whom_it_binds_and_no_more() -> None:
    (table,) = [t for t in tables(sample.assessment(), "fr") if t.id == "frameworks"]
    bound = table.columns.index("Portée")
    (row,) = [row for row in table.rows if str(row[bound]).startswith("ne s’impose pas")]
    assert set(row[bound + 1 :]) == {"", "(référentiel entier)"}


def test_a_pipeline_counts_failures_and_unknowns_apart() -> None:
    (suite,) = ElementTree.fromstring(rendered("junit"))  # noqa: S314 - our own
    assert int(suite.attrib["tests"]) == len(sample.assessment().findings)
    assert int(suite.attrib["failures"]) == count(Verdict.FAIL)
    assert int(suite.attrib["errors"]) == count(Verdict.UNKNOWN)
    assert int(suite.attrib["skipped"]) == count(Verdict.NOT_APPLICABLE, Verdict.WAIVED)


def test_an_alert_is_known_again_by_rule_and_subject_alone() -> None:
    issues = json.loads(rendered("codequality"))
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert len(fingerprints) == count(Verdict.FAIL)
    assert len(set(fingerprints)) == len(fingerprints)
    results = json.loads(rendered("sarif", "en"))["runs"][0]["results"]
    assert {r["partialFingerprints"]["auditorFinding/v1"] for r in results} == set(fingerprints)


def test_a_declared_service_is_found_at_its_line() -> None:
    assessment = sample.assessment()
    failed = next(f for f in assessment.findings if f.verdict is Verdict.FAIL and f.dependencies)
    by_id = {d.id: d for d in assessment.footprint.dependencies}
    offering = by_id[failed.dependencies[0]].offering
    assert offering is not None
    declared = Declared(failed.role, offering, 17)
    told = sample.replace(
        assessment, target=sample.replace(assessment.target, declared=(declared,))
    )
    places = {
        (issue["location"]["path"], issue["location"]["lines"]["begin"])
        for issue in json.loads(reporting.render("codequality", told, "fr"))
    }
    assert ("dossier.yaml", 17) in places
    assert {path for path, _ in places} == {"dossier.yaml"}


def test_a_register_of_risks_gets_what_is_open() -> None:
    heading, *lines = rows(rendered("ciso"))
    assert heading[:3] == ["ref_id", "name", "description"]
    assert len(lines) == count(Verdict.FAIL, Verdict.UNKNOWN)
    assert len({line[0] for line in lines}) == len(lines)
    assert {line[3] for line in lines} == {"confirmed", "identified"}


def test_the_note_for_a_merge_request_leads_with_the_advice() -> None:
    text = rendered("markdown").decode()
    assert text.startswith("# Ville d’Exemple")
    assert "## Ce qui pèse le plus" in text
    assert "<script" not in text
    assert "section" not in text, "there is none outside the report"
