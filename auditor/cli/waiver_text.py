"""Add an item to a list in YAML, leaving what its author wrote as it is."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

_EMPTY = "waivers:\n"


def added(text: str, fields: Mapping[str, object]) -> str:
    """*text*, a file of waivers or nothing, with an item of *fields* after its last.

    Comments stay, and the item is indented as those before it.  Where the list
    is not the last thing in the file, or is written between brackets, the
    result holds something else than what was asked: whoever calls must compare.
    """
    import yaml

    item = yaml.safe_dump(
        [dict(fields)], allow_unicode=True, sort_keys=False, width=96, default_flow_style=False
    )
    if not text.strip():
        text = _EMPTY
    if not text.endswith("\n"):
        text += "\n"
    return text + textwrap.indent(item, " " * _indentation(text))


def _indentation(text: str) -> int:
    """The column of the items of the last list in *text*; two where there is none."""
    columns = [
        len(line) - len(line.lstrip(" "))
        for line in text.splitlines()
        if line.lstrip().startswith("- ")
    ]
    return min(columns, default=2)
