"""Replies of this run, so that no question is put twice."""

from __future__ import annotations

from auditor.model.exchange import Exchange, Reply

_OVERHEAD = 700
"""Bytes that an exchange takes beside its content, measured."""


class Kept:
    """The last exchanges with a reply, up to a number of bytes.

    A run is a snapshot: a reply is good for all of it, whatever its TTL says.
    A failure is not kept, since the next to ask may have better luck.

    There are two generations, and the older is forgotten as a whole: no account
    need be kept of which exchange was used last.
    """

    __slots__ = ("_half", "_largest", "_old", "_size", "_young")

    def __init__(self, limit: int, largest: int) -> None:
        """Keep at most *limit* bytes, and no reply above *largest*."""
        self._young: dict[str, Exchange] = {}
        self._old: dict[str, Exchange] = {}
        self._half = limit // 2
        self._largest = min(largest, self._half - _OVERHEAD)
        self._size = 0

    def get(self, text: str) -> Exchange | None:
        """The exchange of the question *text*, if it is still there."""
        exchange = self._young.get(text)
        if exchange is None:
            exchange = self._old.get(text)
            if exchange is not None:
                self.add(exchange)
        return exchange

    def add(self, exchange: Exchange) -> None:
        """Keep *exchange* if it has a reply, and forget what was long unused for it."""
        result, text = exchange.result, exchange.question.text
        if type(result) is not Reply or text in self._young:
            return
        size = len(result.content)
        if size > self._largest:
            return
        self._size += _OVERHEAD + size
        if self._size > self._half:
            self._old, self._young = self._young, {}
            self._size = _OVERHEAD + size
        self._young[text] = exchange
