"""The files of a bundle, in a directory or in a zip archive that may mean harm."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from auditor.errors import BundleError

_LARGEST: Final = 2**30
"""Bytes of one file of a bundle; a larger one is no work of ours."""

_MOST: Final = 64
_FIRST_YEAR: Final = 1980
"""Of the zip format."""


def read_directory(path: Path) -> dict[str, bytes]:
    """The files in the directory *path*, by name; hidden ones are not ours.

    Raises:
        BundleError: It holds something else than files, or cannot be read.
    """
    try:
        entries = sorted(entry for entry in path.iterdir() if not entry.name.startswith("."))
        for entry in entries[:_MOST]:
            if not entry.is_file() or entry.stat().st_size > _LARGEST:
                raise BundleError(f"{entry} is not a file of a bundle")
        return {entry.name: entry.read_bytes() for entry in entries[:_MOST]}
    except OSError as error:
        raise BundleError(f"{path} cannot be read: {error.strerror}") from None


def read_zip(content: bytes, called: str) -> dict[str, bytes]:
    """The files in a zip archive, by name; nothing is written anywhere.

    Raises:
        BundleError: It is no archive, or one that no bundle is.
    """
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist()[:_MOST]:
                if entry.filename in files or "/" in entry.filename or "\\" in entry.filename:
                    raise BundleError(f"{called}: {entry.filename!r} has no place in a bundle")
                with archive.open(entry) as file:
                    files[entry.filename] = file.read(_LARGEST + 1)
                if len(files[entry.filename]) > _LARGEST:
                    raise BundleError(f"{called}: {entry.filename!r} is larger than a bundle is")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError,
            ValueError) as error:  # fmt: skip
        raise BundleError(f"{called} is not a whole zip archive: {error}") from None
    return files


def zipped(files: Mapping[str, bytes], moment: datetime) -> bytes:
    """An archive of *files*, dated *moment*; the same files make the same bytes."""
    moment = moment.astimezone(UTC)
    stamp = (max(moment.year, _FIRST_YEAR), *moment.timetuple()[1:6])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()
