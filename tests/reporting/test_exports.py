"""What programs and spreadsheets open: all made from the assessment, and all telling the same."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import openpyxl
import pytest

from auditor import reporting
from auditor.model.rule import Verdict
from auditor.model.target import Declared
from auditor.reporting.formats.csv import harmless
from tests.reporting import sample

EXPORTS = ("ciso", "codequality", "csv", "junit", "markdown", "sarif", "xlsx")
SARIF = Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json"


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


@pytest.mark.parametrize("format_", set(EXPORTS) - {"xlsx"})
def test_nothing_from_the_network_acts_on_the_reader(format_: str) -> None:
    """Escape sequences for a terminal, and marks that turn the direction of writing round."""
    text = rendered(format_).decode("utf-8-sig")
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize(("language", "delimiter"), [("fr", ";"), ("en", ",")])
def test_a_spreadsheet_of_the_country_opens_the_findings(language: str, delimiter: str) -> None:
    heading, *lines = rows(rendered("csv", language), delimiter)
    assert len(lines) == len(sample.assessment().findings)
    assert {len(line) for line in lines} == {len(heading)}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_taken_for_a_formula(start: str) -> None:
    assert harmless(f'{start}HYPERLINK("x")') == f'\'{start}HYPERLINK("x")'
    assert harmless("ville.example") == "ville.example"
    assert harmless(12) == 12


def test_the_workbook_has_a_sheet_for_each_table_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(rendered("xlsx")))
    assert book.sheetnames == ["Constats", "Services", "Expositions", "Questions", "Recherches"]
    assert book["Constats"].max_row == len(sample.assessment().findings) + 1
    assert book["Recherches"].max_row == len(sample.assessment().lookups) + 1
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not [cell.coordinate for cell in cells if cell.hyperlink]


def test_a_pipeline_counts_failures_and_unknowns_apart() -> None:
    (suite,) = ElementTree.fromstring(rendered("junit"))  # noqa: S314 - our own
    assert int(suite.attrib["tests"]) == len(sample.assessment().findings)
    assert int(suite.attrib["failures"]) == count(Verdict.FAIL)
    assert int(suite.attrib["errors"]) == count(Verdict.UNKNOWN)
    assert int(suite.attrib["skipped"]) == count(Verdict.NOT_APPLICABLE, Verdict.WAIVED)


def test_code_scanning_gets_open_failures_only_and_a_place_for_each() -> None:
    document = json.loads(rendered("sarif"))
    schema = json.loads(SARIF.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(document)
    (run,) = document["runs"]
    assert len(run["results"]) == count(Verdict.FAIL)
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1


def test_the_schema_of_sarif_would_object() -> None:
    document = json.loads(rendered("sarif"))
    document["runs"][0]["results"][0]["level"] = "critical"
    schema = json.loads(SARIF.read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(schema).validate(document)


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
