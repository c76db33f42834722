"""Text for a terminal, in lines that hold nothing hostile."""

from __future__ import annotations

import textwrap

from auditor.reporting.printable import printable


def filled(text: str, width: int, first: str, rest: str) -> list[str]:
    """*text*, made harmless, in lines of at most *width* that begin with *first*, then *rest*."""
    return textwrap.wrap(
        printable(text),
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
    )
