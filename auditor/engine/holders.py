"""Who stands on top of an operator, and whether that changed of late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.truth import Truth, some
from auditor.exposure.ownership import ownership
from auditor.model.party import LegalEntity, Stake

_LATE: Final = timedelta(days=2 * 365)


class Holders(NamedTuple):
    """What is read of the control of an operator, as of a day.

    Attributes:
        tops: Ids of those whom nobody controls, the operator itself if it is one of them.
        certain: Whether every link up to them was read in a source.
        changed: Whether control changed hands, at any height, in the two years before.
    """

    tops: frozenset[str]
    certain: bool
    changed: Truth


def holders(offering: str, catalogue: Catalogue, day: date) -> Holders | None:
    """The holders of the operator of *offering*; None when nobody knows who operates it."""
    known = catalogue.offerings[offering]
    if known.operator is None:
        return None
    operator = catalogue.entities[known.operator]
    above = ownership(operator, catalogue.entities, day)
    certain = (
        known.provenance.verified
        and operator.provenance.verified
        and not above.unknown
        and not above.unverified
        and all(holding.verified for holding in above.holdings)
    )
    chain = {entity.id: entity for entity in (operator, *(h.owner for h in above.holdings))}
    changed = some(_changed(entity, day) for entity in chain.values())
    if not changed and not certain:
        changed = None
    return Holders(frozenset(entity.id for entity in above.top), certain, changed)


def _changed(entity: LegalEntity, day: date) -> Truth:
    """Whether somebody took or lost control of *entity* of late; since when need not be known."""
    return some(_moved(stake, day) for stake in entity.stakes if stake.control)


def _moved(stake: Stake, day: date) -> Truth:
    since = day - _LATE
    period = stake.period
    moved = any(end is not None and since < end <= day for end in (period.start, period.end))
    if moved:
        return True if stake.provenance.verified else None
    if period.holds(day) and period.start is None:
        return None
    return False
