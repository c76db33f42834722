"""Time-stamps (RFC 3161): what existed, as it is, at a moment that an authority vouches for."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, tsp, x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus

from auditor.errors import BundleError
from auditor.sealing.judged import Signatory, context, signatory


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time-stamp that holds: the authority's signature is whole, and is about what it goes with.

    Attributes:
        time: By the authority's clock, UTC.
        authority: Who signed.
    """

    time: datetime
    authority: Signatory


def read(
    response: bytes, content: bytes, called: str, anchors: Sequence[x509.Certificate] = ()
) -> Stamp:
    """The time-stamp over *content* in *response*, a `TimeStampResp` in DER.

    Raises:
        BundleError: It does not hold; *called* so in the message.
    """
    try:
        token = tsp.TimeStampResp.load(response, strict=True)["time_stamp_token"]
        status = asyncio.run(_validated(token["content"], content, anchors))
        stamp = judged(status)
    except (SignatureValidationError, AttributeError, KeyError, TypeError, ValueError):
        raise BundleError(f"{called} is no time-stamp (RFC 3161)") from None
    if stamp is None:
        raise BundleError(f"{called} is no time-stamp of what it goes with: one was altered")
    return stamp


def judged(status: TimestampSignatureStatus) -> Stamp | None:
    """The time-stamp that *status* is about; None when it does not hold."""
    if not (status.intact and status.valid):
        return None
    return Stamp(status.timestamp, signatory(status))


async def _validated(
    signed: cms.SignedData, content: bytes, anchors: Sequence[x509.Certificate]
) -> TimestampSignatureStatus:
    told = await validate_tst_signed_data(signed, context(anchors), _digest(content))
    return TimestampSignatureStatus(**told)


def _digest(content: bytes) -> Callable[[str], bytes]:
    return lambda algorithm: hashlib.new(algorithm, content).digest()
