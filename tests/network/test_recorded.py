from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from auditor.model.exchange import Exchange, Question, Reply, Unasked
from auditor.network.recorded import RecordedNetwork

BEGAN = datetime(2026, 11, 23, 10, tzinfo=UTC)


def _exchange(text: str, content: bytes = b"reply") -> Exchange:
    return Exchange(Question("dns", text), Reply(content), BEGAN, 0.1, "udp 192.0.2.53:53")


def _ask(network: RecordedNetwork, *questions: Question) -> list[Exchange]:
    async def ask() -> list[Exchange]:
        return [await network.ask(question) for question in questions]

    return asyncio.run(ask())


def test_the_question_decides_and_not_the_order() -> None:
    first, second = _exchange("a.example MX"), _exchange("b.example MX")
    network = RecordedNetwork([first, second], BEGAN)
    asked = [second.question, first.question, second.question]
    assert _ask(network, *asked) == [second, first, second]


def test_what_was_never_asked_is_not_known() -> None:
    (exchange,) = _ask(RecordedNetwork([], BEGAN), Question("dns", "a.example MX"))
    assert exchange.result == Unasked()
    assert exchange.asked_at == BEGAN


def test_the_medium_is_part_of_the_question() -> None:
    (exchange,) = _ask(
        RecordedNetwork([_exchange("a.example MX")], BEGAN), Question("http", "a.example MX")
    )
    assert exchange.result == Unasked()
