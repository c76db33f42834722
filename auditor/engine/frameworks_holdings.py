"""How much of an entity is held from outside a legal space, directly or through others.

A share that goes through intermediaries is counted in two ways, between which no text we read
decides: as the product of the shares on the way (the low), and, where the holder controls the
intermediary, as all that the intermediary holds (the high).  What no source names is a rest
that somebody outside may hold: it counts in the high alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from auditor.exposure.ownership import HEIGHT
from auditor.model.party import LegalEntity, Stake

_WHOLE = 100.0
_NOISE = 1e-9
"""Percentages are sums and products of decimals: less than this is nothing."""


@dataclass(slots=True)
class Holdings:
    """What is held from outside, in percent.

    Attributes:
        low: Of each holder outside, by id: at least.
        high: At most.
        rest: What nobody is named for, at most.
        opaque: Ids of the entities with such a rest.
    """

    low: dict[str, float] = field(default_factory=dict)
    high: dict[str, float] = field(default_factory=dict)
    rest: float = 0.0
    opaque: dict[str, float] = field(default_factory=dict)

    def within(self, each: float, together: float) -> bool | None:
        """Whether nobody outside holds more than *each*, nor all together more than *together*."""
        low = list(self.low.values())
        if max(low, default=0.0) > each + _NOISE or sum(low) > together + _NOISE:
            return False
        most_of_one = max([*self.high.values(), 0.0]) + self.rest
        most_of_all = sum(self.high.values()) + self.rest
        if most_of_one <= each + _NOISE and most_of_all <= together + _NOISE:
            return True
        return None


def holdings(
    entity: LegalEntity,
    entities: Mapping[str, LegalEntity],
    day: date,
    share_of: Callable[[Stake], float | None],
    inside: Callable[[LegalEntity], bool | None],
) -> Holdings:
    """What those outside hold of *entity* on *day*; *share_of* reads the capital or the votes.

    A holding, or a holder, that was not read in a source counts as not named.
    """
    found = Holdings()
    _climb(entity, _WHOLE, _WHOLE, (entity.id,), found, entities, day, share_of, inside)
    return found


def _climb(
    entity: LegalEntity,
    low: float,
    high: float,
    way: tuple[str, ...],
    found: Holdings,
    entities: Mapping[str, LegalEntity],
    day: date,
    share_of: Callable[[Stake], float | None],
    inside: Callable[[LegalEntity], bool | None],
) -> None:
    """Add to *found* what stands above *entity*, which itself holds *low* to *high* percent."""
    if entity.public and entity.provenance.verified and not entity.stakes:
        return
    stakes = [stake for stake in entity.stakes if stake.period.holds(day)]
    named = [
        (stake, entities[stake.owner], share)
        for stake in stakes
        if (share := share_of(stake)) is not None
        and stake.provenance.verified
        and entities[stake.owner].provenance.verified
        and stake.owner not in way
    ]
    direct = len(way) == 1
    rest = max(0.0, _WHOLE - sum(share for _, _, share in named)) * high / _WHOLE
    if rest > _NOISE:
        found.rest = min(_WHOLE, found.rest + rest)
        found.opaque[entity.id] = found.opaque.get(entity.id, 0.0) + rest
    for stake, owner, share in named:
        at_least = low * share / _WHOLE
        whole = stake.control and not direct
        at_most = high if whole else high * share / _WHOLE
        place = inside(owner)
        if place is True and len(way) < HEIGHT:
            _climb(
                owner, at_least, at_most, (*way, owner.id), found, entities, day, share_of, inside
            )
        elif place is False:
            found.low[owner.id] = found.low.get(owner.id, 0.0) + at_least
            found.high[owner.id] = min(_WHOLE, found.high.get(owner.id, 0.0) + at_most)
        else:
            found.rest = min(_WHOLE, found.rest + at_most)
            found.opaque[owner.id] = found.opaque.get(owner.id, 0.0) + at_most
