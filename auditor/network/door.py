"""The one door to the world outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from auditor.model.exchange import Exchange, Question

if TYPE_CHECKING:
    import asyncio


class Network(Protocol):
    """Something that answers questions: the world, a recording or a dossier."""

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        """Put *question*; the future is done when something, or nothing, came back.

        Never raises for a network reason: a trouble is a `Failure` in the
        exchange.  The future may be shared with others who asked the same.
        """
        ...


class Unreadable(Exception):
    """The bytes of a reply do not follow the format of their medium."""
