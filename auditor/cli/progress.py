"""A progress line on stderr: rewritten on a terminal, a few plain lines elsewhere."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

from auditor.cli.streams import is_terminal, silence

_INTERVAL = 0.1
"""Seconds between two drawings."""

_CLEAR = "\r\x1b[2K"
_COLUMNS = 80


class Progress:
    """Says what is being done.  Nothing at all when *quiet*."""

    def __init__(self, quiet: bool, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._quiet = quiet
        self._terminal = is_terminal(self._stream)
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
        if self._open:
            self._open = False
            self._write(_CLEAR)

    def step(self, sentence: str) -> None:
        """Begin something: always shown."""
        if self._quiet:
            return
        if self._terminal:
            self._draw(sentence)
        else:
            self._write(sentence + "\n")

    def update(self, sentence: Callable[[], str]) -> None:
        """Redraw the line, on a terminal, a few times a second at most."""
        now = time.monotonic()
        if self._quiet or not self._terminal or now - self._drawn < _INTERVAL:
            return
        self._draw(sentence())

    def _draw(self, sentence: str) -> None:
        self._drawn = time.monotonic()
        self._open = True
        # A line that wraps cannot be cleared any more.
        self._write(_CLEAR + sentence[: self._columns() - 1])

    def _columns(self) -> int:
        try:
            return os.get_terminal_size(self._stream.fileno()).columns or _COLUMNS
        except (OSError, ValueError):
            return _COLUMNS

    def _write(self, text: str) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._quiet = True
            silence(self._stream)
