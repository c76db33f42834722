from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema

from tests.cli.running import Ran, assessment


def test_what_an_audit_writes_is_what_the_schema_says(
    auditor: Callable[..., Ran], audited: Path
) -> None:
    schema = json.loads(auditor("schema").out)

    jsonschema.Draft202012Validator(schema).validate(assessment(audited))
