"""From where the services are controlled, and where they stand, as far as that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from auditor import resources
from auditor.reporting.reading import Reading, distinct

FEWEST = 2
"""States below which a map says no more than a sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """One state; the last of all may be *not established*.

    Attributes:
        code: Jurisdiction id; empty for what is not established.
        controlled: Services controlled from there in the last resort, as was read in sources.
        supposed: Services of which that is believed, and not every link was read.
        located: Services that stand there, by what the offering fixes or the dossier says.
    """

    code: str
    name: str
    controlled: tuple[str, ...]
    supposed: tuple[str, ...]
    located: tuple[str, ...]

    def services(self, reading: Reading) -> list[str]:
        """Those controlled from there, in words: what is to be confirmed says so."""
        return [*self.controlled, *map(reading.to_confirm, self.supposed)]


def places(reading: Reading) -> tuple[Place, ...]:
    """Each state that is known to matter, most services first; none when a map would be idle.

    The registry country of an address is no location.
    """
    controlled: dict[str, list[str]] = {}
    supposed: dict[str, list[str]] = {}
    located: dict[str, list[str]] = {}
    for dependency in reading.assessment.footprint.dependencies:
        found = reading.assessment.controllers.get(dependency.offering or "") or ("",)
        believed = found != ("",) and not reading.is_confirmed(dependency)
        for place in found:
            (supposed if believed else controlled).setdefault(place, []).append(dependency.label)
        fixed = {each.country for each in dependency.location if each.source != "registry"}
        for place in sorted(fixed) or ("",):
            located.setdefault(place, []).append(dependency.label)
    known = distinct([*controlled, *supposed, *located])
    if len([place for place in known if place]) < FEWEST:
        return ()
    known.sort(
        key=lambda place: (
            not place,
            -len(set(controlled.get(place, ()))),
            -len(set(supposed.get(place, ()))),
        )
    )
    settled = {name for place, names in located.items() if place for name in names}
    return tuple(
        Place(
            place,
            reading.country(place) if place else reading.say("not-established"),
            tuple(distinct(controlled.get(place, ()))),
            tuple(distinct(supposed.get(place, ()))),
            # A service that stands somewhere in one role is not at large in another.
            tuple(n for n in distinct(located.get(place, ())) if place or n not in settled),
        )
        for place in known
    )


@cache
def grid() -> Mapping[str, tuple[int, int]]:
    """State → column and row of its square."""
    content = (resources.templates() / "tiles.yaml").read_bytes()
    places = yaml.load(content, Loader=yaml.CSafeLoader)
    return {code: (column, row) for code, (column, row) in places.items()}
