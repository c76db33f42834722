"""Who stands behind an entity on a day: the graph of controlling stakes, walked upwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from auditor.model.party import LegalEntity, Stake

HEIGHT = 12
"""Stakes followed upwards at most; a longer chain counts as not known."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A controlling owner, direct or indirect, with the way to it.

    Attributes:
        chain: (stake, owner) pairs from the entity upwards; the last is this owner.
    """

    chain: tuple[tuple[Stake, LegalEntity], ...]

    @property
    def owner(self) -> LegalEntity:
        """The owner at the end."""
        return self.chain[-1][1]

    @property
    def verified(self) -> bool:
        """Whether every link was read in a source."""
        return all(s.provenance.verified and o.provenance.verified for s, o in self.chain)


@dataclass(frozen=True, slots=True)
class Ownership:
    """Everybody who controls an entity.

    Attributes:
        holdings: Every controlling owner, nearest first.
        unknown: Entities whose owners we do not know.
        unverified: Entities of whom we only believe to know every controlling owner.
        top: Those whom nobody controls: the entity itself when it has no controlling owner.
    """

    holdings: tuple[Holding, ...]
    unknown: tuple[LegalEntity, ...]
    unverified: tuple[LegalEntity, ...]
    top: tuple[LegalEntity, ...]


def ownership(entity: LegalEntity, entities: Mapping[str, LegalEntity], day: date) -> Ownership:
    """Walk the controlling stakes above *entity* as they stood on *day*."""
    holdings: list[Holding] = []
    unknown: list[LegalEntity] = []
    unverified: list[LegalEntity] = []
    top: list[LegalEntity] = []
    level: list[tuple[LegalEntity, tuple[tuple[Stake, LegalEntity], ...]]] = [(entity, ())]
    met = {entity.id}
    while level:
        above: list[tuple[LegalEntity, tuple[tuple[Stake, LegalEntity], ...]]] = []
        for held, chain in level:
            controlling = [s for s in held.stakes if s.control and s.period.holds(day)]
            if not held.owners_known(day) or len(chain) >= HEIGHT:
                unknown.append(held)
            elif not held.provenance.verified:
                unverified.append(held)
            if not controlling:
                top.append(held)
            for stake in controlling:
                owner = entities[stake.owner]
                longer = (*chain, (stake, owner))
                holdings.append(Holding(longer))
                if owner.id not in met and len(longer) <= HEIGHT:
                    met.add(owner.id)
                    above.append((owner, longer))
        level = above
    return Ownership(tuple(holdings), tuple(unknown), tuple(unverified), tuple(top))


def controllers(
    entity: LegalEntity, entities: Mapping[str, LegalEntity], day: date
) -> tuple[str, ...] | None:
    """The jurisdictions from where *entity* is controlled in the last resort.

    None when the owners or the place of incorporation of somebody on the way are not known.
    """
    above = ownership(entity, entities, day)
    countries = {top.incorporated_in or top.seat for top in above.top}
    if above.unknown or None in countries:
        return None
    return tuple(sorted(country for country in countries if country))
