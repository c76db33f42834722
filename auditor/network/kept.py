"""Replies of this run, so that no question is put twice."""

from __future__ import annotations

from collections import OrderedDict

from auditor.model.exchange import Exchange, Reply, Result

_OVERHEAD = 700
"""Bytes that an exchange takes beside its content, measured."""


class Kept:
    """The last exchanges with a reply, up to a number of bytes.

    A run is a snapshot: a reply is good for all of it, whatever its TTL says.
    A failure is not kept, since the next to ask may have better luck.
    """

    __slots__ = ("_exchanges", "_largest", "_limit", "_size")

    def __init__(self, limit: int, largest: int) -> None:
        """Keep at most *limit* bytes, and no reply above *largest*."""
        # A plain dict scans past its deleted front each time it is asked for its oldest item.
        self._exchanges: OrderedDict[str, Exchange] = OrderedDict()
        self._limit = limit
        self._largest = largest
        self._size = 0

    def get(self, text: str) -> Exchange | None:
        """The exchange of the question *text*, if it is still there."""
        exchange = self._exchanges.get(text)
        if exchange is not None:
            self._exchanges.move_to_end(text)
        return exchange

    def add(self, exchange: Exchange) -> None:
        """Keep *exchange* if it has a reply, and forget the longest unused for it."""
        result = exchange.result
        if type(result) is not Reply or len(result.content) > self._largest:
            return
        kept, text = self._exchanges, exchange.question.text
        if text in kept:
            self._size -= _size(kept.pop(text).result)
        kept[text] = exchange
        self._size += _size(result)
        while self._size > self._limit and kept:
            self._size -= _size(kept.popitem(last=False)[1].result)


def _size(result: Result) -> int:
    return _OVERHEAD + (len(result.content) if type(result) is Reply else 0)
