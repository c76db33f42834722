"""An assessment that somebody kept: a file, the directory of an audit, or a PDF report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.cli import attached
from auditor.cli.bundles import AUDITED, MANIFEST
from auditor.errors import UsageError

if TYPE_CHECKING:
    from auditor.network.bundle import Bundle

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """An assessment, with what lies beside it.

    Attributes:
        called: How messages name it.
        document: The `assessment.json`.
        bundle: The evidence it was made from, checked; None when it is not there.
        waivers: The file of waivers it was made with; None when it is not there.
        note: Why the evidence that is there was left aside; empty when it was not.
    """

    called: str
    document: Json
    bundle: Bundle | None = None
    waivers: bytes | None = None
    note: str = ""


def read(path: Path) -> Json:
    """The assessment at *path*, without what lies beside it.

    Raises:
        UsageError: There is none, or of another format.
        BundleError: It is a PDF that is no report of ours.
    """
    file = _file(path)
    content = _content(file)
    if attached.is_pdf(content):
        content = attached.read(content, file).assessment
    return _document(content, file)


def opened(path: Path) -> Kept:
    """The assessment at *path*, with the evidence that goes with it.

    Raises:
        UsageError: There is none, or of another format.
        BundleError: The evidence is altered or truncated.
    """
    from auditor.network import bundle

    file = _file(path)
    content = _content(file)
    if attached.is_pdf(content):
        carried = attached.read(content, file)
        kept = bundle.read_archive(carried.bundle, f"{path} ({attached.BUNDLE})")
        return _matched(path, _document(carried.assessment, file), kept, carried.waivers)
    beside, borne = file.parent / AUDITED, file.parent / attached.WAIVERS
    return _matched(
        path,
        _document(content, file),
        bundle.read(beside) if (beside / MANIFEST).is_file() else None,
        _content(borne) if borne.is_file() else None,
    )


def _matched(path: Path, document: Json, bundle: Bundle | None, waivers: bytes | None) -> Kept:
    """The evidence that lies beside a document need not be its own."""
    if bundle is None or bundle.digest == document["digests"]["bundle"]:
        return Kept(str(path), document, bundle, waivers)
    note = f"{path}: the bundle beside it is not the one that it was made from; left aside"
    return Kept(str(path), document, None, waivers, note)


def _file(path: Path) -> Path:
    return path / attached.ASSESSMENT if path.is_dir() else path


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from None


def _document(content: bytes, file: Path) -> Json:
    """*content* as an assessment of the format that we write; only its outline is checked."""
    from auditor.model.assessment import FORMAT

    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file} is no assessment: {error}") from None
    number = document.get("format") if isinstance(document, dict) else None
    if number != FORMAT:
        raise UsageError(
            f"{file} is no assessment of format {FORMAT}, which this auditor reads; "
            "make it again with `auditor report`"
        )
    return dict(document)
