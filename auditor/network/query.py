"""Building DNS queries: from a template, with a name that an off-path attacker cannot guess."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Final

from auditor.network.wire import TYPES

PAYLOAD: Final = 1232
"""Largest UDP reply we accept, in bytes: what passes unfragmented (DNS Flag Day 2020)."""

# Recursion desired, and AD: tell us whether you validated (RFC 6840, section 5.7).
# One question, one additional record.
_HEAD: Final = b"\x01\x20\0\x01\0\0\0\0\0\x01"
# OPT (RFC 6891): root, type 41, payload size, no flags: DO would only add signatures that nobody
# here checks.
_TAIL: Final = b"\0\0\x29" + PAYLOAD.to_bytes(2, "big") + b"\0\0\0\0\0\0"
_ALLOWED: Final = b"!#%&'*+,-./0123456789:<=>?[]^_`abcdefghijklmnopqrstuvwxyz{|}~"
_LENGTHS: Final = {length: bytes([length]) for length in range(1, 64)}
_LONGEST: Final = 254
_CASE_BITS: Final = bytes(0x20 if chr(code).isalpha() and code < 0x80 else 0 for code in range(256))
_TYPE_AND_CLASS: Final = {
    rdtype: code.to_bytes(2, "big") + b"\0\x01" for rdtype, code in TYPES.items()
}
_POOL: Final = 8192
_number: Final = int.from_bytes


@lru_cache(maxsize=16384)
def encode_name(name: str) -> bytes:
    """*name*, lower-case presentation format without escapes, as on the wire.

    Each name is looked at when the question is made, and again when it is put; and the
    names of one audit are a few dozen labels over one domain, so that both halves of a
    new one are mostly known.

    Raises:
        ValueError: An empty or overlong label, or a byte that would need an escape.
    """
    if name == ".":
        return b"\0"
    label, dot, parent = name.partition(".")
    wire = _labels(label) + _labels(parent) if dot else _labels(label)
    if len(wire) > _LONGEST:
        raise ValueError(f"{name!r} cannot be asked for in the DNS")
    return wire + b"\0"


@lru_cache(maxsize=16384)
def _labels(text: str) -> bytes:
    """The labels of *text*, without the root that ends a name.

    Raises:
        ValueError: As `encode_name`.
    """
    try:
        octets = text.encode("ascii")
        wire = b"".join([_LENGTHS[len(label)] + label for label in octets.split(b".")])
    except (UnicodeEncodeError, KeyError):
        raise ValueError(f"{text!r} is not a name of the DNS") from None
    if octets.translate(None, _ALLOWED):
        raise ValueError(f"{text!r} cannot be asked for in the DNS")
    return wire


class Dice:
    """Unpredictable bytes, fetched from the system a block at a time."""

    __slots__ = ("_at", "_block")

    def __init__(self) -> None:
        self._block = b""
        self._at = _POOL

    def throw(self, count: int) -> bytes:
        """*count* bytes, at most 512."""
        start, end = self._at, self._at + count
        if end > _POOL:
            self._block = os.urandom(_POOL)
            start, end = 0, count
        self._at = end
        return self._block[start:end]


def question_section(name: str, rdtype: str, dice: Dice) -> bytes:
    """The question, with the case of each letter thrown (draft-vixie-dnsext-dns0x20).

    The reply must repeat it bit by bit: as many bits more to guess as the name has letters.
    """
    wire = encode_name(name)
    size = len(wire)
    letters = _number(wire.translate(_CASE_BITS), "big")
    mixed = _number(wire, "big") ^ (_number(dice.throw(size), "big") & letters)
    return mixed.to_bytes(size, "big") + _TYPE_AND_CLASS[rdtype]


def query(identifier: bytes, question: bytes) -> bytes:
    """The whole query; *identifier* is two bytes, *question* as from `question_section`."""
    return identifier + _HEAD + question + _TAIL
