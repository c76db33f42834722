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
from auditor.model.sighting import Gap, Observation, Sighting
from auditor.model.subject import Domain, Host, Selectors, ServiceName, Site, Subject, TenantName
from auditor.model.target import Target
from auditor.network.door import Network, Unreadable
from auditor.probes.look import Look, Places
from auditor.probes.probe import Probe, Unsettled
from auditor.settings import Limits

_log = logging.getLogger(__name__)

NAME: Final = "survey"
"""Signs the gaps of leads that were not followed."""

_ACCOUNT: Final = "account"
"""The role of a tenant whose offering does not say in which it is a dependency."""


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
    return await _Survey(subjects, probes, network, limits).run()


def starting_subjects(target: Target, catalogue: Catalogue) -> tuple[Subject, ...]:
    """The domains of *target*, the names to ask for under each, and the hosts it adds.

    A host that is added is looked at as a host and as a site, the first domain's.
    """
    names, selectors, tenants = _usual(_Same(catalogue))
    subjects: list[Subject] = []
    for domain in target.domains:
        name, dashed = domain.name, domain.name.replace(".", "-")
        subjects.append(domain)
        subjects += [ServiceName(name, label, role, srv) for label, role, srv in names]
        subjects.append(Selectors(name, selectors))
        subjects += [
            TenantName(name, pattern.format(dashed=dashed, domain=name), role)
            for pattern, role in tenants
        ]
    subjects += [
        Site(domain.name, host.name) for domain in target.domains[:1] for host in target.hosts
    ]
    return (*subjects, *target.hosts)


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
    return (
        tuple((name.label, name.role, name.srv) for name in catalogue.names),
        catalogue.dkim_selectors,
        tuple(sorted((pattern, role or _ACCOUNT) for pattern, role in catalogue.tenant_names)),
    )


class _Survey:
    """The looks of one audit."""

    def __init__(
        self,
        subjects: Iterable[Subject],
        probes: Sequence[Probe],
        network: Network,
        limits: Limits,
    ) -> None:
        self._network = network
        self._limits = limits
        self._probes: dict[type, list[Probe]] = {}
        for probe in probes:
            self._probes.setdefault(probe.takes, []).append(probe)
        self._sightings: dict[Subject, Places] = {}
        self._ready: deque[tuple[Subject, Places]] = deque()
        self._looking: dict[Look, None] = {}
        domains = 0
        for subject in dict.fromkeys(subjects):
            self._add(subject)
            domains += type(subject) is Domain
        self._leads_left = limits.subjects
        self._hosts_left = limits.hosts_per_domain * max(domains, 1)
        self._finished: asyncio.Future[None] | None = None

    async def run(self) -> tuple[Sighting, ...]:
        """Look, and wait until nothing is new."""
        starting = tuple(self._sightings.values())
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
                look.give_up()
        return self._ordered(starting)

    def resume(self, look: Look) -> None:
        """Give *look* the answers it waited for."""
        self._advance(look)
        if self._ready:
            self._start_ready()
        if not self._looking:
            self._finish()

    def _add(self, subject: Subject) -> None:
        places: Places = []
        self._sightings[subject] = places
        self._ready.append((subject, places))

    def _start_ready(self) -> None:
        """Begin every look that can begin; those whose answers are there already also end here."""
        while self._ready:
            subject, places = self._ready.popleft()
            probes = self._probes.get(type(subject), ())
            places += [None] * len(probes)
            for number, probe in enumerate(probes):
                look = Look(probe, subject, places, number, self.resume)
                self._looking[look] = None
                self._advance(look)

    def _advance(self, look: Look) -> None:
        """Run *look* until it ends or has to wait."""
        leads: list[Subject] = []
        try:
            seen = look.step(self._network, self._limits.dns_rounds)
            if seen is None:
                return
            for item in seen:
                if isinstance(item, Observation):
                    leads += item.value.leads()
        except Unreadable:
            seen = [Unsettled(look.unreadable(), "unreadable")]
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

    def _end(self, look: Look, seen: Sequence[Observation | Unsettled]) -> None:
        look.over = True
        del self._looking[look]
        look.places[look.number] = look.sighting(seen)

    def _follow(self, lead: Subject) -> None:
        """Look at *lead* as well, or note that there were too many before it."""
        if self._leads_left < 1 or (type(lead) is Host and self._hosts_left < 1):
            self._sightings[lead] = [Sighting(NAME, lead, (), (Gap(lead, NAME, None, "limit"),))]
            return
        self._leads_left -= 1
        self._hosts_left -= type(lead) is Host
        self._add(lead)

    def _give_up(self) -> None:
        """End every look that is still waiting: the time for the audit is over."""
        for look in list(self._looking):
            look.give_up()
            self._end(look, [Unsettled(None, "limit")])
        self._finish()

    def _finish(self) -> None:
        if self._finished is not None and not self._finished.done():
            self._finished.set_result(None)

    def _ordered(self, starting: Iterable[Places]) -> tuple[Sighting, ...]:
        """The sightings, breadth first from the subjects given."""
        coming = deque(starting)
        passed = set(map(id, coming))
        sightings: list[Sighting] = []
        while coming:
            for sighting in coming.popleft():
                if sighting is None:
                    continue
                sightings.append(sighting)
                for observation in sighting.observations:
                    for lead in observation.value.leads():
                        places = self._sightings[lead]
                        if id(places) not in passed:
                            passed.add(id(places))
                            coming.append(places)
        return tuple(sightings)
