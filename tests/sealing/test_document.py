"""A sealed report."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from auditor.sealing.authority import Authority
from tests.reporting import verapdf
from tests.sealing import certified
from tests.sealing.certified import Holder
from tests.sealing.sealed import seal
from tests.sealing.timestamping import TimeStampAuthority

CLEAN = {"PDFA_3_A": {}, "PDFUA_1": {}}


def test_the_report_stands_in_front_of_its_seal(report: bytes, root: Holder) -> None:
    sealed = seal(report, certified.signer(root))

    assert sealed.startswith(report)
    assert len(sealed) - len(report) < 16_000


def test_the_seal_is_pades_and_permits_no_change(report: bytes, root: Holder) -> None:
    with pikepdf.open(BytesIO(seal(report, certified.signer(root)))) as document:
        signature = document.Root.Perms.DocMDP
        assert str(signature.SubFilter) == "/ETSI.CAdES.detached"
        assert int(signature.Reference[0].TransformParams.P) == 1


def test_it_stays_pdf_1_7_with_its_title_and_dates(report: bytes, root: Holder) -> None:
    """PDF/A-3 is PDF 1.7."""
    with (
        pikepdf.open(BytesIO(report)) as before,
        pikepdf.open(BytesIO(seal(report, certified.signer(root)))) as after,
    ):
        assert "/Version" not in after.Root
        assert after.Root.Metadata.read_raw_bytes() == before.Root.Metadata.read_raw_bytes()
        assert after.Root.Metadata.objgen == before.Root.Metadata.objgen


def test_the_authority_is_asked_once(
    report: bytes, root: Holder, authority: Authority, tsa: TimeStampAuthority
) -> None:
    """Some count."""
    seal(report, certified.signer(root), authority)

    assert len(tsa.queries) == 1


@pytest.mark.parametrize("stamped", [False, True])
def test_another_program_finds_it_valid(
    stamped: bool, report: bytes, root: Holder, authority: Authority, tmp_path: Path
) -> None:
    file = certified.written(
        tmp_path / "sealed.pdf",
        seal(report, certified.signer(root), authority if stamped else None),
    )

    said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout

    assert "Signature is Valid" in said
    assert "Total document signed" in said


@pytest.mark.slow
def test_it_stays_archival_and_accessible(
    report: bytes, root: Holder, authority: Authority, tmp_path: Path
) -> None:
    holder = certified.signer(root)
    files = [
        certified.written(tmp_path / "b.pdf", seal(report, holder)),
        certified.written(tmp_path / "t.pdf", seal(report, holder, authority)),
    ]

    assert verapdf.broken(*files) == [CLEAN, CLEAN]
