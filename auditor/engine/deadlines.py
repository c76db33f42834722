"""The days that matter in a scenario: when a law, a decision or a contract ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.catalogue.catalogue import Catalogue
from auditor.model.assessment import Assessment
from auditor.model.scenario import (
    AdequacyEnds,
    Consequence,
    Deadline,
    Outcome,
    QualificationLost,
    Scenario,
)
from auditor.model.target import Target
from auditor.model.text import Period, Text


def deadlines(
    scenario: Scenario,
    consequences: Iterable[Consequence],
    assessment: Assessment,
    catalogue: Catalogue,
) -> tuple[Deadline, ...]:
    """What ends on or after the day of *assessment*, and bears on *scenario*; the next first."""
    day = assessment.as_of
    ends = [
        *_laws(consequences, assessment, catalogue),
        *_adequacy(scenario, assessment, catalogue),
        *_qualifications(scenario, assessment, catalogue),
        *_contracts(assessment.target),
    ]
    found = {
        (kind, name, period.end): Deadline(kind, name, period.end, (period.end - day).days)
        for kind, name, period in ends
        if period.end is not None and period.end >= day
    }
    return tuple(sorted(found.values(), key=lambda deadline: (deadline.on, deadline.kind)))


_Ends = Iterator[tuple[str, Text, Period]]


def _laws(
    consequences: Iterable[Consequence], assessment: Assessment, catalogue: Catalogue
) -> _Ends:
    """The present state of each law by which a service is hit, or may be."""
    hitting = {law for c in consequences if c.outcome is not Outcome.SPARED for law in c.laws}
    for law in catalogue.laws.values():
        validity = law.on(assessment.as_of)
        if law.id in hitting and validity is not None:
            yield "law", law.short, validity.period


def _adequacy(scenario: Scenario, assessment: Assessment, catalogue: Catalogue) -> _Ends:
    for change in scenario.changes:
        if isinstance(change, AdequacyEnds):
            jurisdiction = catalogue.jurisdictions[change.country]
            for decision in jurisdiction.adequacy:
                if decision.by == change.by and decision.period.holds(assessment.as_of):
                    yield "adequacy", jurisdiction.name, decision.period


def _qualifications(scenario: Scenario, assessment: Assessment, catalogue: Catalogue) -> _Ends:
    schemes = {c.scheme for c in scenario.changes if isinstance(c, QualificationLost)}
    used = {d.offering for d in assessment.footprint.dependencies if d.offering}
    for id_ in sorted(used):
        offering = catalogue.offerings[id_]
        for held in offering.qualifications:
            if held.scheme in schemes and held.period.holds(assessment.as_of):
                name = f"{offering.name}, {held.scheme}"
                yield "qualification", Text(name, name), held.period


def _contracts(target: Target) -> _Ends:
    contracts = [(target.name, target.contract)]
    contracts += [
        (service.name or service.offering, service.contract) for service in target.declared
    ]
    for name, contract in contracts:
        if contract is not None:
            yield "contract", Text(name, name), Period(contract.starts, contract.ends)
