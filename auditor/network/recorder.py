"""A network that remembers what was asked of another one."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod

from auditor.model.exchange import Exchange, Question
from auditor.network.door import Network


class Relying(ABC):
    """A network that has questions of its own: the address of a web server, say."""

    __slots__ = ()

    @abstractmethod
    def ask_through(self, question: Question, door: Network) -> asyncio.Future[Exchange]:
        """Put *question*; what must be known for it first is asked of *door*."""


class Recorder:
    """Asks each question once of the network behind it, and keeps the exchanges.

    What the network behind must ask for itself passes through here as well, so
    that no look-up is missing from the evidence.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._relying = network if isinstance(network, Relying) else None
        self._asked: dict[Question, asyncio.Future[Exchange]] = {}

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        """The exchange; one future however often and however early it is asked for again.

        Who may be cancelled while others wait for the same must wrap it in `asyncio.shield`.
        """
        future = self._asked.get(question)
        if future is None or future.cancelled():
            if self._relying is None or question.medium == "dns":
                future = self._network.ask(question)
            else:
                future = self._relying.ask_through(question, self)
            self._asked[question] = future
        return future

    @property
    def asked(self) -> int:
        """How many different questions were put so far."""
        return len(self._asked)

    @property
    def answered(self) -> int:
        """How many of them have their exchange."""
        return sum(future.done() for future in self._asked.values())

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The exchanges that are complete, in the order in which they were asked for."""
        return tuple(
            [
                future.result()
                for future in self._asked.values()
                if future.done() and not future.cancelled() and not future.exception()
            ]
        )
