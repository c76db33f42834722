"""Sealing a report: a PAdES signature (ETSI EN 319 142-1) that permits no change.

Level B-B, or B-T with a time-stamp.  The seal is an incremental update: the report stands
in front of it byte for byte, so that its pages can still be compared with the evidence, and
it stays PDF/A-3 and PDF/UA.
"""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import Final

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import TimeStamper

from auditor.errors import OutputError
from auditor.sealing.authority import ALGORITHM

_FIELD: Final = "Seal"
_TOKEN: Final = 12 * 2**10
"""Bytes kept free for a time-stamp.  To ask the authority how long its tokens are would be to
ask it twice, and some count."""


class Update(IncrementalPdfFileWriter):
    """Adds the seal, and changes nothing else."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Leave the version: PDF/A-3 is PDF 1.7, whatever the signature would like it to be."""

    def _update_meta(self) -> None:
        """Leave title, producer and dates: they are the report's."""


def seal(report: bytes, signer: Signer, authority: TimeStamper | None) -> bytes:
    """*report*, a PDF that carries no seal, sealed by *signer* and time-stamped by *authority*.

    Raises:
        IncompleteError: The authority gives no time-stamp (see `Authority`).
        OutputError: The key does not sign.
    """
    metadata = PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm=ALGORITHM,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    try:
        sealed = PdfSigner(metadata, signer, timestamper=authority).sign_pdf(
            Update(BytesIO(report)), bytes_reserved=_room(signer) if authority else None
        )
    except (SigningError, PdfError) as error:
        raise OutputError(f"the report cannot be sealed: {error}") from None
    return bytes(sealed.getvalue())


def _room(signer: Signer) -> int:
    """Hexadecimal digits for the signature and its time-stamp."""
    digest = bytes(32)
    trial = asyncio.run(signer.async_sign(digest, ALGORITHM, dry_run=True, use_pades=True))
    return 2 * (len(trial.dump()) + _TOKEN)
