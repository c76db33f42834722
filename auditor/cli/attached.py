"""What a PDF report carries: its bundle and its assessment."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import BundleError

BUNDLE = "bundle.zip"
ASSESSMENT = "assessment.json"
WAIVERS = "waivers.applied.yaml"
"""Not the name under which people keep theirs: a copy must never replace it."""
_MAGIC = b"%PDF-"
_WITHIN = 1024
"""Bytes in which a reader of PDF looks for the magic."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The attachments of a report.

    Attributes:
        bundle: A zip archive.
        assessment: The `assessment.json` it was laid out from.
        language: Of its pages, as it says.
        waivers: The file of waivers it was made with; None when there was none.
    """

    bundle: bytes
    assessment: bytes
    language: str
    waivers: bytes | None = None


def is_pdf(content: bytes) -> bool:
    """Whether *content* is that of a PDF."""
    return _MAGIC in content[:_WITHIN]


def read(content: bytes, path: Path) -> Attached:
    """What the PDF *content*, read from *path*, carries.

    Raises:
        BundleError: It cannot be read, or is no report of ours.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # It warns of every flaw that it can mend; we say what counts ourselves.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        carried = {
            name: reader.attachments[name][0]
            for name in (BUNDLE, ASSESSMENT, WAIVERS)
            if name in reader.attachments
        }
        language = str(reader.root_object.get("/Lang", ""))
    except (PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, OSError,
            RecursionError, TypeError, ValueError) as error:  # fmt: skip
        raise BundleError(f"{path} is not a whole PDF: {error}") from None
    for name in (BUNDLE, ASSESSMENT):
        if name not in carried:
            raise BundleError(f"{path} carries no {name}: it is no report of the auditor")
    return Attached(carried[BUNDLE], carried[ASSESSMENT], language, carried.get(WAIVERS))
