"""Run the probes over subjects, and follow leads until nothing is new.

Free-running: a look goes on as soon as its own answers are there, whatever the
others wait for.  Nothing here is a task of its own: the futures of the network
call back.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from auditor.catalogue.catalogue import Catalogue
from auditor.model.exchange import Exchange, Reply
from auditor.model.sighting import Gap, Observation, Sighting
from auditor.model.subject import Domain, Host, Selector, ServiceName, Subject, TenantName
from auditor.model.target import Target
from auditor.network import dns
from auditor.network.door import Network, Unreadable
from auditor.probes.probe import Asking, Probe, Seen, Unsettled
from auditor.settings import Limits

_log = logging.getLogger(__name__)

NAME: Final = "survey"
"""Signs the gaps of leads that were not followed."""


async def survey(
    subjects: Iterable[Subject], probes: Sequence[Probe], network: Network, limits: Limits
) -> tuple[Sighting, ...]:
    """Everything that *probes* see of *subjects* and of all they lead to.

    Each subject is looked at once by each probe that takes it.  Every exchange
    without a usable reply is a gap of the sighting, as is a look that had to be
    given up.  The order depends on what was seen and not on when: subjects as
    given, then breadth first along the leads; of each subject, probes as given.

    Pure whenever *network* is a recording.  When the caller is cancelled, the
    looks under way end without a sighting.
    """
    return await _Survey(tuple(subjects), probes, network, limits).run()


def starting_subjects(target: Target, catalogue: Catalogue) -> tuple[Subject, ...]:
    """The domains of *target*, the names to ask for under each, and the hosts it adds."""
    names, selectors, tenants = _usual(_Same(catalogue))
    subjects: list[Subject] = []
    for domain in target.domains:
        name, dashed = domain.name, domain.name.replace(".", "-")
        subjects.append(domain)
        subjects += [ServiceName(name, label, role, srv) for label, role, srv in names]
        subjects += [Selector(name, selector) for selector in selectors]
        subjects += [
            TenantName(name, pattern.format(dashed=dashed, domain=name), role)
            for pattern, role in tenants
        ]
    return tuple(dict.fromkeys([*subjects, *target.hosts]))


class _Same:
    """A catalogue as a key: equal to itself only."""

    __slots__ = ("catalogue",)

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.catalogue is self.catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)


@lru_cache(maxsize=2)
def _usual(
    known: _Same,
) -> tuple[tuple[tuple[str, str, bool], ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """What the catalogue has every domain asked for: (label, role, SRV) of names, the DKIM
    selectors, and (pattern, role) of tenant names."""
    catalogue = known.catalogue
    offerings = catalogue.offerings.values()
    tenants = {
        (pattern, next((r for f in offering.fingerprints if f.on == _TENANT for r in f.roles), ""))
        for offering in offerings
        for pattern in offering.tenant_names
    }
    return (
        tuple((name.label, name.role, name.srv) for name in catalogue.names),
        tuple(sorted({selector for o in offerings for selector in o.dkim_selectors})),
        tuple(sorted((pattern, role or _ACCOUNT) for pattern, role in tenants)),
    )


_TENANT: Final = "dns.tenant"
_ACCOUNT: Final = "account"
"""The role of a tenant whose offering does not say in which it is a dependency."""


class _Look:
    """A probe that is looking at a subject.

    Attributes:
        place: Its number among the probes for the subject.
        asking: The generator; None when the look is over.
        asked: The exchanges it was given.
        futures: Those it asked for last; None before the first.
        waiting: How many of these are not done.
        rounds: How often it asked.
        survey: Which it belongs to.
    """

    __slots__ = (
        "asked", "asking", "futures", "place", "probe", "rounds", "subject", "survey", "waiting",
    )  # fmt: skip

    def __init__(self, survey: _Survey, probe: Probe, subject: Subject, place: int) -> None:
        self.survey = survey
        self.probe = probe
        self.subject = subject
        self.place = place
        self.asking: Asking[Seen] | None = probe.look(subject)
        self.asked: list[Exchange] = []
        self.futures: list[asyncio.Future[Exchange]] | None = None
        self.waiting = 0
        self.rounds = 0

    def arrived(self, _: asyncio.Future[Exchange]) -> None:
        """Go on when the last answer of the round is there."""
        self.waiting -= 1
        if not self.waiting and self.asking is not None:
            self.survey.resume(self)


class _Survey:
    """The looks of one audit."""

    def __init__(
        self,
        subjects: tuple[Subject, ...],
        probes: Sequence[Probe],
        network: Network,
        limits: Limits,
    ) -> None:
        self._starting = subjects
        self._ask = network.ask
        self._limits = limits
        self._probes: dict[type, tuple[Probe, ...]] = {}
        for probe in probes:
            self._probes[probe.takes] = (*self._probes.get(probe.takes, ()), probe)
        self._sightings: dict[Subject, list[Sighting | None]] = {}
        self._ready: deque[Subject] = deque()
        self._looking: dict[_Look, None] = {}
        self._leads_left = limits.subjects
        domains = sum(type(subject) is Domain for subject in subjects)
        self._hosts_left = limits.hosts_per_domain * max(domains, 1)
        self._finished: asyncio.Future[None] | None = None

    async def run(self) -> tuple[Sighting, ...]:
        """Look, and wait until nothing is new."""
        for subject in self._starting:
            if subject not in self._sightings:
                self._sightings[subject] = []
                self._ready.append(subject)
        try:
            self._start_ready()
            if self._looking:
                loop = asyncio.get_running_loop()
                self._finished = loop.create_future()
                deadline = loop.call_later(self._limits.audit_deadline, self._give_up)
                try:
                    await self._finished
                finally:
                    deadline.cancel()
        finally:
            for look in self._looking:
                _close(look)
        return self._ordered()

    def resume(self, look: _Look) -> None:
        """Give *look* the answers it waited for."""
        self._advance(look)
        self._start_ready()
        if not self._looking and self._finished is not None and not self._finished.done():
            self._finished.set_result(None)

    def _start_ready(self) -> None:
        """Begin every look that can begin; those whose answers are there already also end here."""
        while self._ready:
            subject = self._ready.popleft()
            probes = self._probes.get(type(subject), ())
            self._sightings[subject] = [None] * len(probes)
            for place, probe in enumerate(probes):
                look = _Look(self, probe, subject, place)
                self._looking[look] = None
                self._advance(look)

    def _advance(self, look: _Look) -> None:
        """Run *look* until it is over or has to wait."""
        leads: list[Subject] = []
        try:
            seen = self._step(look)
            if seen is None:
                return
            for item in seen:
                if isinstance(item, Observation):
                    leads += item.value.leads()
        except Unreadable:
            seen = [Unsettled(_unreadable(look.asked), "unreadable")]
        except asyncio.CancelledError:
            seen = [Unsettled(None, "interrupted")]
        except Exception:
            # A bug in one probe costs that probe's look, and not the audit.
            _log.exception("probe %s on %s", look.probe.name, look.subject)
            seen, leads = [Unsettled(None, "bug")], []
        self._end(look, seen)
        for lead in leads:
            if lead not in self._sightings:
                self._follow(lead)

    def _step(self, look: _Look) -> list[Observation | Unsettled] | None:
        """What *look* saw; None while it waits for answers."""
        asking, futures = look.asking, look.futures
        if asking is None:
            raise ValueError(f"the look at {look.subject} is over")
        try:
            while True:
                if futures is None:
                    questions = next(asking)
                else:
                    exchanges = tuple([future.result() for future in futures])
                    look.asked += exchanges
                    questions = asking.send(exchanges)
                look.rounds += 1
                if look.rounds > self._limits.dns_rounds:
                    return [Unsettled(None, "limit")]
                look.futures = futures = [self._ask(question) for question in questions]
                for future in futures:
                    if not future.done():
                        future.add_done_callback(look.arrived)
                        look.waiting += 1
                if look.waiting:
                    return None
        except StopIteration as end:
            return list(end.value)

    def _end(self, look: _Look, seen: Seen) -> None:
        """Turn what *look* saw into a sighting."""
        _close(look)
        del self._looking[look]
        probe, subject = look.probe, look.subject
        roles = _roles(probe, subject)
        observations: list[Observation] = []
        gaps: list[Gap] = []
        for item in seen:
            if isinstance(item, Observation):
                observations.append(item)
            else:
                gaps.append(Gap(subject, probe.name, item.exchange, item.why, roles))
        for exchange in look.asked:
            if type(exchange.result) is not Reply:
                gap = Gap.of(subject, probe.name, exchange, roles)
                if gap not in gaps:
                    gaps.append(gap)
        sighting = Sighting(probe.name, subject, tuple(observations), tuple(gaps))
        self._sightings[subject][look.place] = sighting

    def _follow(self, lead: Subject) -> None:
        """Look at *lead* as well, or note that there were too many before it."""
        allowed = self._leads_left > 0 and (type(lead) is not Host or self._hosts_left > 0)
        if not allowed:
            self._sightings[lead] = [Sighting(NAME, lead, (), (Gap(lead, NAME, None, "limit"),))]
            return
        self._leads_left -= 1
        self._hosts_left -= type(lead) is Host
        self._sightings[lead] = []
        self._ready.append(lead)

    def _give_up(self) -> None:
        """End every look that is still waiting: the time for the audit is over."""
        self._leads_left = 0
        for look in list(self._looking):
            self._end(look, (Unsettled(None, "limit"),))
        if self._finished is not None and not self._finished.done():
            self._finished.set_result(None)

    def _ordered(self) -> tuple[Sighting, ...]:
        """The sightings, breadth first from the subjects given."""
        order: dict[Subject, None] = dict.fromkeys(self._starting)
        coming = deque(order)
        sightings: list[Sighting] = []
        while coming:
            for sighting in self._sightings[coming.popleft()]:
                if sighting is None:
                    continue
                sightings.append(sighting)
                for observation in sighting.observations:
                    for lead in observation.value.leads():
                        if lead not in order:
                            order[lead] = None
                            coming.append(lead)
        return tuple(sightings)


def _roles(probe: Probe, subject: Subject) -> tuple[str, ...]:
    """The roles that a gap of *probe* on *subject* leaves open."""
    if isinstance(subject, (ServiceName, TenantName)):
        return (subject.role,)
    return probe.opens


def _unreadable(asked: Sequence[Exchange]) -> Exchange | None:
    """The exchange that no probe can read; the last one when it is of another medium."""
    for exchange in asked:
        if exchange.question.medium == "dns" and type(exchange.result) is Reply:
            try:
                dns.read(exchange)
            except Unreadable:
                return exchange
    return asked[-1] if asked else None


def _close(look: _Look) -> None:
    if look.asking is not None:
        look.asking.close()
        look.asking = None
