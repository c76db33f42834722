"""The report that carries its evidence, as `auditor verify` opens it."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest

from auditor import reporting
from tests.reporting import sample

FILES = {"bundle.zip": b"PK\x05\x06" + bytes(18), "assessment.json": b'{"format":1}'}
ROOT = Path(__file__).parents[2]


@cache
def _carrying() -> bytes:
    return reporting.render("pdf", sample.assessment(), "fr", FILES)


def test_the_files_come_out_as_they_went_in() -> None:
    attachments = pypdf.PdfReader(BytesIO(_carrying())).attachments
    assert {name: attachments[name] for name in attachments} == {
        name: [content] for name, content in FILES.items()
    }


def test_each_file_is_associated_once_and_dated_by_the_evidence() -> None:
    """PDF/A-3 asks for the relationship; a clock would change the bytes."""
    document = pikepdf.open(BytesIO(_carrying()))
    files = list(document.Root.AF)
    assert [str(file.UF) for file in files] == list(FILES)
    assert {str(file.AFRelationship) for file in files} == {"/Data"}
    dates = {str(file.EF.F.Params[key]) for file in files for key in ("/CreationDate", "/ModDate")}
    assert dates == {sample.assessment().ended.strftime("D:%Y%m%d%H%M%SZ")}


def test_it_stays_archival_and_accessible() -> None:
    document = pikepdf.open(BytesIO(_carrying()))
    metadata = bytes(document.Root.Metadata.read_bytes()).decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfuaid:part="1"' in metadata


def test_the_same_files_give_the_same_bytes() -> None:
    assert reporting.render("pdf", sample.assessment(), "fr", FILES) == _carrying()


def test_without_files_nothing_is_attached() -> None:
    content = reporting.render("pdf", sample.assessment(), "fr")
    document = pikepdf.open(BytesIO(content))
    assert "/AF" not in document.Root


@pytest.mark.parametrize("format", ["html", "json"])
def test_a_format_that_carries_nothing_is_the_same_with_files(format: str) -> None:
    with_files = reporting.render(format, sample.assessment(), "fr", FILES)
    assert with_files == reporting.render(format, sample.assessment(), "fr")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of a recorded organisation, made by the program."""
    place = tmp_path_factory.mktemp("report")
    bundle = ROOT / "fixtures" / "m365-behind-gateway" / "bundle"
    done = _auditor("report", str(bundle), "-o", str(place), "--format", "pdf", "-q")
    assert done.returncode == 0, done.stderr
    return place / "report.fr.pdf"


def test_a_report_is_verified_from_what_it_carries(report: Path) -> None:
    done = _auditor("verify", str(report))
    assert done.returncode == 0, done.stderr
    assert "byte for byte" in done.stdout


def test_evidence_weighs_little_beside_the_pages(report: Path) -> None:
    """A report goes by mail."""
    assert report.stat().st_size < 420_000


@pytest.mark.parametrize("name", ["assessment.json", "bundle.zip"])
def test_a_report_with_other_evidence_is_refused(report: Path, name: str, tmp_path: Path) -> None:
    changed = tmp_path / "changed.pdf"
    with pikepdf.open(report) as document:
        content = bytearray(document.attachments[name].get_file().read_bytes())
        at = content.find(b'"fail"') if name.endswith("json") else len(content) // 2
        content[at : at + 6] = b'"pass"'
        del document.attachments[name]
        document.attachments[name] = pikepdf.AttachedFileSpec(document, bytes(content))
        document.save(changed)
    done = _auditor("verify", str(changed))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def _auditor(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "auditor", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
