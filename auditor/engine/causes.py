"""Why two assessments differ: established by changing one input at a time, never guessed.

An assessment is a pure function of what was seen and declared, of the
knowledge, the law, the rules and the waivers, of a day, and of the tool.  Where
its inputs are at hand they are exchanged one after the other, in two opposite
orders; a thing that changes at one step is due to that step.  Where they are
not, the digests in both say which inputs are the same, and so no cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from auditor.engine.difference import States, differences, states
from auditor.model.difference import (
    Attribution,
    Cause,
    Comparison,
    Difference,
    Explained,
    Json,
    Key,
    Thing,
)

SEEN: Final = (Cause.TARGET, Cause.LOOKUPS, Cause.DECLARED)
"""What the digest of a bundle stands for."""
KNOWN: Final = (Cause.KNOWLEDGE, Cause.LAW, Cause.RULES)
"""What the digest of the rules stands for."""


@dataclass(frozen=True, slots=True)
class Step:
    """One input exchanged for the other's.

    Attributes:
        causes: The inputs exchanged since the step before; several when they cannot be apart.
        states: What follows then; None when that cannot be worked out.
    """

    causes: tuple[Cause, ...]
    states: States | None


def compared(
    before: Json, after: Json, replayed: tuple[bool, bool], chains: Sequence[Sequence[Step]]
) -> Comparison:
    """*before* held against *after*; *chains* as for `attribution`, none without evidence.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: One of them is not whole.
    """
    possible = differing(before, after)
    return Comparison(
        before,
        after,
        _ordered(possible),
        replayed,
        tuple(
            Explained(difference, attribution(difference, chains, possible))
            for difference in differences(states(before), states(after))
        ),
    )


def differing(before: Json, after: Json) -> frozenset[Cause]:
    """The inputs that may differ, as the digests and the days of both tell."""
    one, other = before["digests"], after["digests"]
    found: set[Cause] = set()
    if one["bundle"] != other["bundle"]:
        found.update(SEEN)
    if one["rules"] != other["rules"]:
        found.update(KNOWN)
    if one["tool"] != other["tool"]:
        found.add(Cause.TOOL)
    if one["waivers"] != other["waivers"]:
        found.add(Cause.WAIVERS)
    if before["as_of"] != after["as_of"]:
        found.add(Cause.DAY)
    return frozenset(found)


def attribution(
    difference: Difference, chains: Iterable[Sequence[Step]], possible: frozenset[Cause]
) -> Attribution | None:
    """Why *difference* is there; None when none of its inputs differs, which cannot be.

    Args:
        chains: From one assessment to the other, in several orders.  In each, the first
            step is the one assessment as written, and the last is the other.
        possible: As `differing`.
    """
    if not possible:
        return None
    found: set[Cause] = set()
    established = True
    walked = False
    for chain in chains:
        walked = True
        for causes in _turns(chain, difference.thing, difference.key):
            able = [cause for cause in causes if cause in possible]
            if not able:
                # The replay stands apart from both assessments: it tells nothing of this one.
                return _by_digests(possible)
            found.update(able)
            established = established and len(able) == 1
    if not walked or not found:
        return _by_digests(possible)
    return Attribution(_ordered(found), established)


def _turns(chain: Sequence[Step], thing: Thing, key: Key) -> Iterator[tuple[Cause, ...]]:
    """The inputs exchanged at each step at which the thing changes."""
    first, *rest = chain
    state = first.states.get((thing, key)) if first.states is not None else None
    exchanged: list[Cause] = []
    for step in rest:
        exchanged += step.causes
        if step.states is None:
            continue
        now = step.states.get((thing, key))
        if now != state:
            yield tuple(dict.fromkeys(exchanged))
        state, exchanged = now, []


def _by_digests(possible: frozenset[Cause]) -> Attribution:
    return Attribution(_ordered(possible), len(possible) == 1)


def _ordered(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    return tuple(sorted(causes, key=tuple(Cause).index))
