"""One probe looking at one subject, whoever answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence

from auditor.model.exchange import Exchange, Reply
from auditor.model.sighting import Gap, Observation, Sighting
from auditor.model.subject import ServiceName, Subject, TenantName
from auditor.network import dns
from auditor.network.door import Network, Unreadable
from auditor.probes.probe import Probe, Unsettled

Places = list[Sighting | None]
"""The sightings of one subject, by the order of the probes; None while a look is under way."""


class Look:
    """A probe that is looking at a subject.

    Attributes:
        asking: The generator.
        over: Whether it has ended or was given up.
        places: Where the sighting goes.
        number: The position in *places*.
        asked: The exchanges it was given.
        futures: Those it asked for last; None before the first.
        due: Those of them that were not yet found done.
        rounds: How often it asked.
    """

    __slots__ = (
        "asked", "asking", "due", "futures", "number", "over", "places", "probe", "resume",
        "rounds", "subject",
    )  # fmt: skip

    def __init__(
        self,
        probe: Probe,
        subject: Subject,
        places: Places,
        number: int,
        resume: Callable[[Look], None],
    ) -> None:
        """Begin nothing yet; *resume* is called with the look when it need not wait any more."""
        self.resume = resume
        self.probe = probe
        self.subject = subject
        self.places = places
        self.number = number
        self.asking = probe.look(subject)
        self.over = False
        self.asked: list[Exchange] = []
        self.futures: list[asyncio.Future[Exchange]] | None = None
        self.due: Iterator[asyncio.Future[Exchange]] = iter(())
        self.rounds = 0

    def step(self, network: Network, rounds: int) -> list[Observation | Unsettled] | None:
        """Go on until it ends, with what was seen, or has to wait, with None."""
        asking, futures, ask = self.asking, self.futures, network.ask
        try:
            while True:
                if futures is None:
                    questions = next(asking)
                else:
                    exchanges = tuple([future.result() for future in futures])
                    self.asked += exchanges
                    questions = asking.send(exchanges)
                self.rounds += 1
                if self.rounds > rounds:
                    return [Unsettled(None, "limit")]
                self.futures = futures = [ask(question) for question in questions]
                self.due = iter(futures)
                if self.waits():
                    return None
        except StopIteration as end:
            return list(end.value)

    def waits(self) -> bool:
        """Whether an answer of the round is still due; the first that is will call back.

        Of call-backs on every answer, all but the last would only count.
        """
        for future in self.due:
            if not future.done():
                future.add_done_callback(self.arrived)
                return True
        return False

    def arrived(self, _: asyncio.Future[Exchange]) -> None:
        """Go on when the last answer of the round is there."""
        if not self.over and not self.waits():
            self.resume(self)

    def give_up(self) -> None:
        """End it without waiting for more."""
        self.over = True
        self.asking.close()

    def sighting(self, seen: Sequence[Observation | Unsettled]) -> Sighting:
        """What was *seen*, with a gap for every exchange without a usable reply."""
        probe, subject = self.probe, self.subject
        failed = [exchange for exchange in self.asked if type(exchange.result) is not Reply]
        if not seen and not failed:
            return Sighting(probe.name, subject, ())
        roles = (subject.role,) if isinstance(subject, (ServiceName, TenantName)) else probe.opens
        tells = probe.tells
        gaps = [Gap.of(subject, probe.name, exchange, roles, tells) for exchange in failed]
        gaps += [
            Gap(subject, probe.name, item.exchange, item.why, item.opens or roles, tells)
            for item in seen
            if isinstance(item, Unsettled)
        ]
        observations = tuple(item for item in seen if isinstance(item, Observation))
        return Sighting(probe.name, subject, observations, tuple(dict.fromkeys(gaps)))

    def unreadable(self) -> Exchange | None:
        """The exchange that no probe can read; the last one when it is of another medium."""
        for exchange in self.asked:
            if exchange.question.medium == "dns" and type(exchange.result) is Reply:
                try:
                    dns.read(exchange)
                except Unreadable:
                    return exchange
        return self.asked[-1] if self.asked else None
