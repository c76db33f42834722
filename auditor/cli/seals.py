"""What seals and time-stamps prove, in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import BundleError
from auditor.network.bundle import MANIFEST, TIMESTAMP
from auditor.sealing import seals, stamps
from auditor.sealing.certificates import anchors

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

    from auditor.network.bundle import Bundle
    from auditor.sealing.judged import Signatory


def of_report(content: bytes, called: str, trust: tuple[Path, ...]) -> list[str]:
    """What the seals on the PDF *content* prove.

    Raises:
        BundleError: One does not hold, or *trust* is given and none leads to it.
        UsageError: A file of *trust* holds no certificate.
    """
    trusted = _read(trust)
    found = seals.read(content, called, trusted)
    if trust and not any(seal.signer.anchor for seal in found):
        why = _why(found[-1].signer) if found else "it carries no seal"
        raise BundleError(f"{called} is not sealed by anybody whom --trust names: {why}")
    lines = [] if found else ["it carries no seal"]
    for seal in found:
        lines += _seal(seal, bool(trust))
    return lines


def of_bundle(kept: Bundle, called: str, trust: tuple[Path, ...]) -> list[str]:
    """What the time-stamp of the bundle *kept* proves.

    Raises:
        BundleError: It does not hold, or *trust* is given and it does not lead to it.
        UsageError: A file of *trust* holds no certificate.
    """
    trusted = _read(trust)
    if kept.timestamp is None:
        if trust:
            raise BundleError(f"{called} is not time-stamped, as --trust asks")
        return []
    stamp = stamps.read(kept.timestamp, kept.files[MANIFEST], f"{called}: {TIMESTAMP}", trusted)
    if trust and not stamp.authority.anchor:
        raise BundleError(
            f"{called} is not time-stamped by anybody whom --trust names: {_why(stamp.authority)}"
        )
    return list(_stamp(stamp, bool(trust)))


def _read(trust: tuple[Path, ...]) -> tuple[Certificate, ...]:
    return tuple(one for file in trust for one in anchors(file.read_bytes(), str(file)))


def _seal(seal: seals.Seal, trusts: bool) -> Iterator[str]:
    yield f"sealed by {_who(seal.signer)}"
    yield "  the seal holds: the file is unaltered since" + (
        ", and permits no change" if seal.forbids_changes else ""
    )
    yield from _proof(seal.signer, trusts, "who sealed it")
    if seal.stamp is not None:
        for line in _stamp(seal.stamp, trusts):
            yield f"  {line}"
    elif seal.claimed is not None:
        yield (
            f"  no time-stamp: that it was sealed on {seal.claimed:%Y-%m-%d %H:%M %Z} is the "
            "signer’s word"
        )


def _stamp(stamp: stamps.Stamp, trusts: bool) -> Iterator[str]:
    yield f"time-stamped {stamp.time:%Y-%m-%d %H:%M:%S} UTC by {_who(stamp.authority)}"
    yield from _proof(stamp.authority, trusts, "when it existed")


def _proof(signatory: Signatory, trusts: bool, what: str) -> Iterator[str]:
    """Whether the signatory proves *what* a seal is there for."""
    if signatory.anchor:
        yield f"  trusted through {signatory.anchor}; whether it was revoked was not asked"
        return
    if signatory.certificate.vouches_for_itself:
        why = "the certificate vouches for itself"
    elif trusts:
        why = signatory.problem
    else:
        why = "its issuer is trusted only with --trust"
    yield f"  {why}: this proves that nothing was altered since, not {what}"


def _why(signatory: Signatory) -> str:
    return f"{_who(signatory)}: {signatory.problem}"


def _who(signatory: Signatory) -> str:
    certificate = signatory.certificate
    by = "itself" if certificate.vouches_for_itself else certificate.issuer
    return (
        f"{certificate.subject} (certificate issued by {by}, valid "
        f"{certificate.begins:%Y-%m-%d} to {certificate.ends:%Y-%m-%d})"
    )
