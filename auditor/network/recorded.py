"""A network that answers from a recording, by question and never by order."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime

from auditor.model.exchange import Exchange, Question, Unasked


class RecordedNetwork:
    """Answers what was answered then; whatever was not asked then is `Unasked`."""

    def __init__(self, exchanges: Iterable[Exchange], at: datetime) -> None:
        """Replay *exchanges*.

        Args:
            exchanges: The first of several for one question counts.
            at: When the recording began; dates the exchanges that it lacks.
        """
        self._exchanges: dict[Question, Exchange] = {}
        for exchange in exchanges:
            self._exchanges.setdefault(exchange.question, exchange)
        self._at = at

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        """The recorded exchange, at once."""
        exchange = self._exchanges.get(question)
        if exchange is None:
            exchange = Exchange(question, Unasked(), self._at, 0.0, "recording")
        future: asyncio.Future[Exchange] = asyncio.get_running_loop().create_future()
        future.set_result(exchange)
        return future
