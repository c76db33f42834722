"""What the searches for contradictions look at, and what each of them brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.stating import Stating
from auditor.exposure.ownership import ownership
from auditor.model.contradiction import Level
from auditor.model.footprint import Dependency, Footprint, Part
from auditor.model.party import LegalEntity, Offering
from auditor.model.rule import Confidence
from auditor.model.sighting import Sighting
from auditor.model.target import Declared, Target
from auditor.model.text import Text


@dataclass(frozen=True, slots=True)
class Found:
    """A contradiction, before it has a number.

    Attributes:
        subject: What it is about, as printed.
        values: For the places of its sentences.
        service: The declared service it is about; None when it is about none.
        level: Where it is weaker than its kind.
    """

    kind: str
    subject: str
    values: Mapping[str, Text | str]
    evidence: tuple[str, ...] = ()
    domain: str = ""
    role: str = ""
    service: Declared | None = None
    level: Level = Level.CONTRADICTED
    line: int = 0


@dataclass(frozen=True)
class Statements:
    """Everything that was said and seen of one organisation, on one day.

    Attributes:
        said: For each section of the dossier, the id of the exchange that holds it.
    """

    target: Target
    footprint: Footprint
    sightings: tuple[Sighting, ...]
    catalogue: Catalogue
    day: date
    said: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def stating(self) -> Stating:
        """The words."""
        return Stating(self.catalogue.words)

    @cached_property
    def parts(self) -> dict[tuple[str, str], Part]:
        """The parts of the footprint, by domain and role."""
        return {(part.domain, part.role): part for part in self.footprint.parts}

    def section(self, name: str) -> tuple[str, ...]:
        """The evidence that the section *name* of the dossier is."""
        return (self.said[name],) if name in self.said else ()

    def domains_of(self, service: Declared) -> tuple[str, ...]:
        """The domains that *service* is declared for."""
        return service.domains or tuple(domain.name for domain in self.target.domains)

    def declared_in(self, domain: str, role: str) -> list[Declared]:
        """The services declared for *role* of *domain*."""
        return [
            service
            for service in self.target.declared
            if service.role == role and domain in self.domains_of(service)
        ]

    def declared_only(self, domain: str, role: str) -> list[Dependency]:
        """The dependencies in *role* of *domain* of which nothing was seen."""
        part = self.parts.get((domain, role))
        return [d for d in (part.dependencies if part else ()) if d.declared]

    def seen_in(self, domain: str, role: str) -> list[Dependency]:
        """The services seen in *role* of *domain*, of which we are sure enough to say so."""
        part = self.parts.get((domain, role))
        return [
            d
            for d in (part.dependencies if part else ())
            if d.layer == "service" and not d.declared and d.confidence is not Confidence.LOW
        ]

    def offering(self, service: Declared) -> Offering | None:
        """What the catalogue knows *service* to be."""
        return self.catalogue.offerings.get(service.offering)

    def name(self, service: Declared) -> str:
        """How to call *service*."""
        offering = self.offering(service)
        return service.name or (offering.name if offering else service.offering)

    def role(self, role: str) -> Text | str:
        """How to call *role* inside a sentence."""
        return self.catalogue.role_names.get(role, role)

    def places(self, jurisdictions: Iterable[str]) -> Text:
        """The names of *jurisdictions*, in a list."""
        known = self.catalogue.jurisdictions
        return self.stating.listing([known[j].name if j in known else j for j in jurisdictions])

    def within(self, country: str, places: Iterable[str]) -> bool:
        """Whether *country* is one of *places*, or lies in one."""
        known = self.catalogue.jurisdictions.get(country)
        spaces = {country, *(known.within if known else ())}
        return not spaces.isdisjoint(places)

    def operator(self, dependency: Dependency) -> LegalEntity | None:
        """Who runs what was seen."""
        offering = self.catalogue.offerings.get(dependency.offering or "")
        return self.catalogue.entities.get(offering.operator or "") if offering else None

    def party(self, party: str) -> str:
        """The name of a party that a dossier names by id or by name."""
        known = self.catalogue.entities.get(party)
        return known.name if known else party

    def is_service(self, service: Declared, dependency: Dependency) -> bool:
        """Whether what was seen is the service declared, or of its declared operator."""
        if dependency.offering and service.offering:
            return dependency.offering == service.offering
        operator = self.operator(dependency)
        names = [dependency.label, *([operator.name, operator.id] if operator else [])]
        said = [name for name in (service.name, service.operator, service.offering) if name]
        return any(same_name(one, other) for one in names for other in said)

    def is_listed(self, service: Declared, entity: LegalEntity) -> bool:
        """Whether the list of sub-processors, if there is one, holds *entity* or a relation."""
        if service.subprocessors is None:
            return True
        for party in service.subprocessors:
            known = self.catalogue.entities.get(party)
            if same_name(party, entity.name) or (known and self.related(known, entity)):
                return True
        return False

    def listed(self, service: Declared) -> Text:
        """The sub-processors of *service*, in a list."""
        parties = [self.party(party) for party in service.subprocessors or ()]
        return self.stating.listing(parties, "contradiction.none")

    def related(self, one: LegalEntity, other: LegalEntity) -> bool:
        """Whether one of the two controls the other, or somebody controls both."""
        return not self._circle(one).isdisjoint(self._circle(other))

    def _circle(self, entity: LegalEntity) -> frozenset[str]:
        above = ownership(entity, self.catalogue.entities, self.day)
        return frozenset({entity.id, *(holding.owner.id for holding in above.holdings)})


def same_name(one: str, other: str) -> bool:
    """Whether two names of companies are written alike, but for case and punctuation."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())
