"""Making many objects at once, of which none is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 1_000_000
"""Objects between two searches in a process of one task: some 100 MiB if all were garbage."""


@contextmanager
def unswept() -> Iterator[None]:
    """No search for garbage meanwhile: each would go through everything made so far."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def seldom_swept() -> Iterator[None]:
    """The whole of a process that does one thing and ends.

    Garbage is searched for seldom, and not once more at the end: the system
    takes everything back at once.
    """
    gc.set_threshold(_MANY)
    try:
        yield
    finally:
        gc.freeze()
