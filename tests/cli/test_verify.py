"""Whether something is what was recorded."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.network import bundle
from auditor.reporting.annexes import lookups
from auditor.reporting.reading import Reading
from tests.cli.running import Ran
from tests.replay import FIXTURES, replayed

Call = Callable[..., Ran]


@pytest.fixture
def verify(auditor: Call, rules: Path) -> Callable[[Path], Ran]:
    return lambda path: auditor("verify", path, "--rules", rules)


@pytest.fixture
def copy(audited: Path, tmp_path: Path) -> Path:
    """What an audit left, to change."""
    return shutil.copytree(audited, tmp_path / "out")


def _assessment(directory: Path, change: Callable[[dict[str, Any]], None]) -> None:
    file = directory / "assessment.json"
    assessment = json.loads(file.read_bytes())
    change(assessment)
    text = json.dumps(assessment, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    file.write_text(text, encoding="utf-8")


def _better(assessment: dict[str, Any]) -> None:
    for finding in assessment["findings"]:
        finding["verdict"] = "pass"


@pytest.mark.parametrize("path", ["bundle", "."])
def test_what_was_recorded(path: str, verify: Call, audited: Path) -> None:
    ran = verify(audited / path)

    assert (ran.code, ran.err) == (0, "")
    assert "whole and unaltered" in ran.out
    assert "follows from it, byte for byte" in ran.out


@pytest.mark.parametrize("story", ["m365-behind-gateway", "assembly-bleu"])
def test_questions_are_counted_as_the_report_counts_them(story: str, auditor: Call) -> None:
    """An exchange may note a question that was put to nobody."""
    put = lookups(Reading(replayed(story), "en"))

    ran = auditor("verify", FIXTURES / story / "bundle")

    told = f"  {put.total + put.unasked} exchanges: {put.total} questions put"
    never = f", {put.unasked} noted as never put" if put.unasked else ""
    assert f"{told}{never}; manifest SHA-256" in ran.out


def test_an_archive(verify: Call, audited: Path, tmp_path: Path) -> None:
    archive = tmp_path / "evidence.zip"
    archive.write_bytes(bundle.read(audited / "bundle").archive())

    assert verify(archive).code == 0


def test_evidence_that_was_altered(verify: Call, copy: Path) -> None:
    exchanges = copy / "bundle" / "exchanges.jsonl"
    exchanges.write_bytes(exchanges.read_bytes().replace(b'"took":', b'"took": ', 1))

    ran = verify(copy)

    assert (ran.code, ran.out) == (2, "")
    assert "altered or cut short, and proves nothing" in ran.err


def test_findings_that_were_altered(verify: Call, copy: Path) -> None:
    _assessment(copy, _better)

    ran = verify(copy)

    assert ran.code == 2
    assert "mailbox-foreign-order, city.example mail.mailbox: pass there, fail here" in ran.err


def test_a_sentence_that_was_altered(verify: Call, copy: Path) -> None:
    _assessment(copy, lambda a: a["findings"][0]["says"].update(en="All is well"))

    ran = verify(copy)

    assert (ran.code, "it was altered: in its details" in ran.err) == (2, True)


def test_an_assessment_of_other_evidence(verify: Call, copy: Path) -> None:
    _assessment(copy, lambda a: a["digests"].update(bundle="0" * 64))

    ran = verify(copy)

    assert (ran.code, "made from another bundle" in ran.err) == (2, True)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"as_of": "x"}', b"\xff"])
def test_no_assessment(content: bytes, verify: Call, copy: Path) -> None:
    (copy / "assessment.json").write_bytes(content)

    assert verify(copy).code == 2


def test_findings_altered_in_the_name_of_other_rules(verify: Call, copy: Path) -> None:
    """A forger may claim rules that nobody here has: then nothing is confirmed."""

    def change(assessment: dict[str, Any]) -> None:
        _better(assessment)
        assessment["digests"]["rules"] = "0" * 64

    _assessment(copy, change)

    ran = verify(copy)

    assert ran.code == 3
    assert "made with other rules" in ran.out
    assert "cannot be told here" in ran.out


def test_another_version_that_says_the_same(verify: Call, copy: Path) -> None:
    _assessment(copy, lambda a: a["digests"].update(tool="auditor 0.0.1"))

    ran = verify(copy)

    assert ran.code == 0
    assert "every verdict is the same" in ran.out


def test_something_else(verify: Call, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("city.example")

    ran = verify(tmp_path / "notes.txt")

    assert (ran.code, "is not a whole zip archive" in ran.err) == (2, True)


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\xff" * 5000, b"%PDF-1.7\ntrailer<</Root 1 0 R>>\n%%EOF"],
)
def test_half_a_pdf(content: bytes, verify: Call, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(content)

    ran = verify(tmp_path / "report.pdf")

    assert (ran.code, "Traceback" in ran.err) == (2, False)


def test_somebody_elses_pdf(verify: Call, tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "other.pdf")

    ran = verify(tmp_path / "other.pdf")

    assert (ran.code, "is no report of the auditor" in ran.err) == (2, True)


def test_words_of_the_bundle_do_not_act_on_the_terminal(verify: Call, copy: Path) -> None:
    manifest = copy / "bundle" / "manifest.json"
    statement = json.loads(manifest.read_bytes())
    statement["predicate"]["target"]["name"] = "\x1b]0;owned\x07"
    manifest.write_text(json.dumps(statement))
    (copy / "assessment.json").unlink()

    ran = verify(copy)

    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert "[U+001B]" in ran.out
