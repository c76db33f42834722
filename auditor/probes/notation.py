"""Text from the wire, written so that it can be printed anywhere."""

from __future__ import annotations

from auditor.settings import INTERACTIVE


def readable(content: bytes, limit: int = INTERACTIVE.text_shown) -> str:
    """*content* as text of at most *limit* characters, and an ellipsis if there is more.

    What is no UTF-8 and what does not print (controls, escapes, marks that
    turn the direction of writing) is written `\\DDD`, byte by byte
    (RFC 1035, section 5.1).
    """
    # Four bytes are the longest character; more than that is never looked at.
    text = content[: 4 * limit].decode("utf-8", "surrogateescape")
    if not (text.isascii() and text.isprintable()):
        text = "".join(
            character if character.isprintable() else _escaped(character) for character in text
        )
    return text if len(text) <= limit and len(content) <= 4 * limit else text[: limit - 1] + "…"


def quoted(text: str) -> str:
    """*text* in quotation marks, as in a zone file."""
    return '"' + text.replace('"', '\\"') + '"'


def _escaped(character: str) -> str:
    return "".join(f"\\{code:03d}" for code in character.encode("utf-8", "surrogateescape"))
