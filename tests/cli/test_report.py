"""`auditor report`: the same bytes from the same bundle, and no report from a broken one."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor import reporting
from auditor.audit import knowledge
from auditor.cli.report import assess_bundle, replayer
from auditor.network import bundle
from tests.cli.running import THEN, Ran, assessment, names, process

Call = Callable[..., Ran]


@pytest.fixture
def report(auditor: Call, rules: Path, tmp_path: Path) -> Callable[..., Ran]:
    """Reports a bundle as JSON into `out`."""

    def reported(path: Path, *options: str) -> Ran:
        words = ("--rules", rules, "--format", "json", *THEN)
        return auditor("report", path, "-o", tmp_path / "out", *words, *options)

    return reported


@pytest.fixture
def copy(audited: Path, tmp_path: Path) -> Path:
    """A bundle to change."""
    return shutil.copytree(audited / "bundle", tmp_path / "bundle")


def test_the_same_as_the_audit_said(report: Call, audited: Path, tmp_path: Path) -> None:
    assert report(audited / "bundle").code == 0
    there = (audited / "assessment.json").read_bytes()
    assert (tmp_path / "out" / "assessment.json").read_bytes() == there


def test_the_directory_of_the_audit_will_do(report: Call, audited: Path, tmp_path: Path) -> None:
    assert report(audited).code == 0


def test_an_archive_will_do(report: Call, audited: Path, tmp_path: Path) -> None:
    archive = tmp_path / "bundle.zip"
    archive.write_bytes(bundle.read(audited / "bundle").archive())

    assert report(archive).code == 0
    there = (audited / "assessment.json").read_bytes()
    assert (tmp_path / "out" / "assessment.json").read_bytes() == there


def _altered(path: Path) -> None:
    file = path / "exchanges.jsonl"
    file.write_bytes(file.read_bytes().replace(b"city.example", b"ctiy.example", 1))


def _cut_short(path: Path) -> None:
    file = path / "exchanges.jsonl"
    file.write_bytes(file.read_bytes()[:-20])


def _without_exchanges(path: Path) -> None:
    (path / "exchanges.jsonl").unlink()


def _without_manifest(path: Path) -> None:
    (path / "manifest.json").unlink()


def _half_a_manifest(path: Path) -> None:
    file = path / "manifest.json"
    file.write_bytes(file.read_bytes()[:200])


def _manifest(path: Path, change: Callable[[dict[str, object]], None]) -> None:
    file = path / "manifest.json"
    statement = json.loads(file.read_bytes())
    change(statement)
    file.write_text(json.dumps(statement))


def _of_a_newer_format(path: Path) -> None:
    _manifest(path, lambda statement: statement.update(format=99))


def _with_a_file_more(path: Path) -> None:
    (path / "extra\x1b[31m").touch()


def _of_an_unknown_source(path: Path) -> None:
    _manifest(path, lambda s: s["predicate"]["options"].update(asn_source="oracle"))  # type: ignore[index]


def _of_an_unknown_home(path: Path) -> None:
    _manifest(path, lambda s: s["predicate"]["target"].update(home="ZZ"))  # type: ignore[index]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_altered, "altered"),
        (_cut_short, "cut short"),
        (_without_exchanges, "exchanges.jsonl is missing"),
        (_without_manifest, "is not a bundle"),
        (_half_a_manifest, "altered or cut short"),
        (_of_a_newer_format, "use a newer auditor"),
        (_with_a_file_more, "was added"),
        (_of_an_unknown_source, "'oracle'"),
        (_of_an_unknown_home, "'ZZ'"),
    ],
)
def test_a_bundle_that_is_none(
    change: Callable[[Path], None], told: str, report: Call, copy: Path, tmp_path: Path
) -> None:
    change(copy)

    ran = report(copy)

    assert ran.code == 2
    assert told in ran.err
    assert "\x1b" not in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "out").exists()


def test_half_an_archive(report: Call, audited: Path, tmp_path: Path) -> None:
    archive = tmp_path / "bundle.zip"
    archive.write_bytes(bundle.read(audited / "bundle").archive()[:-100])

    ran = report(archive)

    assert (ran.code, "is not a whole zip archive" in ran.err) == (2, True)


def test_an_archive_of_other_things(report: Call, tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("../../evil\x1b[31m", b"")
    file = tmp_path / "bundle.zip"
    file.write_bytes(content.getvalue())

    ran = report(file)

    assert (ran.code, "\x1b" in ran.err) == (2, False)


@pytest.mark.parametrize("path", ["nowhere", "file"])
def test_no_bundle_at_all(path: str, report: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("city.example")

    assert report(tmp_path / path).code == 2
    assert names(tmp_path) == ["file"]


@pytest.mark.slow
def test_the_same_bytes_wherever_and_whenever(audited: Path, rules: Path, tmp_path: Path) -> None:
    """Neither the seed of hashes nor the time zone, the language, the place or the hour shows."""
    elsewhere = tmp_path / "ailleurs et à côté"
    shutil.copytree(audited / "bundle", elsewhere / "evidence")
    shutil.copytree(rules, elsewhere / "règles")
    here: dict[str, Any] = {
        "env": {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    }
    there: dict[str, Any] = {
        "env": {
            "PYTHONHASHSEED": "2",
            "TZ": "America/Lima",
            "LC_ALL": "fr_FR.UTF-8",
            "HOME": str(elsewhere),
            "SOURCE_DATE_EPOCH": "1",
        },
        "cwd": elsewhere,
    }
    made = []
    for number, (around, evidence, law) in enumerate(
        ((here, audited / "bundle", rules), (there, Path("evidence"), Path("règles")))
    ):
        out = tmp_path / str(number)
        words = ("report", evidence, "-o", out, "--rules", law, "--lang", "fr,en")
        ran = process(*words, "--format", ",".join(reporting.names()), **around)
        assert ran.code == 0, ran.err
        made.append({file.name: file.read_bytes() for file in out.iterdir()})

    assert {"assessment.json", "report.en.html", "report.fr.pdf"} <= made[0].keys()
    assert made[0].keys() == made[1].keys()
    assert [name for name, content in made[0].items() if made[1][name] != content] == []


def test_as_of_another_day(report: Call, audited: Path, tmp_path: Path) -> None:
    report(audited / "bundle", "--as-of", "2027-06-01")

    assert assessment(tmp_path / "out")["as_of"] == "2027-06-01"


def test_a_report_plays_every_scenario_and_an_assessment_alone_plays_none(
    audited: Path, rules: Path
) -> None:
    """Who assesses many organisations does not pay for what only a report shows."""
    catalogue = knowledge(rules)
    kept = bundle.read(audited / "bundle")
    played = assess_bundle(kept, catalogue, None).scenarios
    assert [each.scenario.id for each in played] == list(catalogue.scenarios)
    assert replayer(kept, catalogue, None)(catalogue).scenarios == ()
