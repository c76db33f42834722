from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from tests.cli.running import Ran, assessment

Call = Callable[..., Ran]


def test_what_an_audit_writes_is_what_the_schema_says(auditor: Call, audited: Path) -> None:
    schema = json.loads(auditor("schema").out)

    jsonschema.Draft202012Validator(schema).validate(assessment(audited))


@pytest.mark.parametrize("name", ["laws", "providers", "criteria", "roles"])
def test_rule_files_have_schemas_with_the_words_of_the_rules(
    name: str, auditor: Call, rules: Path
) -> None:
    schema = json.loads(auditor("schema", name, "--rules", rules).out)

    jsonschema.Draft7Validator.check_schema(schema)
    assert (schema["title"], schema["type"]) == (f"rules/{name}", "object")


def test_a_schema_that_is_none(auditor: Call, rules: Path) -> None:
    ran = auditor("schema", "lawz", "--rules", rules)

    assert (ran.code, ran.out) == (2, "")
    assert "there is no schema 'lawz'; did you mean 'laws'?" in ran.err
