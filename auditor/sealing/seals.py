"""The seals on a PDF: whether they hold, and who made them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import parser, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    async_validate_pdf_signature,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints

from auditor.errors import BundleError
from auditor.sealing import stamps
from auditor.sealing.additions import BROKEN, seals_only
from auditor.sealing.judged import Signatory, context, signatory
from auditor.sealing.stamps import Stamp

_USAGE = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature on a PDF that holds: nothing was changed since.

    Attributes:
        signer: Who made it.
        forbids_changes: Whether it certifies the document and permits no change (DocMDP 1).
        claimed: When it was made, by the signer's own clock; None when it does not say.
        stamp: When it existed, by the clock of an authority; None when there is none.
    """

    signer: Signatory
    forbids_changes: bool
    claimed: datetime | None
    stamp: Stamp | None


def read(content: bytes, called: str, anchors: Sequence[x509.Certificate] = ()) -> list[Seal]:
    """The seals on the PDF *content*, in the order in which they were made.

    The certificate of a signer is judged as of the time-stamp when its authority is
    trusted, and as of now otherwise.

    Raises:
        BundleError: A seal does not hold; *called* so in the message.
    """
    try:
        embedded = PdfFileReader(BytesIO(content)).embedded_regular_signatures
        found = [
            _judged(one, anchors) if _covers_all(one, one is embedded[-1]) else None
            for one in embedded
        ]
    except BROKEN as error:
        raise BundleError(f"{called}: the seal does not hold: {_line(error)}") from None
    seals = [seal for seal in found if seal is not None]
    if len(seals) < len(found):
        raise BundleError(
            f"{called}: the seal does not hold: the file was altered after it was sealed"
        )
    return seals


def _judged(embedded: EmbeddedPdfSignature, anchors: Sequence[x509.Certificate]) -> Seal | None:
    """The seal; None when it does not hold."""
    status = asyncio.run(_validated(embedded, anchors, None))
    stamp = None
    if status.timestamp_validity is not None:
        stamp = stamps.judged(status.timestamp_validity)
        if stamp is None:
            return None
        if stamp.authority.anchor:
            status = asyncio.run(_validated(embedded, anchors, stamp.time))
    if not (status.intact and status.valid):
        return None
    return Seal(
        signer=signatory(status),
        forbids_changes=embedded.docmdp_level is MDPPerm.NO_CHANGES,
        claimed=status.signer_reported_dt,
        stamp=stamp,
    )


async def _validated(
    embedded: EmbeddedPdfSignature, anchors: Sequence[x509.Certificate], moment: datetime | None
) -> PdfSignatureStatus:
    return await async_validate_pdf_signature(
        embedded,
        signer_validation_context=context(anchors, moment),
        ts_validation_context=context(anchors),
        key_usage_settings=_USAGE,
        skip_diff=True,
    )


def _covers_all(embedded: EmbeddedPdfSignature, is_last: bool) -> bool:
    """Whether every byte is under the seal or, when others followed, only they were added."""
    contents = embedded.pkcs7_content
    if any(contents[parser.peek(contents) :]):
        # Something is hidden behind the signature, in the place that was kept for it.
        return False
    embedded.compute_integrity_info(skip_diff=True)
    if is_last:
        return embedded.coverage is SignatureCoverageLevel.ENTIRE_FILE
    last = embedded.reader.xrefs.total_revisions - 1
    return (
        embedded.coverage is SignatureCoverageLevel.ENTIRE_REVISION
        and embedded.docmdp_level is not MDPPerm.NO_CHANGES
        and seals_only(embedded.reader, embedded.signed_revision, last)
    )


def _line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
