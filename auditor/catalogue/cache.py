"""The compiled catalogue, kept by digest: reading the YAML is what costs.

What is read back is code as much as data, so a file is believed only when it is
ours: in our own cache directory, owned by the user who runs us, writable by
nobody else, and unbroken.  Anything else is made anew, without a word: a cache
that cannot be read or written costs time, never the audit.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from auditor.catalogue.catalogue import Catalogue
from auditor.unswept import unswept

_PATTERN = "catalogue-*.pickle"
_KEPT = 8
"""Compiled catalogues kept: whoever edits rules makes one with every change."""
_DIGEST = hashlib.sha256().digest_size


def directory() -> Path:
    """Where compiled catalogues are kept: the user's own cache directory (XDG)."""
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # The specification has a relative path ignored.
    return (base if base.is_absolute() else Path.home() / ".cache") / "auditor"


def cached(key: str, compile_: Callable[[], Catalogue]) -> Catalogue:
    """The catalogue compiled under *key*, or what *compile_* makes, which is then kept.

    *key* must change with the rule files and with the code that reads them.
    """
    name = hashlib.sha256(key.encode()).digest()
    place: Path | None = None
    with contextlib.suppress(OSError, RuntimeError):
        place = directory() / _PATTERN.replace("*", name.hex()[:32])
    if place is not None:
        kept = _read(place, name)
        if kept is not None:
            return kept
    catalogue = compile_()
    if place is not None:
        with contextlib.suppress(OSError):
            _write(place, name, catalogue)
    return catalogue


def _read(place: Path, name: bytes) -> Catalogue | None:
    """The catalogue at *place*; None unless it is whole, ours, and the one called *name*."""
    with contextlib.suppress(Exception):
        if not ours(os.lstat(place.parent)):
            return None
        with os.fdopen(os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
            if not ours(os.fstat(file.fileno())):
                return None
            content = memoryview(file.read())
        head, body = content[: 2 * _DIGEST], content[2 * _DIGEST :]
        # Checked as a whole before any of it is believed: what is unpacked later is sound too.
        if head != name + hashlib.sha256(body).digest():
            return None
        with unswept():
            kept = pickle.loads(body)  # noqa: S301 - our own file, see above
        if isinstance(kept, Catalogue):
            return kept
    return None


def ours(status: os.stat_result) -> bool:
    """Whether a file or directory is the user's, and nobody else can write it."""
    kind = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return kind and status.st_uid == os.geteuid() and not others


def _write(place: Path, name: bytes, catalogue: Catalogue) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not ours(os.lstat(place.parent)):
        return
    body = pickle.dumps(catalogue, protocol=pickle.HIGHEST_PROTOCOL)
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix="writing-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(name + hashlib.sha256(body).digest())
            stream.write(body)
        Path(temporary).replace(place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _forget_oldest(place.parent)


def _forget_oldest(place: Path) -> None:
    files = sorted(place.glob(_PATTERN), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[_KEPT:]:
        file.unlink(missing_ok=True)
