"""The services an organisation uses, each once, with who runs them and who stands above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.assessment import Assessment
from auditor.model.footprint import Dependency
from auditor.model.party import LegalEntity, Offering, Stake
from auditor.reporting.reading import distinct


@dataclass(frozen=True, slots=True)
class Used:
    """A service and every place in the footprint where the organisation depends on it.

    Attributes:
        key: The offering's id, or else the label by which an unidentified party is known.
        offering: None when nobody was identified.
        operator: None when not known.
    """

    key: str
    label: str
    offering: Offering | None
    operator: LegalEntity | None
    dependencies: tuple[Dependency, ...]

    @property
    def roles(self) -> list[str]:
        """The roles it serves in, each once."""
        return distinct(dependency.role for dependency in self.dependencies)

    @property
    def subjects(self) -> list[str]:
        """The names and addresses at which it was seen, each once."""
        return distinct(each.subject for each in self.dependencies if not each.declared)


def used(assessment: Assessment) -> tuple[Used, ...]:
    """The services of *assessment*, in the order met."""
    known = assessment.knowledge
    grouped: dict[tuple[str, str], list[Dependency]] = {}
    for dependency in assessment.footprint.dependencies:
        named = dependency.offering in known.offerings
        key = ("offering", str(dependency.offering)) if named else ("label", dependency.label)
        grouped.setdefault(key, []).append(dependency)
    return tuple(_used(assessment, key, mine) for (_, key), mine in grouped.items())


def _used(assessment: Assessment, key: str, dependencies: list[Dependency]) -> Used:
    known = assessment.knowledge
    offering = known.offerings.get(dependencies[0].offering or "")
    operator = known.entities.get(offering.operator or "") if offering else None
    return Used(key, dependencies[0].label, offering, operator, tuple(dependencies))


def controlling(entity: LegalEntity, assessment: Assessment) -> Iterator[Stake]:
    """The holdings by which somebody decides in *entity*, on the day of the assessment."""
    for stake in entity.stakes:
        if stake.control and stake.period.holds(assessment.as_of):
            yield stake


def ultimate_parent(entity: LegalEntity, assessment: Assessment) -> LegalEntity | None:
    """Who stands at the top, *entity* itself when nobody is above; None when that is not known.

    Not known either when a link was not read in a source, or when several decide.
    """
    entities, day = assessment.knowledge.entities, assessment.as_of
    passed: set[str] = set()
    while entity.id not in passed:
        passed.add(entity.id)
        if not (entity.owners_known(day) and entity.provenance.verified):
            return None
        stakes = list(controlling(entity, assessment))
        if not stakes:
            return entity
        owner = entities.get(stakes[0].owner)
        if len(stakes) > 1 or owner is None or not stakes[0].provenance.verified:
            return None
        entity = owner
    return None
