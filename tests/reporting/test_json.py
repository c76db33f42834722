"""`assessment.json`: the outside format keeps to its schema and is canonical."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
import rfc8785
from jsonschema import Draft202012Validator, FormatChecker

from auditor import reporting
from auditor.model.assessment import Assessment
from auditor.reporting.formats import json as format_
from tests.reporting import sample

SCHEMA = json.loads((files("auditor.reporting") / "assessment.schema.json").read_text("utf-8"))


def _schemas(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        for child in node.values():
            yield from _schemas(child)
    elif isinstance(node, list):
        for child in node:
            yield from _schemas(child)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_refuses_what_it_does_not_name() -> None:
    assert [s for s in _schemas(SCHEMA) if "additionalProperties" not in s] == []


@pytest.mark.parametrize("make", [sample.assessment, sample.spotless, sample.empty])
def test_output_keeps_to_the_schema(make: Any) -> None:
    validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    document = json.loads(reporting.render("json", make(), "fr"))
    assert [f"{e.json_path}: {e.message}" for e in validator.iter_errors(document)] == []


@pytest.mark.parametrize("make", [sample.assessment, sample.empty])
def test_output_is_canonical(make: Any) -> None:
    """RFC 8785, of which the standard library happens to write the subset we use."""
    assessment: Assessment = make()
    assert reporting.render("json", assessment, "fr") == rfc8785.dumps(format_.document(assessment))


def test_not_known_is_null_and_never_empty() -> None:
    document = format_.document(sample.assessment())
    dependencies = [d for part in document["footprint"] for d in part["dependencies"]]
    unidentified = [d for d in dependencies if d["offering"] is None]
    assert unidentified
    assert all(d["operator"] is None and d["controlled_from"] is None for d in unidentified)
    assert {tuple(d["controlled_from"] or ()) for d in dependencies} > {(), ("US",)}


def test_control_nobody_read_link_by_link_is_told_as_such() -> None:
    whole = replace(sample.assessment(), unconfirmed=frozenset({"examplecloud-office"}))
    footprint = format_.document(whole)["footprint"]
    dependencies = [d for part in footprint for d in part["dependencies"]]
    told = {d["offering"]: (d["controlled_from"], d["control_verified"]) for d in dependencies}
    assert told["examplecloud-office"] == (["US"], False)
    assert told["examplecloud-compute"] == (["US"], True)
    assert told[None] == (None, None)


def test_every_name_used_is_explained_in_the_same_file() -> None:
    document = format_.document(sample.assessment())
    ids = {
        name: {each["id"] for each in document[name]}
        for name in ("offerings", "laws", "rules", "entities", "exposures", "jurisdictions")
    }
    dependencies = {d["id"]: d for part in document["footprint"] for d in part["dependencies"]}
    assert {x["law"] for x in document["exposures"]} <= ids["laws"]
    assert {x["jurisdiction"] for x in document["exposures"]} <= ids["jurisdictions"]
    assert {x["dependency"] for x in document["exposures"]} <= set(dependencies)
    assert {f["rule"] for f in document["findings"]} <= ids["rules"]
    assert {x for f in document["findings"] for x in f["exposures"]} <= ids["exposures"]
    assert {d["offering"] for d in dependencies.values()} - {None} <= ids["offerings"]
