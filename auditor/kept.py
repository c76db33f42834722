"""What is made once and read again by the next command, in the user's own cache directory.

What is read back is code as much as data, so a file is believed only when it is
ours: in our own cache directory, owned by the user who runs us, writable by
nobody else, and unbroken.  A cache that cannot be read or written costs time,
never the work.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from auditor.unswept import unswept

_Kind = TypeVar("_Kind")
_DIGEST = hashlib.sha256().digest_size


def directory() -> Path:
    """Where it is kept: the user's own cache directory (XDG)."""
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # The specification has a relative path ignored.
    return (base if base.is_absolute() else Path.home() / ".cache") / "auditor"


def ours(status: os.stat_result) -> bool:
    """Whether a file or directory is the user's, and nobody else can write it."""
    kind = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return kind and status.st_uid == os.geteuid() and not others


@dataclass(frozen=True, slots=True)
class Shelf:
    """Kept things of one kind.

    Attributes:
        pattern: How their files are called; the star stands for a digest of the key.
        most: How many are kept, the latest.
    """

    pattern: str
    most: int

    def read(self, key: str) -> memoryview | None:
        """What is kept under *key*; None unless it is whole, ours, and of that key."""
        name = _name(key)
        with contextlib.suppress(OSError, RuntimeError):
            place = self._place(name)
            if not ours(os.lstat(place.parent)):
                return None
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
            with os.fdopen(os.open(place, flags), "rb") as file:
                if not ours(os.fstat(file.fileno())):
                    return None
                content = memoryview(file.read())
            head, body = content[: 2 * _DIGEST], content[2 * _DIGEST :]
            # Checked as a whole before any of it is believed: what is unpacked later is sound too.
            if head == name + hashlib.sha256(body).digest():
                return body
        return None

    def write(self, key: str, body: bytes) -> None:
        """Keep *body* under *key*, if that can be done."""
        name = _name(key)
        with contextlib.suppress(OSError, RuntimeError):
            place = self._place(name)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not ours(os.lstat(place.parent)):
                return
            handle, temporary = tempfile.mkstemp(dir=place.parent, prefix="writing-")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(name + hashlib.sha256(body).digest())
                    stream.write(body)
                Path(temporary).replace(place)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
            self._forget_oldest(place.parent)

    def object(self, key: str, kind: type[_Kind], make: Callable[[], _Kind]) -> _Kind:
        """The object kept under *key*, or what *make* makes, which is then kept.

        *key* must change with whatever the object is made from, and with the code that makes it.
        """
        body = self.read(key)
        if body is not None:
            with contextlib.suppress(Exception), unswept():
                found = pickle.loads(body)  # noqa: S301 - our own file, see above
                if isinstance(found, kind):
                    return found
        made = make()
        self.write(key, pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
        return made

    def _place(self, name: bytes) -> Path:
        return directory() / self.pattern.replace("*", name.hex()[:32])

    def _forget_oldest(self, place: Path) -> None:
        files = list(place.glob(self.pattern))
        if len(files) > self.most:
            files.sort(key=lambda file: file.stat().st_mtime, reverse=True)
            for file in files[self.most :]:
                file.unlink(missing_ok=True)


def _name(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
