from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from auditor.model.exchange import Exchange, Question, Reply
from auditor.network.recorder import Recorder

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ONE, TWO = Question("dns", "one.example MX"), Question("dns", "two.example MX")


class Slow:
    """Answers in its own time, and counts."""

    def __init__(self) -> None:
        self.asked: list[Question] = []
        self.open: dict[Question, asyncio.Future[Exchange]] = {}

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        self.asked.append(question)
        self.open[question] = asyncio.get_running_loop().create_future()
        return self.open[question]

    def answer(self, question: Question) -> None:
        self.open[question].set_result(Exchange(question, Reply(b""), NOW, 0.0, "slow"))


def test_two_who_ask_the_same_share_one_exchange() -> None:
    """Also when the second asks before the first has an answer."""

    async def ask() -> None:
        slow = Slow()
        recorder = Recorder(slow)
        first, second = recorder.ask(ONE), recorder.ask(ONE)
        slow.answer(ONE)
        assert await first is await second is await recorder.ask(ONE)
        assert slow.asked == [ONE]

    asyncio.run(ask())


def test_exchanges_are_in_the_order_asked() -> None:
    """Not in that of the answers, which is chance."""

    async def ask() -> None:
        slow = Slow()
        recorder = Recorder(slow)
        recorder.ask(ONE)
        recorder.ask(TWO)
        slow.answer(TWO)
        slow.answer(ONE)
        assert [exchange.question for exchange in recorder.exchanges] == [ONE, TWO]

    asyncio.run(ask())


def test_what_has_no_answer_yet_is_not_recorded() -> None:
    async def ask() -> None:
        slow = Slow()
        recorder = Recorder(slow)
        recorder.ask(ONE)
        recorder.ask(TWO).cancel()
        assert recorder.exchanges == ()

    asyncio.run(ask())


def test_a_question_that_was_given_up_can_be_put_again() -> None:
    async def ask() -> None:
        slow = Slow()
        recorder = Recorder(slow)
        recorder.ask(ONE).cancel()
        again = recorder.ask(ONE)
        slow.answer(ONE)
        assert (await again).question == ONE

    asyncio.run(ask())
