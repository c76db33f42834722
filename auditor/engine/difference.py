"""What two assessments of one organisation say differently.

Why they do is for `engine.causes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from auditor.engine.gate import Identity
from auditor.model.difference import Difference, Json, Key, State, Thing

_REACH: Final = ("reached", "unknown", "not-reached")
"""States of an exposure, the most telling first."""


States = Mapping[tuple[Thing, Key], State]


def same_organisation(one: Json, other: Json) -> bool:
    """Whether both are about one organisation: they share a domain."""
    return not set(one["subject"]["domains"]).isdisjoint(other["subject"]["domains"])


def states(document: Json) -> States:
    """Everything in *document* that is compared.

    Raises:
        AttributeError, KeyError, TypeError: It is not whole.
    """
    found: dict[tuple[Thing, Key], State] = {}
    for finding in document["findings"]:
        found["finding", identity(finding)] = _finding(finding)
    places: dict[str, Key] = {}
    serving: dict[Key, list[Json]] = defaultdict(list)
    for part in document["footprint"]:
        for dependency in part["dependencies"]:
            service = dependency["offering"] or f"~{dependency['name']}"
            key: Key = (part["domain"], part["role"], dependency["layer"], service)
            places[dependency["id"]] = key
            serving[key].append(dependency)
    for key, dependencies in serving.items():
        found["service", key] = _service(dependencies)
    reaching: dict[Key, list[Json]] = defaultdict(list)
    for exposure in document["exposures"]:
        place = places[exposure["dependency"]]
        reaching[(*place, exposure["law"], exposure["effect"])].append(exposure)
    for key, exposures in reaching.items():
        found["exposure", key] = _exposure(exposures)
    return found


def identity(finding: Json) -> Identity:
    """Of *finding*; one on the whole organisation has no other subject, however it is called."""
    return finding["rule"], finding["subject"] if finding["role"] else ""


def differences(before: States, after: States) -> tuple[Difference, ...]:
    """What is new, gone or changed, in the order of *after* and then of *before*."""
    return tuple(
        Difference(thing, key, before.get((thing, key)), after.get((thing, key)))
        for thing, key in dict.fromkeys((*after, *before))
        if before.get((thing, key)) != after.get((thing, key))
    )


def open_before(document: Json, severities: tuple[str, ...]) -> frozenset[Identity]:
    """The findings of *document* not met, of one of *severities*."""
    return frozenset(
        identity(finding)
        for finding in document["findings"]
        if finding["verdict"] == "fail" and finding["severity"] in severities
    )


def unsettled_before(document: Json) -> frozenset[Identity]:
    """The rules that *document* could not decide."""
    return frozenset(
        identity(finding) for finding in document["findings"] if finding["verdict"] == "unknown"
    )


def _finding(finding: Json) -> State:
    words = ("verdict", "judged", "severity", "confidence")
    said = (finding["says"]["fr"], finding["says"]["en"])
    missing = tuple(sorted(text["en"] for text in finding["missing"]))
    whole = (*(finding[word] for word in words), *said, missing)
    return State(whole, finding["verdict"], finding)


def _service(dependencies: list[Json]) -> State:
    """Of one service in one role, whatever the number of names it answers by."""
    words = ("name", "operator", "confidence", "declared", "contradicted", "verified")
    surest = min(dependencies, key=lambda d: ("high", "moderate", "low").index(d["confidence"]))
    controlled = tuple(surest["controlled_from"] or ())
    places = {place["country"] for each in dependencies for place in each["location"]}
    whole = (*(surest[word] for word in words), controlled, tuple(sorted(places)))
    return State(whole, surest["confidence"], surest)


def _exposure(exposures: list[Json]) -> State:
    """Of one service to one law: every hook and path by which it reaches, or may."""
    words = ("hook", "relation", "standing", "state", "force")
    ways = sorted({tuple(str(each[word]) for word in words) for each in exposures})
    nearest = min(exposures, key=lambda each: _REACH.index(each["state"]))
    return State(tuple(ways), nearest["state"], nearest)
