"""How an exposed service could be left: for what, in which order, and what stays exposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from auditor.model.assessment import State
from auditor.model.law import Effect
from auditor.model.text import Provenance, Text


@dataclass(frozen=True, slots=True)
class Move:
    """Roles that change supplier together, as `rules/moves.yaml` states it.

    Attributes:
        formats: In which open formats what is there can be taken along.
        caution: What does not follow; None when nothing is noted.
    """

    id: str
    roles: tuple[str, ...]
    name: Text
    formats: Text
    caution: Text | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Moves:
    """All moves, and the law on switching."""

    moves: tuple[Move, ...]
    switching: Text
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Price:
    """What a supplier asks, as the user gives it.

    Attributes:
        seat_month: For one seat and month.
        once: For the move itself.
    """

    seat_month: Decimal
    once: Decimal


@dataclass(frozen=True, slots=True)
class Prices:
    """The user's figures.

    Attributes:
        currency: ISO 4217.
        months: The term compared.
        offerings: By offering id.
    """

    currency: str
    seats: int
    months: int
    offerings: tuple[tuple[str, Price], ...]

    def total(self, offering: str) -> Decimal | None:
        """The cost of *offering* over the term; None when the user gave no price."""
        for id_, price in self.offerings:
            if id_ == offering:
                return price.once + price.seat_month * self.seats * self.months
        return None


Effects = tuple[tuple[Effect, State], ...]
"""For each effect, the strongest state of the laws of states outside the legal space."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """An offering that could take a service's place.

    Attributes:
        controlled_from: Jurisdiction ids, in the last resort.
        effects: Never `reached`: such an offering is no way out.
        missing: What would have to be known.
        unexamined: What of that is the law of a State behind it, which nobody examined: where
            there is any, that no law reaches it proves nothing.
        cost: Over the term of the user's figures; None when there are none.
    """

    offering: str
    name: str
    operator: str
    controlled_from: tuple[str, ...]
    effects: Effects
    missing: tuple[Text, ...]
    unexamined: tuple[Text, ...]
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class WayOut:
    """A service that a foreign law reaches, and what could take its place.

    Attributes:
        move: What moves.
        offering: Its id.
        dependencies: Ids.
        effects: As it stands.
        weight: Points that the criteria it fails put at stake.
        alternatives: Those of which the engine finds no law that reaches them: first those with
            the law of every State behind them examined, then by fewest unknowns, then by name.
        reached: How many others serve the same roles and are reached themselves.
        unverified: How many others cannot be judged, since we have not verified who they are.
        coupled: Names of the moves in which the same operator serves as well.
        ends: End of the contract, when the dossier says.
        cost: Of staying, when the user gives a price.
    """

    move: Move
    offering: str
    label: str
    domains: tuple[str, ...]
    roles: tuple[str, ...]
    dependencies: tuple[str, ...]
    effects: Effects
    weight: int
    alternatives: tuple[Alternative, ...]
    reached: int
    unverified: int
    coupled: tuple[Text, ...]
    ends: date | None
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class Left:
    """What stays exposed: how many services an effect reaches, and of how many it is not known."""

    effect: Effect
    reached: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The ways out, in the order proposed.

    Attributes:
        ways: Those with most at stake first; one that has no alternative comes last.
        before: What is exposed today.
        after: The same after each way out that has an alternative, in order.
        applied: The jurisdictions whose laws were applied, and no others.
    """

    as_of: date
    ways: tuple[WayOut, ...]
    before: tuple[Left, ...]
    after: tuple[tuple[Left, ...], ...]
    applied: tuple[str, ...]
    switching: Text
    prices: Prices | None
