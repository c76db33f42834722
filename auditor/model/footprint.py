"""Which services the organisation depends on, by role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from auditor.model.rule import Confidence
from auditor.model.sighting import Gap


@dataclass(frozen=True, slots=True)
class Role:
    """What a service does for the organisation, as `rules/roles.yaml` states it.

    Attributes:
        id: `mail.inbound`.
        service: The effects an operator of the service has the means for.
        network: The same for whoever runs the machines or the network beneath.
    """

    id: str
    service: frozenset[str]
    network: frozenset[str]


class Location(NamedTuple):
    """Where bytes are said to be.

    Attributes:
        country: Jurisdiction id.
        source: `registry` (where the prefix was allocated: neither where the
            machine stands nor who controls it), `region` (the offering fixes
            it) or `declared`.
        address: The address, when one was seen.
    """

    country: str
    source: str
    address: str = ""


class Dependency(NamedTuple):
    """An edge of the footprint: in this role, the domain depends on this offering.

    Attributes:
        id: `ville.example/mail.inbound/service/microsoft-365`; unique in a footprint.
        domain: The organisation's domain.
        role: Id of the role.
        layer: `service`, or `network` for what runs beneath it.
        subject: The name or address at which it was seen.
        offering: Id in the catalogue; None when somebody not identified.
        label: What to print: the offering's name, or the name or network
            holder by which the unidentified party is known.
        location: Where its bytes are said to be.
        confidence: How sure the attribution is.
        because: The facts, in field notation, strongest first.
        evidence: Ids of their exchanges.
        declared: The organisation says so; nothing observed shows it.
        verified: Whether a pattern that betrayed the offering was read in a
            source; an attribution from memory cannot decide a verdict alone.
        contradicted: It is only declared, and something contradicts it: it decides nothing.
        keys: Who can decrypt, by what the organisation says; empty when it does not say.
    """

    id: str
    domain: str
    role: str
    layer: str
    subject: str
    offering: str | None
    label: str
    location: tuple[Location, ...]
    confidence: Confidence
    because: tuple[str, ...]
    evidence: tuple[str, ...]
    declared: bool = False
    verified: bool = True
    contradicted: bool = False
    keys: str = ""


class Fact(NamedTuple):
    """A fact about the domain in a role, for the rules that look at facts: DNSSEC, CAA, MTA-STS.

    Attributes:
        domain: The organisation's domain.
        role: The role it belongs to.
        kind: Kind of the value.
        subject: What it is about.
        fields: (field, word) of the value.
        text: In field notation.
        evidence: Ids of its exchanges.
    """

    domain: str
    role: str
    kind: str
    subject: str
    fields: tuple[tuple[str, str], ...]
    text: str
    evidence: tuple[str, ...]


class Part(NamedTuple):
    """One role of one domain: what serves it, and what we could not find out.

    No dependency and no gap is proof that the domain does not use the role.

    Attributes:
        gaps: Of those whose `tells` holds the role, only how it is kept is open.
    """

    domain: str
    role: str
    dependencies: tuple[Dependency, ...]
    facts: tuple[Fact, ...]
    gaps: tuple[Gap, ...]

    @property
    def unnamed(self) -> tuple[Gap, ...]:
        """The gaps that leave open who serves."""
        return tuple([gap for gap in self.gaps if self.role not in gap.tells])


@dataclass(frozen=True, slots=True)
class Footprint:
    """Everything found, by domain and role, in a fixed order."""

    parts: tuple[Part, ...]

    @property
    def dependencies(self) -> tuple[Dependency, ...]:
        """Every dependency, in order."""
        return tuple(d for part in self.parts for d in part.dependencies)
