from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import jsonschema
import pytest
import yaml

from auditor import resources
from auditor.audit import knowledge
from auditor.catalogue.dossier import dossier
from auditor.catalogue.source import compose
from auditor.network.declared import digest
from tests.checkout import ROOT
from tests.cli.running import Ran

Auditor = Callable[..., Ran]

_EXAMPLE = re.compile(r"""^# ((?: *)(?:- |["a-z0-9._-]+:|# ).*)$""")


def _in_force(text: str) -> str:
    """*text* with its examples taken out of the comments, as its author would."""
    lines = []
    for line in text.splitlines()[1:]:
        found = _EXAMPLE.match(line)
        lines.append(found.group(1) if found else line)
    return "\n".join(lines).replace("…", "x")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_written_can_be_audited_as_it_is(
    language: str, auditor: Auditor, tmp_path: Path
) -> None:
    file = tmp_path / "dossier.yaml"

    assert auditor("init", file, "--domain", "city.example", "--lang", language).code == 0

    target = dossier(compose(file), knowledge(resources.rules()), partial(digest, tmp_path))
    assert [domain.name for domain in target.domains] == ["city.example"]
    assert not target.declares


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_example_in_it_is_right(language: str, auditor: Auditor, tmp_path: Path) -> None:
    """An example that is refused when its mark is taken away would teach the wrong thing."""
    file = tmp_path / "dossier.yaml"
    auditor("init", file, "--domain", "city.example", "--lang", language)
    text = _in_force(file.read_text("utf-8"))
    for path in re.findall(r"path: ([^,}]+)", text):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    file.write_text(text, "utf-8")

    target = dossier(compose(file), knowledge(resources.rules()), partial(digest, tmp_path))
    assert (target.organisation.kind, target.exhaustive) == ("local-authority", True)
    assert target.contract
    assert target.declared[0].certificates
    assert len(target.documents) == 2
    schema = json.loads(auditor("schema", "dossier").out)
    jsonschema.Draft7Validator(schema).validate(yaml.safe_load(text))


def test_both_languages_hold_the_same(auditor: Auditor, tmp_path: Path) -> None:
    held = []
    for language in ("fr", "en"):
        auditor("init", tmp_path / f"{language}.yaml", "--lang", language)
        written = yaml.safe_load(_in_force((tmp_path / f"{language}.yaml").read_text("utf-8")))
        held.append((set(written), {key for each in written["services"] for key in each}))
    assert held[0] == held[1]


def test_a_file_that_is_there_is_left_alone(auditor: Auditor, tmp_path: Path) -> None:
    file = tmp_path / "dossier.yaml"
    file.write_text("mine")

    ran = auditor("init", file)

    assert (ran.code, file.read_text()) == (2, "mine")
    assert "is there already" in ran.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("x.txt",), "the name of a dossier ends in .yaml"),
        (("x.yaml", "--domain", "city"), "--domain: 'city' is not a domain"),
        (("no/x.yaml",), "No such file or directory"),
    ],
)
def test_what_cannot_be_written(
    words: tuple[str, ...], told: str, auditor: Auditor, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)

    ran = auditor("init", *words)

    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert list(tmp_path.iterdir()) == []


def _bids(directory: Path) -> None:
    """The files that the example of a tender names."""
    offered = "domains: [bid.example]\nservices:\n  - {role: mail.mailbox, offering: infomaniak}\n"
    (directory / "alpha.yaml").write_text(offered)
    shutil.copytree(ROOT / "fixtures" / "swiss-host" / "bundle", directory / "beta" / "bundle")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_tender_can_be_compared_as_it_is_and_with_every_example_in_force(
    language: str, auditor: Auditor, tmp_path: Path
) -> None:
    file = tmp_path / "tender.yaml"
    _bids(tmp_path)

    assert auditor("init", "--tender", file, "--lang", language).code == 0

    assert auditor("compare", file, "-o", tmp_path / "as-is", "--format", "json").code == 0
    text = _in_force(file.read_text("utf-8"))
    for path in re.findall(r"path: ([^,}]+)", text):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    file.write_text(text, "utf-8")
    ran = auditor("compare", file, "-o", tmp_path / "whole", "--format", "json")
    assert ran.code == 0, ran.err
    whole = json.loads((tmp_path / "whole" / "comparison.json").read_bytes())
    assert [each["id"] for each in whole["knock_outs"]] == ["k1", "k2", "k3", "k4", "k5"]
    assert whole["bids"][0]["replies"]
    schema = json.loads(auditor("schema", "tender").out)
    jsonschema.Draft7Validator(schema).validate(yaml.safe_load(text))


def test_the_schema_of_a_tender_refuses_what_the_reader_refuses(auditor: Auditor) -> None:
    schema = json.loads(auditor("schema", "tender").out)
    wrong = {"name": "x", "as_of": "tomorrow", "buyer": {}, "roles": ["mail.mailbx"], "bids": []}

    found = {error.json_path for error in jsonschema.Draft7Validator(schema).iter_errors(wrong)}
    assert {"$.as_of", "$.buyer", "$.roles"} <= found


def test_a_tender_names_no_domain(auditor: Auditor, tmp_path: Path) -> None:
    ran = auditor("init", "--tender", tmp_path / "t.yaml", "--domain", "city.example")

    assert ran.code == 2
    assert "--domain goes into a dossier" in ran.err
    assert not (tmp_path / "t.yaml").exists()
