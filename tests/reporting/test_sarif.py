"""The findings not met, as views of code scanning take them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from auditor import reporting
from auditor.model.rule import Verdict
from tests.checkout import ROOT
from tests.reporting import sample

SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json"
MULTITOOL = ROOT / ".venv-sarif/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
FAILED = [f for f in sample.assessment().findings if f.verdict is Verdict.FAIL]


def document(language: str = "fr") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(reporting.render("sarif", sample.assessment(), language))
    return found


def valid(found: object) -> bool:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft4Validator(schema).is_valid(found)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_code_scanning_gets_open_failures_only_and_a_place_for_each(language: str) -> None:
    found = document(language)
    assert valid(found)
    (run,) = found["runs"]
    assert [result["properties"]["finding"] for result in run["results"]] != []
    assert {result["properties"]["finding"] for result in run["results"]} == {f.id for f in FAILED}
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1


def test_a_finding_under_a_waiver_is_no_alert_and_neither_is_an_unknown() -> None:
    rules = {result["ruleId"] for result in document()["runs"][0]["results"]}
    left_out = {Verdict.WAIVED, Verdict.UNKNOWN, Verdict.PASS, Verdict.NOT_APPLICABLE}
    assert left_out <= {finding.verdict for finding in sample.assessment().findings}
    assert rules == {finding.rule for finding in FAILED}


def test_the_published_schema_would_object() -> None:
    spoilt = document()
    spoilt["runs"][0]["results"][0]["level"] = "critical"
    assert not valid(spoilt)


def _errors(found: object, directory: Path) -> list[str]:
    """The rules of the official checker that *found* breaks, errors alone."""
    told, log = directory / "findings.sarif", directory / "log.sarif"
    told.write_text(json.dumps(found), encoding="utf-8")
    command = [MULTITOOL, "validate", told, "--rule-kind", "Sarif;Ghas", "-o", log]
    command += ["--log", "ForceOverwrite"]
    # The checker wants a library of languages that it does not need.
    environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    subprocess.run(command, env=environment, capture_output=True, check=False)
    results = json.loads(log.read_text(encoding="utf-8-sig"))["runs"][0].get("results", [])
    return [result["ruleId"] for result in results if result.get("level") == "error"]


@pytest.mark.multitool
@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_official_checker_takes_it_and_would_object(language: str, tmp_path: Path) -> None:
    assert _errors(document(language), tmp_path) == []
    spoilt = document(language)
    del spoilt["runs"][0]["results"][0]["locations"]
    assert _errors(spoilt, tmp_path) != []
