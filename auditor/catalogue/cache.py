"""The compiled catalogue, kept by digest: reading the YAML is what costs."""

from __future__ import annotations

from collections.abc import Callable

from auditor.catalogue.catalogue import Catalogue
from auditor.kept import Shelf

_SHELF = Shelf("catalogue-*.pickle", most=8)
"""Whoever edits rules makes one with every change."""


def cached(key: str, compile_: Callable[[], Catalogue]) -> Catalogue:
    """The catalogue compiled under *key*, or what *compile_* makes, which is then kept.

    *key* must change with the rule files and with the code that reads them.
    """
    return _SHELF.object(key, Catalogue, compile_)
