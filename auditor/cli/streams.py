"""What we say and where: results on stdout, everything else on stderr.

Whoever reads us may stop reading: a closed pipe costs the reader a sentence, and
never the work.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click

_LONGEST = 20_000
"""Characters of one message."""


def prepare() -> None:
    """Let a terminal that lacks a character show another one instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace" if stream is sys.stdout else "backslashreplace")


def tell(text: str = "", *, color: bool | None = None) -> None:
    """Say *text* on stderr, whether or not anybody listens.

    With *color* its colours are kept, whatever stderr is.
    """
    try:
        click.echo(text, err=True, color=color)
    except (OSError, ValueError):
        silence(sys.stderr)


def complain(text: str) -> None:
    """Say what is wrong, each line made harmless: it may quote what somebody else wrote."""
    from auditor.reporting.printable import printable

    tell("auditor: " + "\n".join(printable(line, longest=_LONGEST) for line in text.splitlines()))


def silence(stream: TextIO | None) -> None:
    """Turn *stream*, which nobody reads any more, to nowhere; else the exit would fail."""
    try:
        descriptor = stream.fileno() if stream is not None else None
    except (OSError, ValueError):
        return
    if descriptor is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, descriptor)
        os.close(nowhere)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether *stream* can rewrite a line."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def coloured(choice: str, stream: TextIO | None) -> bool:
    """Whether to colour what goes to *stream*: `always`, `never`, or as the environment says.

    NO_COLOR wins over FORCE_COLOR, and either over what the stream is; click heeds neither.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(stream)
