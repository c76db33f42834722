"""The compiled catalogue, kept by digest: reading the YAML is what costs."""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Callable

from auditor.catalogue.catalogue import Catalogue
from auditor.kept import Shelf
from auditor.unswept import unswept

_SHELF = Shelf("catalogue-*.pickle", most=8)
"""Whoever edits rules makes one with every change."""


def cached(key: str, compile_: Callable[[], Catalogue]) -> Catalogue:
    """The catalogue compiled under *key*, or what *compile_* makes, which is then kept.

    *key* must change with the rule files and with the code that reads them.
    """
    body = _SHELF.read(key)
    if body is not None:
        with contextlib.suppress(Exception), unswept():
            kept = pickle.loads(body)  # noqa: S301 - our own file, see `kept`
            if isinstance(kept, Catalogue):
                return kept
    catalogue = compile_()
    _SHELF.write(key, pickle.dumps(catalogue, protocol=pickle.HIGHEST_PROTOCOL))
    return catalogue
