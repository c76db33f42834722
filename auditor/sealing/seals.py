"""The seals on a PDF: whether they hold, and who made them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import parser, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    async_validate_pdf_signature,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints

from auditor.errors import BundleError
from auditor.sealing import stamps
from auditor.sealing.judged import Signatory, context, signatory
from auditor.sealing.stamps import Stamp

# It reports on its own what we report in our words.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL + 1)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL + 1)

BROKEN = (PdfError, CMSExtractionError, ArithmeticError, AssertionError, AttributeError,
          LookupError, NotImplementedError, OSError, RecursionError, TypeError,
          ValueError)  # fmt: skip
"""What a file that was altered or made up may raise in whoever reads it."""

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
        found = [_judged(one, anchors, one is embedded[-1]) for one in embedded]
    except BROKEN as error:
        raise BundleError(f"{called}: the seal does not hold: {_line(error)}") from None
    seals = [seal for seal in found if seal is not None]
    if len(seals) < len(found):
        raise BundleError(
            f"{called}: the seal does not hold: the file was altered after it was sealed"
        )
    return seals


def _judged(
    embedded: EmbeddedPdfSignature, anchors: Sequence[x509.Certificate], is_last: bool
) -> Seal | None:
    """The seal; None when it does not hold."""
    if not _padded_with_nothing(embedded.pkcs7_content):
        return None
    status = asyncio.run(_validated(embedded, anchors, None))
    stamp = None
    if status.timestamp_validity is not None:
        stamp = stamps.judged(status.timestamp_validity)
        if stamp is None:
            return None
        if stamp.authority.anchor:
            status = asyncio.run(_validated(embedded, anchors, stamp.time))
    if not (status.intact and status.valid and _unchanged_since(status, is_last)):
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
    )


def _unchanged_since(status: PdfSignatureStatus, is_last: bool) -> bool:
    """Whether every byte is under the seal or, when others followed, only they were added."""
    if is_last:
        return status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    level = status.modification_level
    return bool(status.docmdp_ok) and level is not None and level <= ModificationLevel.FORM_FILLING


def _padded_with_nothing(contents: bytes) -> bool:
    """Whether nothing is hidden behind the signature, in the place that was kept for it."""
    return not any(contents[parser.peek(contents) :])


def _line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
