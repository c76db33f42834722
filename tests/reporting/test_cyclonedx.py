"""The services and the findings, as programs that read CycloneDX take them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from auditor import reporting
from auditor.model.assessment import Assessment
from auditor.model.footprint import Footprint
from auditor.model.rule import Verdict
from tests.reporting import sample

VALIDATOR = JsonStrictValidator(SchemaVersion.V1_6)
JUDGED = [f for f in sample.assessment().findings if f.verdict is not Verdict.NOT_APPLICABLE]


def document(assessment: Assessment, language: str = "fr") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(reporting.render("cyclonedx", assessment, language))
    return found


@cache
def whole() -> dict[str, Any]:
    return document(sample.assessment())


def valid(found: object) -> bool:
    return VALIDATOR.validate_str(json.dumps(found)) is None


def mapped() -> dict[str, dict[str, Any]]:
    """What the attestation makes of each finding, by its id."""
    (attestation,) = whole()["declarations"]["attestations"]
    entries = [
        (entry.get("claims") or entry["counterClaims"], entry) for entry in attestation["map"]
    ]
    return {refs[0].removeprefix("finding:"): entry for refs, entry in entries}


@pytest.mark.parametrize("make", [sample.assessment, sample.spotless, sample.empty])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_published_schema_accepts_it(make: Any, language: str) -> None:
    assert valid(document(make(), language))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d["services"][0]["data"][0].update(flow="sideways"),
        lambda d: d["services"][0].update(jurisdiction="FR"),
        lambda d: d["declarations"]["attestations"][0]["map"][0]["confidence"].update(score=2),
        lambda d: d["declarations"]["claims"][0].update(verdict="fail"),
    ],
)
def test_the_published_schema_would_object(spoil: Any) -> None:
    spoilt = document(sample.assessment())
    spoil(spoilt)
    assert not valid(spoilt)


def test_every_reference_leads_somewhere_and_no_name_is_taken_twice() -> None:
    refs: list[str] = []
    links: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            refs.extend(v for k, v in value.items() if k == "bom-ref")
            links.extend(v for k, v in value.items() if k in ("target", "requirement", "assessor"))
            for key in ("claims", "counterClaims", "evidence", "counterEvidence"):
                links.extend(v for v in value.get(key, ()) if isinstance(v, str))
            links.extend(value.get("mitigationStrategies", ()))
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk(whole())
    assert len(refs) == len(set(refs))
    assert links
    assert set(links) <= set(refs)


def test_what_is_not_established_has_no_conformance_and_no_confidence() -> None:
    for finding in JUDGED:
        entry = mapped()[finding.id]
        if finding.verdict is Verdict.UNKNOWN:
            assert "score" not in entry["conformance"]
            assert entry["confidence"]["score"] == 0
        else:
            passed = finding.verdict is Verdict.PASS
            assert entry["conformance"]["score"] == (1 if passed else 0)
            assert entry["confidence"]["score"] > 0


def test_what_speaks_against_a_claim_is_counter_evidence() -> None:
    claims = {claim["bom-ref"]: claim for claim in whole()["declarations"]["claims"]}
    assert len(claims) == len(JUDGED)
    for finding in JUDGED:
        claim = claims[f"finding:{finding.id}"]
        verdict = finding.judged or finding.verdict
        asked = bool(finding.evidence) and verdict is not Verdict.UNKNOWN
        assert ("counterEvidence" in claim) == (asked and verdict is Verdict.FAIL)
        assert ("evidence" in claim) == (asked and verdict is Verdict.PASS)


def test_a_waiver_answers_its_claim_and_changes_no_conformance() -> None:
    (finding,) = [f for f in JUDGED if f.verdict is Verdict.WAIVED]
    assert mapped()[finding.id]["conformance"]["score"] == 0
    assert mapped()[finding.id]["conformance"]["mitigationStrategies"] == ["waiver:DER-2026-003"]


def test_a_service_says_who_runs_it_from_where_and_whether_a_boundary_of_law_is_crossed() -> None:
    services = {service["bom-ref"]: service for service in whole()["services"]}
    office = services["service:examplecloud-office"]
    assert office["provider"]["address"] == {"country": "IE"}
    assert office["trustZone"] == "US"
    assert office["x-trust-boundary"] is True
    assert office["data"][0]["governance"]["custodians"]
    unnamed = next(each for each in whole()["services"] if "provider" not in each)
    assert "x-trust-boundary" not in unnamed, "nobody knows whether a law reaches it"


def test_an_endpoint_is_a_host_and_not_the_name_of_a_record() -> None:
    first = sample.DEPENDENCIES[0]
    names = ("mx.filter.example", "_spf.filter.example", str(sample.DOMAIN), "2001:db8::25")
    part = sample.PARTS[0]._replace(
        dependencies=tuple(first._replace(subject=name) for name in names)
    )
    found = document(sample.replace(sample.assessment(), footprint=Footprint((part,))))
    assert found["services"][0]["endpoints"] == ["//mx.filter.example", "//[2001:db8::25]"]


def test_a_provider_known_from_memory_is_marked() -> None:
    marked = {
        service["bom-ref"]
        for service in whole()["services"]
        for each in service["properties"]
        if each == {"name": "auditor:unverified", "value": "provider"}
    }
    assert marked == {"service:certexample", "service:primer-net"}


def test_a_name_from_the_network_makes_no_endpoint_of_its_own() -> None:
    hostile = sample.DEPENDENCIES[0]._replace(subject="https://evil.example/\x1b[31m?x=<script>")
    part = sample.PARTS[0]._replace(dependencies=(hostile,))
    spoilt = sample.replace(sample.assessment(), footprint=Footprint((part,)))
    found = document(spoilt)
    (endpoint,) = found["services"][0]["endpoints"]
    assert endpoint.startswith("//https%3A%2F%2Fevil.example%2F%1B")
    assert valid(found)
