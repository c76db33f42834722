"""The compiled catalogue, kept by digest: reading the YAML is what costs."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable
from pathlib import Path

from auditor.catalogue.catalogue import Catalogue


def directory() -> Path:
    """Where compiled catalogues are kept: the user's own cache directory (XDG)."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "auditor"


def cached(key: str, compile_: Callable[[], Catalogue]) -> Catalogue:
    """The catalogue compiled under *key*, or what *compile_* makes, which is then kept.

    *key* must change with the rule files and with the code that reads them.  A
    cache that cannot be read or written costs time, never the audit: the file
    is the user's own, written by us, and holds nothing that `rules/` does not.
    """
    file = directory() / f"catalogue-{hashlib.sha256(key.encode()).hexdigest()[:32]}.pickle"
    with contextlib.suppress(Exception):
        if file.stat().st_uid == os.getuid():
            kept = pickle.loads(file.read_bytes())  # noqa: S301 - our own file, see above
            if isinstance(kept, Catalogue):
                return kept
    catalogue = compile_()
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as stream:
            pickle.dump(catalogue, stream, protocol=pickle.HIGHEST_PROTOCOL)
        Path(temporary).replace(file)
    return catalogue
