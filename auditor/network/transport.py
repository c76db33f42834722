"""DNS questions to resolvers: one UDP socket for each, many questions on it at once.

What makes it cheap: a query comes from a template, a reply is matched by its
identifier and kept as bytes, and one timer serves all questions.  What keeps it
honest: the identifier, the port and the case of the letters are thrown
(RFC 5452, section 4), and a reply must repeat them.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from typing import Final

from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply, Result
from auditor.network.kept import Kept
from auditor.network.pending import Pending, Worth, judge, refusal
from auditor.network.query import Dice, query, question_section
from auditor.network.resolvers import ResolverAddress
from auditor.network.upstream import Upstream
from auditor.settings import Limits

_SWEEP: Final = 0.05
"""Seconds between two looks at what is overdue."""
_USABLE: Final = Worth.USABLE


class DnsTransport:
    """Answers questions of the medium `dns` by asking resolvers.

    Must be made and used inside a running event loop, and closed.
    """

    def __init__(self, resolvers: Sequence[ResolverAddress], limits: Limits) -> None:
        """Ask *resolvers*, the first one first."""
        self._limits = limits
        self._deadline, self._first_wait = limits.dns_deadline, limits.dns_waits[0]
        self._loop = asyncio.get_running_loop()
        self._dice = Dice()
        self._kept = Kept(limits.kept, limits.kept_largest)
        self._by_text: dict[str, Pending] = {}
        self._by_identifier: dict[bytes, Pending] = {}
        self._queue: deque[Pending] = deque()
        self._sweeping: asyncio.TimerHandle | None = None
        self._interrupted = False
        self._refilling = False
        self.upstreams: Final = tuple(
            Upstream(number, resolver, self._received, self._unreachable)
            for number, resolver in enumerate(resolvers)
        )
        self._everyone = (1 << len(self.upstreams)) - 1

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        """The exchange; questions already put in this run are not put again."""
        future: asyncio.Future[Exchange] = asyncio.Future(loop=self._loop)
        exchange = self._kept.get(question.text)
        if exchange is not None:
            future.set_result(exchange)
            return future
        pending = self._by_text.get(question.text)
        if pending is not None:
            pending.waiting.append(future)
            return future
        pending = Pending(question, future)
        if self._interrupted:
            pending.settle(Failure(Reason.INTERRUPTED), "")
            return future
        self._by_text[question.text] = pending
        if len(self._by_identifier) < self._limits.dns_in_flight:
            self._start(pending)
        else:
            self._queue.append(pending)
        return future

    def interrupt(self) -> None:
        """End every open question with `Failure(interrupted)`, and any put from now on."""
        self._interrupted = True
        self._queue.clear()
        for pending in list(self._by_text.values()):
            self._end(pending, Failure(Reason.INTERRUPTED), "")

    def close(self) -> None:
        """Interrupt, and give the sockets back."""
        self.interrupt()
        if self._sweeping:
            self._sweeping.cancel()
            self._sweeping = None
        for upstream in self.upstreams:
            upstream.close()

    def _start(self, pending: Pending) -> None:
        name, _, rdtype = pending.question.text.partition(" ")
        try:
            section = question_section(name, rdtype, self._dice)
        except (ValueError, KeyError):
            pending.settle(Failure(Reason.MALFORMED, "no name that the DNS can hold"), "")
            del self._by_text[pending.question.text]
            return
        identifier = self._dice.throw(2)
        while identifier in self._by_identifier:
            identifier = self._dice.throw(2)
        self._by_identifier[identifier] = pending
        pending.section = section
        pending.query = sent = query(identifier, section)
        pending.asked_at, pending.started = self.upstreams[0].send(sent)
        pending.deadline = pending.started + self._deadline
        pending.due = pending.started + self._first_wait
        pending.turn = pending.asked = 1
        if self._sweeping is None:
            self._sweeping = self._loop.call_later(_SWEEP, self._sweep)

    def _try(self, pending: Pending) -> None:
        """Send to the next resolver that has not failed, or give up."""
        if pending.ended:
            return
        waits = self._limits.dns_waits
        if pending.failed == self._everyone or pending.turn >= len(waits):
            self._give_up(pending)
            return
        number = pending.turn % len(self.upstreams)
        while pending.failed >> number & 1:
            number = (number + 1) % len(self.upstreams)
        pending.due = time.monotonic() + waits[pending.turn]
        pending.turn += 1
        pending.asked |= 1 << number
        if pending.streamed >> number & 1:
            return
        self.upstreams[number].send(pending.query)

    def _received(self, number: int, content: bytes, streamed: bool) -> None:
        """A message came from the resolver *number*."""
        pending = self._by_identifier.get(content[:2])
        if pending is None or not (pending.streamed if streamed else pending.asked) >> number & 1:
            return
        upstream = self.upstreams[number]
        worth = judge(content, pending.section, exact=not streamed)
        if worth is _USABLE:
            self._end(pending, Reply(content), upstream.via_tcp if streamed else upstream.via_udp)
        elif worth is Worth.FOREIGN:
            pending.failure = pending.failure or (
                Failure(Reason.MISMATCHED, "a reply to another question", content),
                upstream.via_udp,
            )
        elif worth is Worth.FAILED or streamed:
            failure = refusal(content)
            pending.failure = (failure, upstream.via_tcp if streamed else upstream.via_udp)
            pending.failed |= 1 << number
            self._try(pending)
        elif not pending.streamed >> number & 1:
            # Truncated; or the letters came back in another case, and over a connection
            # nobody off the path can have changed them.
            pending.streamed |= 1 << number
            pending.due = pending.deadline
            upstream.send_streamed(pending.query)

    def _unreachable(self, number: int, error: OSError, streamed: bool = False) -> None:
        """The resolver *number* does not take questions."""
        upstream = self.upstreams[number]
        refused = isinstance(error, ConnectionRefusedError)
        failure = Failure(
            Reason.REFUSED if refused else Reason.UNREACHABLE,
            error.strerror or type(error).__name__,
        )
        bit = 1 << number
        for pending in list(self._by_identifier.values()):
            if (pending.streamed if streamed else pending.asked & ~pending.streamed) & bit:
                if streamed and not pending.reopened & bit:
                    # A server may close whenever it likes; we ask once more (RFC 7766, 6.2.4).
                    pending.reopened |= bit
                    upstream.send_streamed(pending.query)
                    continue
                pending.failure = (failure, upstream.via_tcp if streamed else upstream.via_udp)
                pending.failed |= bit
                self._try(pending)

    def _sweep(self) -> None:
        """Try again what is overdue, and give up what is too late or no longer wanted."""
        self._sweeping = None
        now = time.monotonic()
        for pending in list(self._by_identifier.values()):
            if now >= pending.due or now >= pending.deadline:
                if now < pending.deadline and pending.wanted():
                    self._try(pending)
                else:
                    self._give_up(pending)
        if self._by_identifier:
            self._sweeping = self._loop.call_later(_SWEEP, self._sweep)

    def _give_up(self, pending: Pending) -> None:
        failure, via = pending.failure or (
            Failure(Reason.TIMEOUT, f"no reply in {pending.turn} tries"),
            self.upstreams[0].via_udp,
        )
        self._end(pending, failure, via)

    def _end(self, pending: Pending, result: Result, via: str) -> None:
        if pending.ended:
            return
        del self._by_text[pending.question.text]
        self._by_identifier.pop(pending.query[:2], None)
        self._kept.add(pending.settle(result, via))
        if self._queue and not self._refilling:
            self._refill()

    def _refill(self) -> None:
        """Start what waits for its turn.

        Not from within itself: a question that fails as it starts would start the next one.
        """
        self._refilling = True
        while self._queue and len(self._by_identifier) < self._limits.dns_in_flight:
            self._start(self._queue.popleft())
        self._refilling = False
