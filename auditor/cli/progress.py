"""A progress line on stderr: rewritten on a terminal, a few plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

_INTERVAL = 0.1
"""Seconds between two drawings."""

_CLEAR = "\r\x1b[2K"


class Progress:
    """Says what is being done.  Nothing at all when *quiet*."""

    def __init__(self, quiet: bool, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._quiet = quiet
        self._terminal = self._stream.isatty()
        self._drawn = 0.0
        self._open = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._erase()

    def step(self, sentence: str) -> None:
        """Begin something: always shown."""
        if self._quiet:
            return
        if self._terminal:
            self._draw(sentence)
        else:
            self._stream.write(sentence + "\n")
            self._stream.flush()

    def update(self, sentence: Callable[[], str]) -> None:
        """Redraw the line, on a terminal, a few times a second at most."""
        now = time.monotonic()
        if self._quiet or not self._terminal or now - self._drawn < _INTERVAL:
            return
        self._draw(sentence())

    def _draw(self, sentence: str) -> None:
        self._drawn = time.monotonic()
        self._open = True
        self._stream.write(_CLEAR + sentence[:100])
        self._stream.flush()

    def _erase(self) -> None:
        if self._open:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._open = False
