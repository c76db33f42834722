"""Sightings of a domain, sorted by role: clues to offerings, facts, gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from auditor.attribution.trails import Trail, Trails
from auditor.catalogue.index import Match
from auditor.model.exchange import Exchange
from auditor.model.footprint import Fact
from auditor.model.party import Offering
from auditor.model.rule import Confidence
from auditor.model.sighting import Gap, Observation
from auditor.model.subject import Domain, Host, ServiceName

ADDED_ROLE = "web"
"""The role of a host that the user added: all we know is that it serves."""

DECLARED = "declared.service"
"""The kind of what the organisation says it uses: its name is an offering, and nothing seen."""

_EMPTY = Trail()


class Clue(NamedTuple):
    """A fact that names somebody in a role, with what lies behind it.

    Attributes:
        role: The role it opens.
        observation: The fact itself.
        name: The name that stands in it; empty when it names nobody.
        matches: The offerings it betrays, by its name or by a name met behind it.
        via: For each match, the observation that betrayed it.
        trail: What lies behind.
    """

    role: str
    observation: Observation
    name: str
    matches: tuple[Match, ...]
    via: tuple[Observation, ...]
    trail: Trail

    def offerings(self) -> dict[str, Offering]:
        """The offerings betrayed, by id."""
        return {offering.id: offering for offering, _ in self.matches}


@dataclass(slots=True)
class Clues:
    """Everything seen of one domain, by role; apart from it, what the organisation says itself."""

    domain: str
    by_role: dict[str, list[Clue]] = field(default_factory=lambda: defaultdict(list))
    declared: dict[str, list[Clue]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    gaps: dict[str, list[Gap]] = field(default_factory=lambda: defaultdict(list))
    untold: dict[str, list[Gap]] = field(default_factory=lambda: defaultdict(list))


class Evidence:
    """Ids of exchanges, computed once each."""

    def __init__(self) -> None:
        self._ids: dict[int, str] = {}

    def of(self, exchanges: Iterable[Exchange]) -> tuple[str, ...]:
        """The ids of *exchanges*, in order."""
        ids = []
        for exchange in exchanges:
            known = self._ids.get(id(exchange))
            if known is None:
                known = self._ids[id(exchange)] = exchange.id
            ids.append(known)
        return tuple(ids)


def confidence(match: Match) -> Confidence:
    """How sure one match alone makes us: only a sign of use can be more than a hint."""
    _, fingerprint = match
    if fingerprint.proves != "use" or fingerprint.strength == "weak":
        return Confidence.LOW
    return Confidence.HIGH if fingerprint.strength == "strong" else Confidence.MODERATE


def gather(domain: Domain, hosts: Iterable[Host], trails: Trails, evidence: Evidence) -> Clues:
    """Sort what was seen of *domain* and of *hosts* by the roles it opens."""
    clues = Clues(domain.name)
    for sighting in trails.roots(domain):
        for gap in sighting.gaps:
            for role in _hidden(gap, trails):
                clues.gaps[role].append(gap)
            for role in gap.tells:
                clues.untold[role].append(gap)
        for observation in sighting.observations:
            value = observation.value
            _note(clues, observation, value.roles(), evidence)
            if value.layer is None:
                continue
            sort = clues.declared if value.kind == DECLARED else clues.by_role
            for role in value.roles():
                sort[role].append(_clue(role, observation, trails))
    for host in hosts:
        trail = trails.trail(host)
        clues.gaps[ADDED_ROLE] += trail.gaps
        clues.by_role[ADDED_ROLE] += [
            _behind(ADDED_ROLE, observation, host.name, trail)
            for observation in trails.of(host)[:1]
        ]
    return clues


def _hidden(gap: Gap, trails: Trails) -> Iterable[str]:
    """The roles that *gap* leaves open: its own, and those of which an alias could have spoken.

    Whatever answers for a name of the mailbox's speaks of the mailbox alone.  A look at the
    front page leaves more open than who serves it, and shows no alias.
    """
    roles = gap.roles
    if "mail.mailbox" in roles or not (isinstance(gap.subject, ServiceName) or roles == ("web",)):
        return roles
    return dict.fromkeys((*roles, *trails.spoken))


def _clue(role: str, observation: Observation, trails: Trails) -> Clue:
    value = observation.value
    trail = trails.behind(observation) if value.leads() else _EMPTY
    name = str(getattr(value, value.key_field)) if value.key_field else ""
    direct = trails.matches(observation)
    if direct:
        return Clue(role, observation, name, direct, (observation,) * len(direct), trail)
    return _behind(role, observation, name, trail)


def _behind(role: str, observation: Observation, name: str, trail: Trail) -> Clue:
    """The clue of a name that betrays nobody itself: the names met behind it may."""
    met: dict[str, tuple[Match, Observation]] = {}
    for match, seen in trail.services:
        if _speaks(match, role, observation):
            met.setdefault(match[0].id, (match, seen))
    matches = tuple(match for match, _ in met.values())
    return Clue(role, observation, name, matches, tuple(seen for _, seen in met.values()), trail)


def _speaks(match: Match, role: str, observation: Observation) -> bool:
    """Whether a name met behind *observation*, which opens *role*, tells of that or another role.

    One that tells of certain roles alone says nothing of a mail exchanger or a
    name server that leads to it.  A name asked for because a service is usually
    there may lead to any, unless it is the mailbox's (see `_hidden`).
    """
    told = match[1].roles
    if not told or role in told:
        return True
    if isinstance(observation.subject, ServiceName):
        return role != "mail.mailbox"
    return not role.startswith("mail.") and role != "dns"


def _note(
    clues: Clues, observation: Observation, roles: tuple[str, ...], evidence: Evidence
) -> None:
    value = observation.value
    words = tuple([(name, _word(getattr(value, name))) for name in _names(type(value))])
    for role in roles:
        clues.facts[role].append(
            Fact(
                clues.domain,
                role,
                value.kind,
                str(observation.subject),
                words,
                observation.text(),
                evidence.of(observation.basis),
            )
        )


_NAMES: dict[Any, tuple[str, ...]] = {}
"""The fields of each kind of value, looked up once."""


def _names(kind: Any) -> tuple[str, ...]:
    if kind not in _NAMES:
        _NAMES[kind] = tuple(each.name for each in fields(kind))
    return _NAMES[kind]


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def offered(clues: Mapping[str, list[Clue]], role: str) -> dict[str, list[Clue]]:
    """The clues of *role*, by the offering they betray."""
    by_offering: dict[str, list[Clue]] = defaultdict(list)
    for clue in clues.get(role, ()):
        for offering in clue.offerings():
            by_offering[offering].append(clue)
    return by_offering
