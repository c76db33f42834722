from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from auditor.catalogue.dossier_schema import schema
from tests import knowledge
from tests.catalogue.test_dossier import WHOLE


@pytest.fixture(scope="module")
def validator(tmp_path_factory: pytest.TempPathFactory) -> Draft7Validator:
    written = schema(knowledge.catalogue(tmp_path_factory.mktemp("rules")))
    Draft7Validator.check_schema(written)
    return Draft7Validator(written)


def test_what_the_reader_takes_the_schema_takes(validator: Draft7Validator) -> None:
    assert [error.message for error in validator.iter_errors(yaml.safe_load(WHOLE))] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"domains": ["city.example"], "domain": "x"},
        {"domains": ["city.example"], "home": "XX"},
        {"domains": ["city.example"], "organisation": {"kind": "hopital"}},
        {"domains": ["city.example"], "services": [{"role": "web"}]},
        {"domains": ["city.example"], "services": [{"role": "web", "offering": "homemial"}]},
        {"domains": ["city.example"], "services": [{"role": "web", "name": "A", "keys": "mine"}]},
        {
            "domains": ["city.example"],
            "services": [{"role": "web", "name": "A", "operator": "homemail-as"}],
        },
        {"domains": ["city.example"], "contract": {"to": "soon"}},
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(
    wrong: dict[str, Any], validator: Draft7Validator, tmp_path: Path
) -> None:
    assert not validator.is_valid(wrong)
