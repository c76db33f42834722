"""The findings, as programs that read OSCAL take them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from auditor import reporting
from auditor.model.assessment import Assessment
from auditor.model.rule import Verdict
from tests.reporting import sample

SCHEMA = Path(__file__).parent / "schemas" / "oscal_assessment-results_schema-1.2.3.json"
JUDGED = [f for f in sample.assessment().findings if f.verdict is not Verdict.NOT_APPLICABLE]


@cache
def schema() -> jsonschema.Draft7Validator:
    """The schema; Python's expressions write the two classes of letters and digits otherwise."""
    text = SCHEMA.read_text(encoding="utf-8")
    text = text.replace(r"\\p{L}", r"[^\\W\\d_]").replace(r"\\p{N}", r"\\d")
    return jsonschema.Draft7Validator(json.loads(text))


def document(assessment: Assessment, language: str = "fr") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(reporting.render("oscal", assessment, language))
    return found


@cache
def whole() -> dict[str, Any]:
    return document(sample.assessment())


def result() -> dict[str, Any]:
    (found,) = whole()["assessment-results"]["results"]
    return dict(found)


def findings() -> dict[str, dict[str, Any]]:
    """The findings by our number."""
    return {
        next(p["value"] for p in each["props"] if p["name"] == "finding"): each
        for each in result()["findings"]
    }


@pytest.mark.parametrize("make", [sample.assessment, sample.spotless, sample.empty])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_published_schema_accepts_it(make: Any, language: str) -> None:
    assert [error.message for error in schema().iter_errors(document(make(), language))] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda r: r["findings"][0]["target"]["status"].update(state="unknown"),
        lambda r: r["findings"][0].update(verdict="fail"),
        lambda r: r["findings"][0]["target"].update({"target-id": "1 not a token"}),
        lambda r: r["observations"][0].update(title="two\nlines"),
        lambda r: r["findings"][0].update(uuid="f01"),
    ],
)
def test_the_published_schema_would_object(spoil: Any) -> None:
    spoilt = document(sample.assessment())
    spoil(spoilt["assessment-results"]["results"][0])
    assert not schema().is_valid(spoilt)


def test_what_is_not_established_is_not_satisfied_and_says_what_is_missing() -> None:
    for finding in JUDGED:
        status = findings()[finding.id]["target"]["status"]
        match finding.judged or finding.verdict:
            case Verdict.PASS:
                assert status == {"state": "satisfied", "reason": "pass"}
            case Verdict.FAIL:
                assert status == {"state": "not-satisfied", "reason": "fail"}
            case _:
                assert (status["state"], status["reason"]) == ("not-satisfied", "other")
                assert finding.missing[0].fr[1:] in status["remarks"]


def test_every_finding_that_is_not_met_is_a_risk_and_a_waiver_is_its_deviation() -> None:
    risks = {risk["uuid"]: risk for risk in result()["risks"]}
    states = {
        finding.verdict: risks[findings()[finding.id]["related-risks"][0]["risk-uuid"]]["status"]
        for finding in JUDGED
        if finding.verdict is not Verdict.PASS
    }
    assert states == {
        Verdict.FAIL: "open",
        Verdict.UNKNOWN: "investigating",
        Verdict.WAIVED: "deviation-approved",
    }
    (waived,) = [risk for risk in risks.values() if risk["status"] == "deviation-approved"]
    assert waived["deadline"] == "2027-07-01T00:00:00Z", "the last day belongs to the waiver"


def test_what_a_rule_does_not_apply_to_is_no_finding() -> None:
    assert set(findings()) == {finding.id for finding in JUDGED}


def test_every_reference_leads_somewhere_and_no_identifier_is_taken_twice() -> None:
    text = json.dumps(whole())
    given = re.findall(r'"uuid": "([^"]+)"', text)
    assert len(given) == len(set(given))
    used = re.findall(r'"(?:href": "#|[a-z]+-uuid": ")([0-9a-f-]{36})"', text)
    assert used
    assert set(used) <= set(given)


def test_a_contradiction_is_an_observation() -> None:
    discovered = [each for each in result()["observations"] if each["types"] == ["discovery"]]
    assert len(discovered) == len(sample.CONTRADICTIONS)


def test_the_organisation_comes_first_and_every_entity_has_the_id_of_the_catalogue() -> None:
    first, *entities = whole()["assessment-results"]["metadata"]["parties"]
    assert first["name"] == "Ville d’Exemple"
    assert {p["external-ids"][0]["id"] for p in entities} == set(sample.ENTITIES)


def test_a_component_says_when_nobody_knows_who_runs_it_or_from_where() -> None:
    told = {
        component["title"]: {prop["name"]: prop["value"] for prop in component["props"]}
        for component in result()["local-definitions"]["components"]
    }
    assert told["ExampleCloud Office"]["operator"] == "examplecloud-ireland"
    assert told["ExampleCloud Office"]["controlled-from"] == "US"
    assert told["CertExample"]["controlled-from"] == "not-known"
    assert "not-known" in {each["operator"] for each in told.values()}


def test_another_day_or_other_evidence_gives_other_identifiers() -> None:
    def uuid(assessment: Assessment, language: str = "fr") -> str:
        return str(document(assessment, language)["assessment-results"]["results"][0]["uuid"])

    one = sample.assessment()
    later = sample.replace(one, as_of=one.as_of.replace(year=2027))
    other = sample.replace(one, digests=sample.replace(one.digests, bundle="0" * 64))
    assert len({uuid(one), uuid(later), uuid(other)}) == 3
    assert uuid(one) == uuid(one, "en"), "the language of the reader changes no finding"


def _trestle(directory: Path, *words: str | Path) -> int:
    program = "import sys; from trestle.cli import run; sys.exit(run())"
    command = [sys.executable, "-W", "ignore", "-c", program, *map(str, words)]
    return subprocess.run(command, cwd=directory, capture_output=True, check=False).returncode


@pytest.mark.oscal
@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_compliance_trestle_takes_it_and_would_object(tmp_path: Path, language: str) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    content = reporting.render("oscal", sample.assessment(), language)
    good.write_bytes(content)
    bad.write_bytes(content.replace(b'"not-satisfied"', b'"unknown"'))
    assert _trestle(workspace, "init") == 0
    assert _trestle(workspace, "import", "-f", good, "-o", "good") == 0
    assert _trestle(workspace, "validate", "-t", "assessment-results", "-n", "good") == 0
    assert _trestle(workspace, "import", "-f", bad, "-o", "bad") != 0
