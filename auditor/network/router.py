"""Several networks behind one door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from auditor.model.exchange import Exchange, Question
from auditor.network.door import Network
from auditor.network.recorder import Relying

if TYPE_CHECKING:
    import asyncio


class Router(Relying):
    """Sends each question to the network for its medium, or else to *rest*."""

    def __init__(self, rest: Network, media: Mapping[str, Network]) -> None:
        self._rest = rest
        self._media = dict(media)

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        """Put *question* to the network in charge."""
        return self._media.get(question.medium, self._rest).ask(question)

    def ask_through(self, question: Question, door: Network) -> asyncio.Future[Exchange]:
        """The same; what the network must know for it first is asked of *door*."""
        network = self._media.get(question.medium, self._rest)
        if isinstance(network, Relying):
            return network.ask_through(question, door)
        return network.ask(question)
