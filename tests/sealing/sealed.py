"""Sealing, and other things that a signer may do, in a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper

from auditor.sealing import document, signers
from auditor.sealing.certificates import anchors
from tests.sealing import certified
from tests.sealing.certified import PASSWORD, Holder


def seal(report: bytes, holder: Holder, authority: TimeStamper | None = None) -> bytes:
    """*report*, sealed by *holder* as the program does."""
    return document.seal(report, _opened(holder), authority)


def signed_otherwise(
    report: bytes,
    holder: Holder,
    change: Callable[[IncrementalPdfFileWriter], None] = lambda _: None,
    box: tuple[int, int, int, int] | None = None,
    field: str = "First",
) -> bytes:
    """*report* changed and signed in one stroke by another program; in a *box* that is seen."""
    writer = document.Update(BytesIO(report))
    change(writer)
    if box is not None:
        append_signature_field(writer, SigFieldSpec(field, box=box))
    metadata = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
    signed: Any = PdfSigner(metadata, _opened(holder)).sign_pdf(writer)
    return bytes(signed.getvalue())


def appended(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """*content* with an incremental update that makes *change*."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def authority_of_then(root: Holder, moment: datetime) -> TimeStamper:
    """A time-stamp authority below *root* whose clock stands at *moment*."""
    holder: Any = _opened(certified.time_stamper(root))
    return DummyTimeStamper(holder.signing_cert, holder.signing_key, fixed_dt=moment)


def trusting(holder: Holder) -> tuple[x509.Certificate, ...]:
    """The certificate of *holder*, as what `--trust` names."""
    return anchors(holder.pem(), "trusted.pem")


def _opened(holder: Holder) -> Any:
    return signers.from_file(holder.pkcs12(), PASSWORD, "me.p12")
