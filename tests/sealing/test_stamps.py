"""A time-stamp kept beside what it is about."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from auditor.errors import BundleError, IncompleteError
from auditor.sealing import stamps
from auditor.sealing.authority import Authority
from tests.sealing import certified
from tests.sealing.sealed import trusting
from tests.sealing.timestamping import TimeStampAuthority, asking, openssl_authority

MANIFEST = b'{"subject": []}\n'


def test_when_it_existed(authority: Authority, tsa: TimeStampAuthority) -> None:
    stamp = stamps.read(authority.stamp(MANIFEST), MANIFEST, "the time-stamp", trusting(tsa.root))

    assert abs(stamp.time - datetime.now(UTC)) < timedelta(minutes=10)
    assert stamp.authority.certificate.subject == "Horodateur d’essai, Ville d’Exemple"
    assert stamp.authority.anchor == "Racine d’horodatage, Ville d’Exemple"


def test_an_authority_that_nobody_named(authority: Authority) -> None:
    stamp = stamps.read(authority.stamp(MANIFEST), MANIFEST, "the time-stamp")

    assert (stamp.authority.anchor, bool(stamp.authority.problem)) == ("", True)


def test_another_program_reads_it(
    authority: Authority, tsa: TimeStampAuthority, tmp_path: Path
) -> None:
    certified.written(tmp_path / "manifest.json", MANIFEST)
    certified.written(tmp_path / "manifest.json.tsr", authority.stamp(MANIFEST))
    certified.written(tmp_path / "root.pem", tsa.root.pem())

    done = subprocess.run(
        ["openssl", "ts", "-verify", "-data", "manifest.json", "-in", "manifest.json.tsr",
         "-CAfile", "root.pem"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, "Verification: OK" in done.stdout) == (0, True)


def test_it_says_nothing_of_another_file(authority: Authority) -> None:
    response = authority.stamp(MANIFEST)

    with pytest.raises(BundleError, match="is no time-stamp of what it goes with"):
        stamps.read(response, MANIFEST + b" ", "the time-stamp")


def test_a_flipped_byte(authority: Authority, tsa: TimeStampAuthority) -> None:
    """Nowhere does one let a time-stamp say something else that is trusted."""
    response = authority.stamp(MANIFEST)
    true = stamps.read(response, MANIFEST, "the time-stamp", trusting(tsa.root))
    for at in range(0, len(response), 7):
        content = bytearray(response)
        content[at] ^= 1
        try:
            found = stamps.read(bytes(content), MANIFEST, "the time-stamp", trusting(tsa.root))
        except BundleError:
            continue
        assert found.time == true.time
        assert found.authority.certificate == true.authority.certificate


@pytest.mark.parametrize("content", [b"", b"{}", b"\x30\x03\x02\x01\x00", b"\x30\x80"])
def test_no_time_stamp(content: bytes) -> None:
    with pytest.raises(BundleError, match="is no time-stamp"):
        stamps.read(content, MANIFEST, "the time-stamp")


def test_an_answer_about_something_else(tsa: TimeStampAuthority, authority: Authority) -> None:
    """An authority, or whoever stands before it, that plays an old answer again."""
    old = authority.stamp(MANIFEST)

    with pytest.raises(IncompleteError, match="a time-stamp of something else"):
        Authority(lambda query: old, tsa.host).stamp(MANIFEST)


@pytest.mark.parametrize("answer", [b"", b"<html>", b"\x30\x00"])
def test_an_answer_that_is_none(answer: bytes) -> None:
    with pytest.raises(IncompleteError, match=r"tsa\.example answered with something else"):
        Authority(lambda query: answer, "tsa.example").stamp(MANIFEST)


def test_a_refusal_is_told_in_the_words_of_the_authority(tmp_path: Path) -> None:
    with (
        openssl_authority(tmp_path, digests="sha512") as strict,
        pytest.raises(IncompleteError, match=r"refuses a time-stamp: .*bad_alg"),
    ):
        asking(strict).stamp(MANIFEST)
