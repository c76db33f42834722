"""Rulings remembered: thousands of organisations share a few combinations of services.

A ruling is kept with places instead of the things themselves, so that it holds
for any situation of the same shape.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from auditor.model.rule import Confidence, Rule, Verdict
from auditor.model.text import Sentence, Text

if TYPE_CHECKING:
    from auditor.engine.situation import Situation
    from auditor.model.footprint import Location

_MOST: Final = 50_000
"""Rulings remembered; a home whose shapes are more starts over."""

Shape = tuple[object, ...]
Key = tuple[str, str, int, Shape]
Docket = tuple[bool, tuple[str, ...], tuple[str, ...], frozenset[str]]


class Aspects(NamedTuple):
    """What the condition of a rule looks at.

    Attributes:
        layers: Those of which something must be served for the rule to apply.
        reads: Those whose dependencies it looks at.
        kinds: Of the facts.
        docket: A number, the same for all rules that judge the same where the same is served.
        absent: By role, what the rule says where there is nothing to judge.
    """

    rule: Rule
    layers: frozenset[str]
    reads: frozenset[str]
    kinds: tuple[str, ...]
    docket: int
    absent: dict[str, Ruling]


class Ruling(NamedTuple):
    """What a rule says of a situation, whoever's it is.

    Attributes:
        involved: Places of the dependencies judged, among those of the situation.
        facts: The same of facts, among those of the kinds that the rule looks at.
        exposures: Place of a dependency, then of a grasp among all on it.
        missing: What would settle an unknown.
        says: The sentence.
    """

    verdict: Verdict
    confidence: Confidence
    involved: tuple[int, ...]
    facts: tuple[int, ...]
    exposures: tuple[tuple[int, int], ...]
    missing: tuple[Text, ...]
    says: Sentence


class Memory:
    """Rulings by rule and shape; for one catalogue, day and home.

    Attributes:
        aspects: By identity of the rule, which they keep alive: to compare rules takes long.
        dockets: The number of each: whole or not, roles, where, layers.
    """

    __slots__ = ("_numbers", "_rulings", "_shapes", "aspects", "dockets")

    def __init__(self) -> None:
        self.aspects: dict[int, Aspects] = {}
        self.dockets: dict[Docket, int] = {}
        self._shapes: dict[Shape, int] = {}
        # A number is never given twice: whoever holds an old one finds nothing.
        self._numbers = count()
        self._rulings: dict[Key, Ruling] = {}

    def number(self, situation: Situation) -> int:
        """A number for all situations whose dependencies no condition can tell apart."""
        shape = _shape(situation)
        number = self._shapes.get(shape)
        if number is None:
            if len(self._rulings) > _MOST:
                self._shapes.clear()
                self._rulings.clear()
            number = self._shapes[shape] = next(self._numbers)
        return number

    def get(self, key: Key) -> Ruling | None:
        """The ruling remembered under *key*: rule, role, number, facts that the rule looks at."""
        return self._rulings.get(key)

    def keep(self, key: Key, ruling: Ruling) -> None:
        """Remember *ruling*."""
        self._rulings[key] = ruling


def _shape(situation: Situation) -> Shape:
    """Everything that conditions and sentences read of a situation without gaps, but facts."""
    return (
        situation.role,
        *[
            (
                d.offering,
                d.label,
                d.role,
                d.layer,
                d.confidence,
                d.verified,
                d.declared,
                d.contradicted,
                d.keys,
                d.location and _places(d.location),
            )
            for d in situation.dependencies
        ],
    )


def _places(location: tuple[Location, ...]) -> tuple[str, ...]:
    """Where the bytes are.  The registry's country of a prefix does not say: nobody reads it."""
    return tuple([place.country for place in location if place.source != "registry"])
