"""Whose name a name is: registrable domains, by the public suffix list."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from auditor.model.subject import is_under

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


@lru_cache(maxsize=65_536)
def registrable(name: str) -> str:
    """The registrable domain of *name*; *name* itself when it is a public suffix or has none."""
    found: str | None = _suffixes().privatesuffix(name)
    return found or name


def is_own(name: str, domain: str) -> bool:
    """Whether *name* lies in the same registrable domain as *domain*."""
    return is_under(name, registrable(domain))
