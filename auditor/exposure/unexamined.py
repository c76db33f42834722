"""States whose law nobody has examined: that no law on record reaches proves nothing."""

from __future__ import annotations

from auditor.catalogue.catalogue import Catalogue
from auditor.exposure.parties import World, parties
from auditor.model.law import Effect

_RELATIONS = ("operator", "owner")
"""Whose State counts: a supplier of technology is seldom known in full anyway."""


class Unexamined:
    """The catalogue's laws, by what they do not cover."""

    def __init__(self, catalogue: Catalogue, world: World) -> None:
        self._catalogue = catalogue
        self._world = world
        self._seats: dict[str, frozenset[str]] = {}
        self._covered: dict[tuple[str, Effect], frozenset[str]] = {}

    def countries(self, offering: str | None, role: str, effect: Effect) -> tuple[str, ...]:
        """The States of the operator of *offering* and of its owners that no law covers.

        Covered is a State when a law of its own, or of a space it belongs to,
        has *effect* in *role* on whoever it takes hold of.  Nobody identified has no State.
        """
        if offering is None:
            return ()
        examined = self._examined(role, effect)
        return tuple(sorted(c for c in self._of(offering) if not self._spaces(c) & examined))

    def _of(self, offering: str) -> frozenset[str]:
        if offering not in self._seats:
            known = self._catalogue.offerings[offering]
            found = [p for relation in _RELATIONS for p in parties(relation, known, self._world)[0]]
            self._seats[offering] = frozenset(
                party.entity.incorporated_in for party in found if party.entity.incorporated_in
            )
        return self._seats[offering]

    def _spaces(self, country: str) -> frozenset[str]:
        known = self._world.jurisdictions.get(country)
        return frozenset((country, *(known.within if known else ())))

    def _examined(self, role: str, effect: Effect) -> frozenset[str]:
        known = self._covered.get((role, effect))
        if known is None:
            known = self._covered[role, effect] = frozenset(
                law.jurisdiction
                for law in self._catalogue.laws.values()
                for reach in law.reaches
                if effect in reach.effects and (not reach.roles or role in reach.roles)
            )
        return known
