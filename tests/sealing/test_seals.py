"""What a seal proves, and that a broken one proves nothing."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from pyhanko.pdf_utils.generic import NameObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from auditor.errors import BundleError
from auditor.sealing import seals
from auditor.sealing.authority import Authority
from tests.sealing import certified
from tests.sealing.certified import Holder
from tests.sealing.sealed import appended, authority_of_then, seal, signed_otherwise, trusting
from tests.sealing.timestamping import TimeStampAuthority


@pytest.fixture(scope="module")
def sealed(report: bytes, root: Holder) -> bytes:
    return seal(report, certified.signer(root))


def test_who_sealed_and_by_which_clock(sealed: bytes) -> None:
    (found,) = seals.read(sealed, "report.pdf")

    assert found.signer.certificate.subject == "Jeanne Martin, Ville d’Exemple"
    assert found.signer.certificate.issuer == "Autorité d’essai, Ville d’Exemple"
    assert found.forbids_changes
    assert found.stamp is None
    assert found.claimed is not None
    assert abs(found.claimed - datetime.now(UTC)) < timedelta(minutes=10)


def test_nobody_is_trusted_unless_asked(sealed: bytes) -> None:
    """Not even those whom the operating system trusts."""
    (found,) = seals.read(sealed, "report.pdf")

    assert found.signer.anchor == ""


def test_whoever_the_authority_vouches_for_is_trusted_with_it(sealed: bytes, root: Holder) -> None:
    (found,) = seals.read(sealed, "report.pdf", trusting(root))

    assert (found.signer.anchor, found.signer.problem) == ("Autorité d’essai, Ville d’Exemple", "")


def test_another_authority_of_the_same_name_vouches_for_nobody(sealed: bytes) -> None:
    (found,) = seals.read(sealed, "report.pdf", trusting(certified.authority()))

    assert found.signer.anchor == ""
    assert found.signer.problem


def test_a_certificate_that_vouches_for_itself(report: bytes) -> None:
    alone = certified.signer(None)
    content = seal(report, alone)

    (unknown,) = seals.read(content, "report.pdf", trusting(certified.authority()))
    (known,) = seals.read(content, "report.pdf", trusting(alone))

    assert unknown.signer.certificate.vouches_for_itself
    assert unknown.signer.problem == "no trusted certificate stands behind it"
    assert known.signer.anchor == "Jeanne Martin, Ville d’Exemple"


def test_when_it_existed(
    report: bytes, root: Holder, authority: Authority, tsa: TimeStampAuthority
) -> None:
    content = seal(report, certified.signer(root), authority)

    (found,) = seals.read(content, "report.pdf", trusting(tsa.root))

    assert found.stamp is not None
    assert found.stamp.authority.anchor == "Racine d’horodatage, Ville d’Exemple"
    assert abs(found.stamp.time - datetime.now(UTC)) < timedelta(minutes=10)


def test_a_certificate_that_has_expired(report: bytes, root: Holder) -> None:
    """Without a time-stamp nothing says that the seal is older than that."""
    content = seal(report, certified.signer(root, days=(-20, -10)))

    (found,) = seals.read(content, "report.pdf", trusting(root))

    assert found.signer.anchor == ""
    assert found.signer.problem == "a certificate in its chain has expired, or is not valid yet"


@pytest.mark.parametrize(("days_ago", "anchored"), [(15, True), (5, False)])
def test_a_certificate_is_judged_as_of_the_time_stamp(
    days_ago: int, anchored: bool, report: bytes, root: Holder
) -> None:
    """It expired ten days ago; what it sealed before then is worth what it was worth."""
    expired = certified.signer(root, days=(-20, -10))
    then = datetime.now(UTC).replace(microsecond=0) - timedelta(days_ago)
    content = seal(report, expired, authority_of_then(root, then))

    (found,) = seals.read(content, "report.pdf", trusting(root))

    assert found.stamp is not None
    assert found.stamp.time == then
    assert bool(found.signer.anchor) is anchored


def test_a_certificate_is_judged_as_of_now_when_the_time_stamp_is_nobodys(
    report: bytes, root: Holder
) -> None:
    """Anybody can make an authority whose clock stands in the past."""
    expired = certified.signer(root, days=(-20, -10))
    then = datetime.now(UTC).replace(microsecond=0) - timedelta(15)
    content = seal(report, expired, authority_of_then(certified.authority("Nobody"), then))

    (found,) = seals.read(content, "report.pdf", trusting(root))

    assert found.signer.anchor == ""


def test_a_byte_of_the_pages_that_was_flipped(sealed: bytes, report: bytes) -> None:
    """Anywhere under the seal."""
    throw = random.Random(20261124)  # noqa: S311 - the same places every time
    gap = sealed.index(b"/Contents <", len(report))
    places = [throw.randrange(gap) for _ in range(20)] + [len(sealed) - 5, len(report) + 40]
    for at in places:
        content = bytearray(sealed)
        content[at] ^= 1
        with pytest.raises(BundleError, match="the seal does not hold"):
            seals.read(bytes(content), "report.pdf")


def test_what_is_hidden_behind_the_signature(sealed: bytes, report: bytes) -> None:
    """The place kept for a signature is not under it."""
    start = sealed.index(b"/Contents <", len(report))
    at = sealed.index(b">", start) - 10
    content = sealed[:at] + b"f" + sealed[at + 1 :]

    with pytest.raises(BundleError, match="altered after it was sealed"):
        seals.read(content, "report.pdf")


def test_an_update_after_the_seal(sealed: bytes) -> None:
    def retitled(writer: IncrementalPdfFileWriter) -> None:
        writer.root[NameObject("/Lang")] = TextStringObject("en")
        writer.update_root()

    with pytest.raises(BundleError, match="altered after it was sealed"):
        seals.read(appended(sealed, retitled), "report.pdf")


@pytest.mark.parametrize("tail", [b"\n", b"%%EOF\n", bytes(1000)])
def test_bytes_after_the_seal(sealed: bytes, tail: bytes) -> None:
    with pytest.raises(BundleError, match="the seal does not hold"):
        seals.read(sealed + tail, "report.pdf")


def test_the_seal_of_another_file(sealed: bytes, report: bytes) -> None:
    """A seal, cut out, does not hold on other pages of the same length."""
    at = report.index(b"stream\n") + 100
    other = report[:at] + bytes([report[at] ^ 255]) + report[at + 1 :]

    with pytest.raises(BundleError, match="the seal does not hold"):
        seals.read(other + sealed[len(report) :], "report.pdf")


def test_two_signatures_where_none_forbids_the_other(report: bytes, root: Holder) -> None:
    """As other programs make them: a buyer and an auditor sign one after the other."""
    once = signed_otherwise(report, certified.signer(root))
    twice = signed_otherwise(once, certified.signer(root, "Paul Petit"), field="Second")

    found = seals.read(twice, "report.pdf")

    assert [seal.signer.certificate.subject.partition(",")[0] for seal in found] == [
        "Jeanne Martin",
        "Paul Petit",
    ]
    assert not any(seal.forbids_changes for seal in found)


def test_no_seal(report: bytes) -> None:
    assert seals.read(report, "report.pdf") == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n/ByteRange [0 1 2 3]", b"%PDF-1.7\n%%EOF"])
def test_no_pdf(content: bytes) -> None:
    with pytest.raises(BundleError):
        seals.read(content, "report.pdf")
