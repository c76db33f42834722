"""The objects of a PDF, made into bytes once: left alone, pydyf does it twice over.

It writes them, and makes the identifier of the file from them afterwards, which
packs every stream a second time, and each time as hard as can be.
"""

from __future__ import annotations

import zlib
from typing import Any

import pydyf

_HARD = 6
"""How hard streams are packed: for 2 % more bytes, half the time of 9."""


class _Written(pydyf.Object):  # type: ignore[misc]
    """What another object is written as."""

    def __init__(self, other: Any) -> None:
        super().__init__()
        self.number = other.number
        self.generation = other.generation
        self._data: bytes = other.data

    @property
    def data(self) -> bytes:
        """As it was when this was made."""
        return self._data


def pack(pdf: Any) -> None:
    """Make everything in *pdf*, a `pydyf.PDF`, into bytes; to change it is too late then."""
    for place, each in enumerate(pdf.objects):
        if isinstance(each, pydyf.Stream):
            if each.compress:
                _deflate(each)
        elif each.free == "n":
            pdf.objects[place] = _Written(each)


def _deflate(stream: Any) -> None:
    # White space parts the operators of a page; a file or a font is one item.
    content: bytes = pydyf.Array(stream.stream).data[1:-1]
    stream.stream = [zlib.compress(content, _HARD)]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False
