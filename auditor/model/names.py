"""Whose name a name is: registrable domains, by the public suffix list."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.kept import Shelf
from auditor.model.subject import is_under

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


_SHELF = Shelf("suffixes-*.pickle", most=2)
"""To parse the list takes twenty times as long as to read what was made of it."""


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PSLFILE, PublicSuffixList, __version__

    key = f"{__version__} {hashlib.sha256(Path(PSLFILE).read_bytes()).hexdigest()}"
    return _SHELF.object(key, PublicSuffixList, PublicSuffixList)


@lru_cache(maxsize=65_536)
def registrable(name: str) -> str:
    """The registrable domain of *name*; *name* itself when it is a public suffix or has none."""
    found: str | None = _suffixes().privatesuffix(name)
    return found or name


def is_own(name: str, domain: str) -> bool:
    """Whether *name* lies in the same registrable domain as *domain*."""
    return is_under(name, registrable(domain))
