"""Follow leads from a subject down to networks: what is met on the way, whatever the role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor.catalogue.index import FingerprintIndex, Match
from auditor.model.footprint import Location
from auditor.model.sighting import Gap, Observation, Sighting
from auditor.model.subject import Address, Domain, Selectors, ServiceName, Site, Subject, TenantName

_ADDRESS = "dns.address"
"""The kind of an address: fingerprints on it are the ranges that operators publish."""

CORROBORATING = frozenset({"ptr", "rdap.network"})
"""Probes that can only support what others show: their silence leaves nothing open."""


@dataclass(slots=True)
class Trail:
    """What lies behind a subject.

    Attributes:
        services: Matches of the names met, with the observation of each.
        networks: Observations of announcements, with the matches of each.
        locations: Countries in which the prefixes met are registered.
        gaps: What could not be followed.
    """

    services: list[tuple[Match, Observation]] = field(default_factory=list)
    networks: list[tuple[tuple[Match, ...], Observation]] = field(default_factory=list)
    locations: list[Location] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    def add(self, other: Trail) -> None:
        """Take in what *other* holds."""
        self.services += other.services
        self.networks += other.networks
        self.locations += other.locations
        self.gaps += other.gaps


class Trails:
    """The sightings of one audit, by subject.

    Attributes:
        spoken: The roles of which a name can speak by where it leads, whatever it was asked for.
    """

    def __init__(self, sightings: Iterable[Sighting], fingerprints: FingerprintIndex) -> None:
        self._fingerprints = fingerprints
        self.spoken = fingerprints.spoken("dns.service", "dns.cname", "dns.name")
        self._of: dict[Subject, list[Sighting]] = defaultdict(list)
        self._trails: dict[Subject, Trail] = {}
        for sighting in sightings:
            # Most looks find nothing, and miss nothing.
            if sighting.observations or sighting.gaps:
                self._of[sighting.subject].append(sighting)

    def roots(self, domain: Domain) -> list[Sighting]:
        """The sightings of *domain* itself and of the names asked under it, in order."""
        return [
            sighting
            for subject, sightings in self._of.items()
            if _belongs(subject, domain)
            for sighting in sightings
        ]

    def of(self, subject: Subject) -> list[Observation]:
        """What was observed of *subject* itself."""
        return [o for sighting in self._of.get(subject, ()) for o in sighting.observations]

    def matches(self, observation: Observation) -> tuple[Match, ...]:
        """The offerings that the value of *observation* betrays."""
        value = observation.value
        if not value.key_field:
            return ()
        return self._fingerprints.matches(value.kind, str(getattr(value, value.key_field)))

    def _announced(self, subject: Subject, observation: Observation) -> tuple[Match, ...]:
        """Whoever runs the machines at *subject*, of which *observation* is the announcement.

        A range that an operator publishes tells more than the network that
        announces it: one network may carry several services of a group.
        """
        if isinstance(subject, Address):
            published = self._fingerprints.matches(_ADDRESS, subject.text)
            if published:
                return published
        return self.matches(observation)

    def behind(self, observation: Observation) -> Trail:
        """What lies behind the leads of *observation*."""
        leads = observation.value.leads()
        if len(leads) == 1:
            return self.trail(leads[0])
        trail = Trail()
        for lead in leads:
            trail.add(self.trail(lead))
        return trail

    def trail(self, subject: Subject) -> Trail:
        """What lies behind *subject*."""
        trail = self._trails.get(subject)
        if trail is not None:
            return trail
        trail = self._trails[subject] = Trail()
        for sighting in self._of.get(subject, ()):
            if sighting.probe not in CORROBORATING:
                trail.gaps += sighting.gaps
            for observation in sighting.observations:
                value = observation.value
                if value.layer == "network":
                    trail.networks.append((self._announced(subject, observation), observation))
                    country = getattr(value, "registered_in", "")
                    if country and isinstance(subject, Address):
                        trail.locations.append(Location(country, "registry", subject.text))
                elif value.layer == "service":
                    trail.services += [(m, observation) for m in self.matches(observation)]
                for lead in value.leads():
                    trail.add(self.trail(lead))
        return trail


def _belongs(subject: Subject, domain: Domain) -> bool:
    if isinstance(subject, (ServiceName, Selectors, TenantName, Site)):
        return subject.domain == domain.name
    return subject == domain
