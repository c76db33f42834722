"""Writing what was asked and answered, sealed; and reading it back, checked.

A bundle is a directory, or one `.zip` of the same files:

    exchanges.jsonl   one exchange on a line, in the order asked, bytes in base64
    dossier.yaml      what the organisation declared, if it did, byte by byte
    manifest.json     an in-toto statement: the digest of each file, and the circumstances

Beside the manifest may lie a time-stamp of it, which is no part of what it seals:

    manifest.json.tsr   the response of a time-stamp authority (RFC 3161), as it came
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from auditor.errors import BundleError, OutputError
from auditor.model.exchange import Exchange
from auditor.network import manifest
from auditor.network.container import read_directory, read_zip, zipped
from auditor.network.exchange_lines import read_lines, write_lines
from auditor.network.manifest import Circumstances

EXCHANGES: Final = "exchanges.jsonl"
DOSSIER: Final = "dossier.yaml"
MANIFEST: Final = "manifest.json"
TIMESTAMP: Final = f"{MANIFEST}.tsr"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle, as checked.

    Attributes:
        circumstances: Of the recording.
        exchanges: In the order asked.
        dossier: As written; None when there was none.
        digest: SHA-256 of the manifest, hexadecimal: it stands for all the rest.
        files: The bytes of each file by name, the manifest's too.
        timestamp: Of the manifest, unchecked; None when there is none.
    """

    circumstances: Circumstances
    exchanges: tuple[Exchange, ...]
    dossier: bytes | None
    digest: str
    files: dict[str, bytes]
    timestamp: bytes | None = None

    def archive(self) -> bytes:
        """The bundle as a zip archive, less its time-stamp; the same one makes the same bytes."""
        return zipped(self.files, self.circumstances.began)


def write(
    path: Path,
    circumstances: Circumstances,
    exchanges: Iterable[Exchange],
    dossier: bytes | None = None,
) -> None:
    """Write a bundle as the directory *path*, or as one file when its name ends in `.zip`.

    A bundle that was there is replaced.  Nothing unfinished ever stands under
    the name *path*.

    Raises:
        OutputError: It cannot be written, or what is there is no bundle.
    """
    files = {EXCHANGES: write_lines(exchanges)}
    if dossier is not None:
        files[DOSSIER] = dossier
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    files[MANIFEST] = manifest.compose(circumstances, digests)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            if path.suffix == ".zip":
                aside.write_bytes(zipped(files, circumstances.began))
                aside.replace(path)
            else:
                _write_directory(path, aside, files)
        finally:
            _remove(aside)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None


def read(path: Path) -> Bundle:
    """Read and check the bundle at *path*, a directory or a `.zip`.

    Raises:
        BundleError: It is missing, altered, truncated, or in a format we do not know.
    """
    if path.is_dir():
        return _checked(read_directory(path), str(path))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BundleError(f"{path} cannot be read: {error.strerror}") from None
    return read_archive(content, str(path))


def read_archive(content: bytes, called: str) -> Bundle:
    """Read and check a bundle from the bytes of a zip archive, *called* so in messages.

    Raises:
        BundleError: As `read`.
    """
    return _checked(read_zip(content, called), called)


def add_timestamp(path: Path, kept: Bundle, timestamp: bytes) -> Path:
    """Put *timestamp* beside the manifest of the bundle *kept*, which was read from *path*.

    Returns:
        The file that was written: *path* itself when it is an archive.

    Raises:
        OutputError: It cannot be written; then nothing has changed.
    """
    is_directory = path.is_dir()
    file = path / TIMESTAMP if is_directory else path
    content = timestamp
    if not is_directory:
        content = zipped({**kept.files, TIMESTAMP: timestamp}, kept.circumstances.began)
    aside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        try:
            aside.write_bytes(content)
            aside.replace(file)
        finally:
            _remove(aside)
    except OSError as error:
        raise OutputError(f"{file} cannot be written: {error.strerror or error}") from None
    return file


def _checked(files: dict[str, bytes], called: str) -> Bundle:
    if MANIFEST not in files:
        raise BundleError(f"{called} is not a bundle: it has no {MANIFEST}")
    timestamp = files.pop(TIMESTAMP, None)
    circumstances, digests = manifest.read(files[MANIFEST])
    if EXCHANGES not in digests or not digests.keys() <= {EXCHANGES, DOSSIER}:
        raise BundleError(f"{called}: the manifest describes other files than a bundle has")
    for name in sorted(files.keys() | digests.keys()):
        if name == MANIFEST:
            continue
        if name not in files:
            raise BundleError(f"{called}: {name} is missing")
        if name not in digests:
            raise BundleError(f"{called}: {name} was added; its manifest does not describe it")
        if hashlib.sha256(files[name]).hexdigest() != digests[name]:
            raise BundleError(
                f"{called}: {name} is not the file that its manifest describes; the bundle was "
                "altered or cut short, and proves nothing"
            )
    return Bundle(
        circumstances,
        read_lines(files[EXCHANGES]),
        files.get(DOSSIER),
        hashlib.sha256(files[MANIFEST]).hexdigest(),
        files,
        timestamp,
    )


def _write_directory(path: Path, aside: Path, files: dict[str, bytes]) -> None:
    """Write *files* to the directory *aside*, then let it take the place of *path*."""
    if path.exists() and not (path / MANIFEST).is_file() and any(path.iterdir()):
        raise OutputError(f"{path} holds other things than a bundle; give another directory")
    aside.mkdir()
    for name, content in files.items():
        (aside / name).write_bytes(content)
    if path.exists():
        before = path.with_name(f"{aside.name}.before")
        path.replace(before)
        aside.replace(path)
        _remove(before)
    else:
        aside.replace(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
