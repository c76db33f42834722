"""What a fact of a framework is asked about, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.engine.truth import Truth
from auditor.exposure.grasps import Grasps
from auditor.exposure.parties import World
from auditor.model.assessed import Ground
from auditor.model.law import Law
from auditor.model.party import Offering
from auditor.model.target import Declared
from auditor.model.text import LANGUAGES, Text

MOST = 3
"""Missing facts, or laws, named at most for one fact."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a fact.

    Attributes:
        said: Whether the organisation says so, and nothing else does.
    """

    truth: Truth
    grounds: tuple[Ground, ...] = ()
    missing: tuple[Text, ...] = ()
    said: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What a fact is asked about: an offering, and what the organisation says of it.

    Attributes:
        home: Jurisdiction id of the organisation.
        entities: Whether to ask of each entity that delivers part of the service.
    """

    offering: Offering
    said: tuple[Declared, ...]
    world: World
    grasps: Grasps
    laws: Mapping[str, Law]
    home: str
    entities: bool

    def text(self, key: str, **values: Text | str) -> Text:
        """The template *key* of `rules/words.yaml`, filled."""
        return self.world.words[key].format(**values)

    def missing(self, point: str, party: str = "") -> Text:
        """The sentence for a missing fact about *party*, or about the offering."""
        return self.world.missing(point, party=party or self.offering.name)

    def countries(self, ids: Iterable[str]) -> Text:
        """The names of jurisdictions, as a list."""
        known = self.world.jurisdictions
        return listed([known[each].name for each in dict.fromkeys(ids) if each in known])

    def inside(self, country: str | None, spaces: tuple[str, ...]) -> Truth:
        """Whether *country* lies in one of *spaces*."""
        if country is None:
            return None
        return any(self.world.inside(country, space) for space in spaces)


def listed(items: Iterable[Text]) -> Text:
    """*items* between commas, in each language."""
    known = list(items)
    return Text(**{name: ", ".join(t.in_language(name) for t in known) for name in LANGUAGES})
