"""The parties behind an offering or an entity on a day, each with those above it.

`ownership` answers who decides; this shows everything we hold about it, small
holdings and missing owners included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.exposure.ownership import HEIGHT
from auditor.model.party import LegalEntity, Offering, Stake, Supply


class Above(StrEnum):
    """What is known of those who control a party."""

    OWNED = "owned"
    """Every controlling owner is in the tree."""
    TOP = "top"
    """Nobody controls it."""
    UNKNOWN = "unknown"
    """Who controls it is not known, or not wholly."""
    SHOWN = "shown"
    """It stands in the tree already, with whoever is above it."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A party and how it stands to the one below it.

    Attributes:
        relation: `operator`, `owner`, `technology` or `sub-processor`; empty for the root.
        held: The stake by which it holds the party below, when it is an owner.
        supply: What it contributes, when it is a supplier.
        owners: Those who hold it on the day, whoever controls it first, then the larger shares.
    """

    relation: str
    entity: LegalEntity
    held: Stake | None
    supply: Supply | None
    above: Above
    owners: tuple[Branch, ...]


def behind(
    offering: Offering, entities: Mapping[str, LegalEntity], day: date
) -> tuple[Branch, ...]:
    """The operator of *offering* and its suppliers on *day*; no operator when it is not known."""
    shown: set[str] = set()
    branches = []
    if offering.operator is not None:
        operator = entities[offering.operator]
        branches.append(_branch("operator", operator, entities, day, shown))
    for relation, supplies in (
        ("technology", offering.technology),
        ("sub-processor", offering.subprocessors),
    ):
        for supply in supplies:
            if supply.period.holds(day):
                supplier = entities[supply.entity]
                branches.append(_branch(relation, supplier, entities, day, shown, supply=supply))
    return tuple(branches)


def above(entity: LegalEntity, entities: Mapping[str, LegalEntity], day: date) -> Branch:
    """*entity* with its owners on *day*, and theirs."""
    return _branch("", entity, entities, day, set())


def _branch(
    relation: str,
    entity: LegalEntity,
    entities: Mapping[str, LegalEntity],
    day: date,
    shown: set[str],
    *,
    held: Stake | None = None,
    supply: Supply | None = None,
    height: int = 0,
) -> Branch:
    stakes = sorted(
        (stake for stake in entity.stakes if stake.period.holds(day)),
        key=lambda stake: (not stake.control, -(stake.capital or 0), -(stake.votes or 0)),
    )
    if entity.id in shown and stakes:
        return Branch(relation, entity, held, supply, Above.SHOWN, ())
    shown.add(entity.id)
    if not entity.owners_known(day) or height >= HEIGHT:
        state = Above.UNKNOWN
    elif any(stake.control for stake in stakes):
        state = Above.OWNED
    else:
        state = Above.TOP
    owners = tuple(
        _branch("owner", entities[s.owner], entities, day, shown, held=s, height=height + 1)
        for s in (stakes if height < HEIGHT else ())
    )
    return Branch(relation, entity, held, supply, state, owners)
