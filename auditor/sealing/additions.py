"""What was added to a report after it was laid out: a seal, or more than that?

A signer may put more than a seal under a signature: other pages, other evidence, a picture
over a verdict.  The signature would hold all the same.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils.generic import IndirectObject, Reference
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.general import CMSExtractionError

BROKEN: Final = (
    PdfError, CMSExtractionError, ArithmeticError, AssertionError, AttributeError, LookupError,
    NotImplementedError, OSError, RecursionError, TypeError, ValueError, zlib.error,
)  # fmt: skip
"""What a file that was altered or made up may raise in whoever reads it."""

_ROOT: Final = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Perms", "/Version"})
"""Entries of the catalogue that a signature may add (ISO 32000-2, 12.8); none is shown."""

_FORM: Final = frozenset({"/Fields", "/SigFlags"})
_WIDGET: Final = frozenset(
    {"/Type", "/Subtype", "/FT", "/T", "/V", "/F", "/Rect", "/P", "/Lock", "/SV"}
)
"""Entries of a signature field that is not seen and does nothing."""


def are_seals_only(sealed: bytes, report: bytes) -> bool:
    """Whether *sealed*, a PDF that begins with *report*, shows the same with a seal on it."""
    try:
        reader = PdfFileReader(BytesIO(sealed))
        before = PdfFileReader(BytesIO(report)).xrefs
        base = before.total_revisions - 1
        last = reader.xrefs.total_revisions - 1
        # The report must be what later revisions change, not dead bytes in front of them.
        at = reader.xrefs.get_startxref_for_revision(base) if base < last else -1
        if at != before.get_startxref_for_revision(base):
            return False
        return seals_only(reader, base, last)
    except BROKEN:
        return False


def seals_only(reader: PdfFileReader, base: int, last: int) -> bool:
    """Whether the revisions of a PDF after *base*, to *last*, added seals and nothing else."""
    old, new = reader.get_historical_resolver(base), reader.get_historical_resolver(last)
    changed: set[Reference] = set()
    for revision in range(base + 1, last + 1):
        there = reader.get_historical_resolver(revision)
        if there.refs_freed_in_revision():
            return False
        changed |= there.explicit_refs_in_revision()
    # What is new is seen only through what was there: the trailer, and objects that changed.
    return (
        _target(old.trailer_view, "/Root") == _target(new.trailer_view, "/Root")
        and _target(old.trailer_view, "/Info") == _target(new.trailer_view, "/Info")
        and "/Encrypt" not in new.trailer_view
        and _is_form_of_seals(new.root)
        and all(_is_sealed(ref, old, new) for ref in changed if not old.is_ref_unassignable(ref))
    )


def _is_sealed(ref: Reference, old: HistoricalResolver, new: HistoricalResolver) -> bool:
    """Whether the object *ref* is what it was, with a seal on it."""
    was, now = old(ref), new(ref)
    if ref == old.root_ref:
        return _same(was, now, _ROOT)
    if _is_form(ref, new):
        return _raw(now["/Fields"])[: len(was["/Fields"])] == _raw(was["/Fields"])
    if isinstance(was, dict) and was.get("/Type") == "/Page":
        before, after = was.get("/Annots", ()), now.get("/Annots", ())
        return (
            _same(was, now, frozenset({"/Annots"}))
            and _raw(after)[: len(before)] == _raw(before)
            and all(_is_seal(after[index]) for index in range(len(before), len(after)))
        )
    return False


def _is_form(ref: Reference, new: HistoricalResolver) -> bool:
    """Whether *ref* is the form, of which `_is_form_of_seals` knows what may stand in it."""
    form = new.root.raw_get("/AcroForm")
    return isinstance(form, IndirectObject) and form.reference == ref


def _is_form_of_seals(root: Any) -> bool:
    form = root["/AcroForm"]
    fields = form["/Fields"]
    return form.keys() <= _FORM and all(_is_seal(fields[index]) for index in range(len(fields)))


def _is_seal(annotation: Any) -> bool:
    """Whether *annotation* is the field of a signature that is not seen and does nothing."""
    left, bottom, right, top = annotation["/Rect"]
    is_seen = left != right and bottom != top
    return bool(annotation.get("/FT") == "/Sig" and annotation.keys() <= _WIDGET and not is_seen)


def _same(was: Any, now: Any, but: frozenset[str]) -> bool:
    """Whether two dictionaries have the same entries, as they are written, *but* for some."""
    keys = (was.keys() | now.keys()) - but
    return all(key in was and key in now and was.raw_get(key) == now.raw_get(key) for key in keys)


def _raw(array: Any) -> list[Any]:
    """The items of *array* as they are written: references."""
    return [array.raw_get(index) for index in range(len(array))]


def _target(trailer: Any, key: str) -> IndirectObject | None:
    """Where an entry of the trailer leads."""
    target: IndirectObject | None = trailer.raw_get(key) if key in trailer else None
    return target
