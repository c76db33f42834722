"""Who serves the organisation in which role, who operates that, and from where it is controlled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model.footprint import Dependency
from auditor.reporting.reading import NEAR, Reading, distinct, inside

FLOWS = 14
"""How many services are drawn; those beyond are in the matrix."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One service and what stands behind it.

    Attributes:
        service: As printed.
        roles: In which it serves, as one phrase.
        doubt: What keeps the attribution from deciding, in words; may be empty.
        operator: Who runs it; empty when not established.
        run: Whether it was read in a source that this operator runs it.
        countries: From where that is controlled in the last resort; none when not established.
        held: Whether it was read in sources, link by link, that these control the operator.
        far: Whether a law of one of these that was examined is foreign to the organisation.
    """

    service: str
    roles: str
    doubt: str
    operator: str
    run: bool
    countries: tuple[str, ...]
    held: bool
    far: bool


def flows(reading: Reading) -> tuple[Flow, ...]:
    """A flow for each service and layer, those of one country and one operator side by side."""
    far = {x.grasp.jurisdiction for x in reading.assessment.exposures if x.standing not in NEAR}
    grouped: dict[tuple[str, str | None, str], list[Dependency]] = {}
    for dependency in reading.assessment.footprint.dependencies:
        key = (dependency.label, dependency.offering, dependency.layer)
        grouped.setdefault(key, []).append(dependency)
    found = [_flow(reading, group, far) for group in grouped.values()]
    countries = distinct(_country(flow) for flow in found)
    operators = distinct(flow.operator for flow in found)
    return tuple(
        sorted(
            found,
            key=lambda flow: (
                not flow.countries,
                countries.index(_country(flow)),
                not flow.operator,
                operators.index(flow.operator),
            ),
        )
    )


def _country(flow: Flow) -> str:
    return " ".join(flow.countries)


def _flow(reading: Reading, group: Sequence[Dependency], far: set[str]) -> Flow:
    first = group[0]
    known = reading.assessment.knowledge
    offering = known.offerings.get(first.offering or "")
    operator = offering.operator if offering else None
    entity = known.entities.get(operator or "")
    places = reading.assessment.controllers.get(first.offering or "", ())
    roles = distinct(reading.role(d.role, d.domain) for d in group)
    phrase = [roles[0], *map(inside, roles[1:])]
    if first.layer != "service":
        phrase.append(reading.word("layer", first.layer))
    # One sure use is a use.
    doubts = [reading.doubt(d) for d in group]
    return Flow(
        service=first.label,
        roles=", ".join(phrase),
        doubt="" if "" in doubts else doubts[0],
        operator=entity.name if entity else operator or "",
        run=offering is not None and offering.provenance.verified,
        countries=tuple(map(reading.country, places)),
        held=reading.is_confirmed(first),
        far=not far.isdisjoint(places),
    )
