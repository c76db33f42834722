"""An editor accepts every file we ship, and underlines what the readers would refuse."""

from __future__ import annotations

import copy
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from auditor import resources
from auditor.catalogue.reading import files
from auditor.catalogue.schema import names, schema
from auditor.probes import probe

RULES = resources.rules()
NAMES = names(RULES)


class Core(yaml.SafeLoader):
    """YAML as editors read it: version 1.2, in which `NO` and a day are texts."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("int", r"^[-+]?\d+$", "-+0123456789"),
    ("float", r"^[-+]?\d+\.\d*$", "-+0123456789"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


@cache
def validator(name: str) -> Any:
    said = schema(name, RULES, probe.kinds())
    jsonschema.Draft7Validator.check_schema(said)
    return jsonschema.Draft7Validator(said)


def read(file: Path, loader: type[yaml.SafeLoader] = Core) -> Any:
    return yaml.load(file.read_text("utf-8"), Loader=loader)  # noqa: S506 - a safe loader


def of(name: str) -> list[Path]:
    return [f for f in files(RULES) if f.relative_to(RULES).parts[0].removesuffix(".yaml") == name]


def mistakes(name: str, content: Any) -> list[str]:
    return [error.message for error in validator(name).iter_errors(content)]


@pytest.mark.parametrize("name", NAMES)
def test_every_file_we_ship_is_accepted(name: str) -> None:
    assert of(name)
    wrong = {str(file): mistakes(name, read(file)) for file in of(name)}
    assert {file: said for file, said in wrong.items() if said} == {}


@pytest.mark.parametrize(
    "name", [n for n in NAMES if n not in ("words", "missing", "organisations")]
)
def test_a_misspelt_key_is_underlined(name: str) -> None:
    content = read(of(name)[0])
    key = next(iter(content))
    content[f"{key}s"] = content[key]
    assert any("Additional properties are not allowed" in said for said in mistakes(name, content))


def first(content: Any, *path: str | int) -> Any:
    for step in path:
        content = content[step]
    return content


@pytest.mark.parametrize(
    ("name", "path", "key", "value"),
    [
        ("laws", ("reaches", 0), "hook", "incorporacion"),
        ("laws", ("validity", 0), "from", "1 July"),
        ("laws", ("name",), "de", "Gesetz"),
        ("laws", (), "verified", "yes"),
        ("providers", ("offerings", 0), "keys", "custommer"),
        ("providers", ("offerings", 0, "fingerprints", 0), "strenght", "weak"),
        ("providers", ("entities", 0), "incorporated_in", False),
        ("jurisdictions", ("jurisdictions", 0), "id", False),
        ("criteria", ("rules", 0), "severity", "grave"),
        ("criteria", ("rules", 0, "condition"), "forbiden", {}),
        ("criteria", ("rules", 0), "condition", {"forbid": {"exposure": {"effct": "disclosure"}}}),
        ("criteria", ("rules", 0), "condition", {"any": [{"all": [{"forbid": {"thing": {}}}]}]}),
        ("criteria", ("rules", 0, "examples", 0), "expect", "passes"),
        ("roles", ("roles", 0), "service", ["disclosrue"]),
    ],
)
def test_what_the_readers_refuse_is_underlined(
    name: str, path: tuple[str | int, ...], key: str, value: Any
) -> None:
    content = read(of(name)[0])
    assert mistakes(name, content) == []
    first(content, *path)[key] = value
    assert mistakes(name, content) != []


@pytest.mark.parametrize(
    "condition",
    [
        {"not": {"any": [{"require": {"dependency": {"declared": "yes"}}}]}},
        {"all": [{"forbid": {"exposure": {"jurisdiction": ["US", "CN"], "layer": "network"}}}]},
        {"require_every": {"fact": {"kind": "dns.mx", "preference": 10, "null": False}}},
    ],
)
def test_what_no_rule_says_yet_is_accepted(condition: Any) -> None:
    content = copy.deepcopy(read(of("criteria")[0]))
    content["rules"][0]["condition"] = condition
    assert mistakes("criteria", content) == []


def test_an_editor_that_takes_no_for_a_word_is_told() -> None:
    """In YAML 1.1 a bare `NO` is false: the code of Norway must stand in quotes there."""
    content = yaml.safe_load("jurisdictions: [{id: NO}]")
    assert "False is not of type 'string'" in mistakes("jurisdictions", content)
