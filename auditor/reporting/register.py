"""What an assessment knows of a register of information (DORA): rows, with the cells it can fill.

A cell holds only what was read in a source or told by the organisation.  What is known
and does not fit, such as the name where a register wants a number, is a hint.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml
from babel.core import get_global

from auditor import resources
from auditor.model.party import LegalEntity
from auditor.model.rule import Confidence
from auditor.model.target import Declared
from auditor.reporting.reading import Reading
from auditor.reporting.used import Used, ultimate_parent, used

Cells = dict[str, str]


@cache
def layout() -> Mapping[str, Any]:
    """`reports/templates/register.yaml`: templates with their columns, and the codes of cells."""
    with (resources.templates() / "register.yaml").open("rb") as file:
        known: dict[str, Any] = yaml.load(file, Loader=yaml.CSafeLoader)
    return known


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a template.

    Attributes:
        about: Whom or what it is about, by name: the register wants numbers that we lack.
        cells: Column → content.
        hints: Column → what is known towards it.
        unasked: Columns that the regulation leaves empty in such a row.
    """

    template: str
    about: str
    cells: Cells = field(default_factory=dict)
    hints: Cells = field(default_factory=dict)
    unasked: tuple[str, ...] = ()


class Register:
    """The rows for one assessment."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._codes: Mapping[str, str] = layout()["codes"]
        self._known = reading.assessment.knowledge.entities
        everything = [each for each in used(reading.assessment) if _contracted(each)]
        self.services = [each for each in everything if _sure(each)]
        self.doubtful = [each for each in everything if not _sure(each)]

    def __iter__(self) -> Iterator[Row]:
        yield from self._organisation()
        for service in self.services:
            yield self._arrangement(service)
        providers: dict[str, LegalEntity] = {}
        for service in self.services:
            for entity in (*self._operator(service), *self._subprocessors(service)):
                providers.setdefault(entity.id, entity)
        for entity in providers.values():
            yield self._provider(entity)
        for service in self.services:
            yield from self._chain(service)

    def _organisation(self) -> Iterator[Row]:
        target = self._reading.assessment.target
        cells: Cells = {}
        # A domain stands in for the name when the organisation was not asked for it.
        if target.name != target.domains[0].name:
            cells["c0020"] = target.name
        if target.home and target.home_declared:
            cells["c0030"] = self._country(target.home)
        for template in ("b_01.01", "b_01.02"):
            yield Row(template, target.name, {k: v for k, v in cells.items() if v})

    def _arrangement(self, service: Used) -> Row:
        row = Row("b_02.02", service.label)
        if service.operator is not None:
            row.hints["c0030"] = service.operator.name
        row.hints["c0060"] = self._reading.say.listing(map(self._reading.role, service.roles))
        self._places(row, service)
        for declared in self._declared(service):
            if declared.operator:
                known = self._known.get(declared.operator)
                row.hints["c0030"] = known.name if known else declared.operator
            if declared.contract is None:
                continue
            days = {"c0070": declared.contract.starts, "c0080": declared.contract.ends}
            row.cells.update({k: day.isoformat() for k, day in days.items() if day})
            if declared.contract.notice is not None:
                # The dossier does not say who has to give it.
                row.hints["c0100"] = row.hints["c0110"] = str(declared.contract.notice)
        return row

    def _places(self, row: Row, service: Used) -> None:
        """Where the data is: what the offering fixes, or what the organisation was told."""
        offering = service.offering
        at_rest = set(offering.regions) if offering and offering.provenance.verified else set()
        told = {place for each in self._declared(service) for place in each.regions}
        if any(each.contradicted for each in service.dependencies):
            told = set()
        for column, places in (("c0150", at_rest or told), ("c0160", told)):
            codes = [self._country(place) for place in places]
            if len(codes) == 1 and codes[0]:
                row.cells[column] = codes[0]
            elif places:
                row.hints[column] = self._reading.countries(sorted(places))

    def _provider(self, entity: LegalEntity) -> Row:
        row = Row("b_05.01", entity.name)
        values = {
            "c0050": entity.name,
            "c0060": entity.name if _latin(entity.name) else "",
            "c0070": self._codes["legal-person"] if entity.incorporated_in else "",
            "c0080": self._country(entity.seat or ""),
        }
        # What nobody read in a source may help whoever fills the register in, and no more.
        known = row.cells if entity.provenance.verified else row.hints
        known.update({column: value for column, value in values.items() if value})
        parent = ultimate_parent(entity, self._reading.assessment)
        if parent is not None:
            country = self._reading.country(parent.seat or "")
            row.hints["c0110"] = f"{parent.name} ({country})"
        return row

    def _chain(self, service: Used) -> Iterator[Row]:
        for operator in self._operator(service):
            about = f"{service.label}, {operator.name}"
            hints = {"c0030": operator.name}
            yield Row("b_05.02", about, {"c0050": "1"}, hints, unasked=("c0060", "c0070"))
            for entity in self._subprocessors(service):
                hints = {"c0030": entity.name, "c0060": operator.name}
                yield Row("b_05.02", f"{service.label}, {entity.name}", {"c0050": "2"}, hints)

    def _operator(self, service: Used) -> list[LegalEntity]:
        """Who runs it, when that was read in a source."""
        offering, operator = service.offering, service.operator
        if offering is None or operator is None or not offering.provenance.verified:
            return []
        return [operator]

    def _subprocessors(self, service: Used) -> list[LegalEntity]:
        """Who processes on the operator's behalf on the day, as read in a source."""
        if service.offering is None:
            return []
        day = self._reading.assessment.as_of
        supplies = service.offering.subprocessors
        ids = [s.entity for s in supplies if s.period.holds(day) and s.provenance.verified]
        return [self._known[id_] for id_ in dict.fromkeys(ids) if id_ in self._known]

    def _declared(self, service: Used) -> Sequence[Declared]:
        roles = set(service.roles)
        declared = self._reading.assessment.target.declared
        return [d for d in declared if d.label == service.key and d.role in roles]

    def _country(self, jurisdiction: str) -> str:
        """The code of a state; empty for a legal space of several, such as the Union."""
        if jurisdiction not in get_global("territory_languages"):
            return ""
        return self._codes["country"] + jurisdiction


def _contracted(service: Used) -> bool:
    """Whether it is a service, rather than only the machines and networks beneath one."""
    return any(each.layer == "service" for each in service.dependencies)


def _sure(service: Used) -> bool:
    """Whether it is declared, or identified by a sign that may decide a verdict (ADR 7)."""
    named = service.offering is not None
    return any(
        each.layer == "service"
        and not each.contradicted
        and (each.declared or (named and each.verified and each.confidence is not Confidence.LOW))
        for each in service.dependencies
    )


def _latin(name: str) -> bool:
    letters = [character for character in name if character.isalpha()]
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
