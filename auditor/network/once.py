"""One job for one question, however many ask it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime

from auditor.model.exchange import Exchange, Failure, Question, Reason
from auditor.network.door import Network
from auditor.network.kept import Kept

Job = Callable[[Question, Network], Coroutine[None, None, Exchange]]


class Once:
    """Runs a job for each question, and remembers the replies."""

    def __init__(
        self, job: Job, kept: Kept, lasting: Callable[[Exchange], bool] = lambda exchange: True
    ) -> None:
        """Run *job*; remember in *kept* the replies that are *lasting*."""
        self._job = job
        self._kept = kept
        self._lasting = lasting
        self._waiting: dict[str, list[asyncio.Future[Exchange]]] = {}
        self._tasks: dict[str, asyncio.Task[Exchange]] = {}
        self._interrupted = False

    def ask(self, question: Question, door: Network) -> asyncio.Future[Exchange]:
        """The exchange; what the job itself has to ask goes through *door*."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Exchange] = loop.create_future()
        text = question.text
        exchange = self._kept.get(text)
        if exchange is not None:
            future.set_result(exchange)
        elif self._interrupted:
            future.set_result(_interrupted(question))
        elif text in self._waiting:
            self._waiting[text].append(future)
        else:
            self._waiting[text] = [future]
            task = self._tasks[text] = loop.create_task(self._job(question, door))
            task.add_done_callback(lambda task: self._done(question, task))
        return future

    def interrupt(self) -> None:
        """End every job; who waits is told `Failure(interrupted)`, now and from now on."""
        self._interrupted = True
        for task in list(self._tasks.values()):
            task.cancel()

    def _done(self, question: Question, task: asyncio.Task[Exchange]) -> None:
        del self._tasks[question.text]
        waiting = [future for future in self._waiting.pop(question.text) if not future.done()]
        error = None if task.cancelled() else task.exception()
        if error is not None:
            # A bug of ours: it belongs to whoever asked, with its traceback.
            for future in waiting:
                future.set_exception(error)
            return
        exchange = _interrupted(question) if task.cancelled() else task.result()
        if self._lasting(exchange):
            self._kept.add(exchange)
        for future in waiting:
            future.set_result(exchange)


def _interrupted(question: Question) -> Exchange:
    return Exchange(question, Failure(Reason.INTERRUPTED), datetime.now(UTC), 0.0, "")
