"""A network that remembers what was asked of another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.exchange import Exchange, Question
from auditor.network.door import Network

if TYPE_CHECKING:
    import asyncio


class Recorder:
    """Asks each question once of the network behind it, and keeps the exchanges."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._asked: dict[tuple[str, str], asyncio.Future[Exchange]] = {}

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        """The exchange; one future however often and however early it is asked for again."""
        key = (question.medium, question.text)
        future = self._asked.get(key)
        if future is None or future.cancelled():
            future = self._asked[key] = self._network.ask(question)
        return future

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The exchanges that are complete, in the order in which they were asked for."""
        return tuple(
            future.result()
            for future in self._asked.values()
            if future.done() and not future.cancelled() and not future.exception()
        )
