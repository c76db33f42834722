"""Knowledge as it would be if something happened: a catalogue laid over a catalogue."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from auditor.catalogue.catalogue import Catalogue
from auditor.exposure.ownership import ownership
from auditor.model.law import Validity
from auditor.model.party import LegalEntity, Stake
from auditor.model.scenario import (
    Acquired,
    AdequacyEnds,
    Change,
    LawStands,
    QualificationLost,
)
from auditor.model.text import Period, Provenance

BUYER = "supposed-buyer"
"""Id of whoever buys a supplier in a scenario."""


def suppose(
    changes: Iterable[Change], catalogue: Catalogue, operators: Collection[str], day: date
) -> Catalogue:
    """*catalogue* as it would be on *day* after *changes*; itself when none of them changes it.

    Args:
        operators: Entities that an acquisition of nobody in particular may concern.
    """
    for change in changes:
        match change:
            case AdequacyEnds():
                catalogue = _without_adequacy(change, catalogue, day)
            case LawStands():
                catalogue = _with_law(change, catalogue, day)
            case Acquired():
                catalogue = _with_buyer(change, catalogue, operators, day)
            case QualificationLost(scheme):
                catalogue = _without_qualification(scheme, catalogue, day)
            case _:
                pass
    return catalogue


def _without_adequacy(change: AdequacyEnds, catalogue: Catalogue, day: date) -> Catalogue:
    jurisdiction = catalogue.jurisdictions[change.country]
    kept = tuple(
        decision
        for decision in jurisdiction.adequacy
        if decision.by != change.by or not decision.period.holds(day)
    )
    changed = {change.country: replace(jurisdiction, adequacy=kept)}
    return replace(catalogue, jurisdictions={**catalogue.jurisdictions, **changed})


def _with_law(change: LawStands, catalogue: Catalogue, day: date) -> Catalogue:
    law = catalogue.laws[change.law]
    supposed = Validity(Period(day, day), change.force, None, _supposed(day))
    changed = {law.id: replace(law, validity=(supposed, *law.validity))}
    return replace(catalogue, laws={**catalogue.laws, **changed})


def _with_buyer(
    change: Acquired, catalogue: Catalogue, operators: Collection[str], day: date
) -> Catalogue:
    buyer = LegalEntity(
        id=BUYER,
        name=f"{change.buyer.fr} / {change.buyer.en}",
        incorporated_in=change.country,
        seat=change.country,
        public=False,
        stakes=(),
        ownership_known=True,
        establishments=(change.country,),
        establishments_known=True,
        provenance=_supposed(day),
    )
    stake = Stake(BUYER, 100.0, 100.0, True, Period(), _supposed(day))
    bought = [change.entity] if change.entity else sorted(operators)
    changed = {BUYER: buyer}
    for id_ in bought:
        entity = catalogue.entities[id_]
        if change.entity or buyable(entity, change.country, catalogue, day):
            changed[id_] = replace(entity, stakes=(stake,), ownership_known=True)
    return replace(catalogue, entities={**catalogue.entities, **changed})


def buyable(entity: LegalEntity, country: str, catalogue: Catalogue, day: date) -> bool:
    """Whether somebody from *country* could buy *entity*, and would change who controls it.

    No public body, and nobody whose controlling owners all are of *country* already.
    """
    above = ownership(entity, catalogue.entities, day)
    if entity.public or any(top.public for top in above.top):
        return False
    return bool(above.unknown) or any(top.incorporated_in != country for top in above.top)


def _without_qualification(scheme: str, catalogue: Catalogue, day: date) -> Catalogue:
    changed = {
        offering.id: replace(
            offering,
            qualifications=tuple(
                q for q in offering.qualifications if q.scheme != scheme or not q.period.holds(day)
            ),
        )
        for offering in catalogue.offerings.values()
        if any(q.scheme == scheme for q in offering.qualifications)
    }
    return replace(catalogue, offerings={**catalogue.offerings, **changed})


def _supposed(day: date) -> Provenance:
    """Of a fact that a scenario supposes, and that holds within it."""
    return Provenance("scenario", day, True)
