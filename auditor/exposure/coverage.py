"""How much of a list of names that were seen is known, and how far up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.catalogue.catalogue import Catalogue
from auditor.exposure.ownership import ownership
from auditor.model.party import Offering


class Known(StrEnum):
    """How far a name is known, best first."""

    DECIDED = "decided"
    """Offering, operator and everybody above are known and were read in sources."""
    BELIEVED = "believed"
    """All are known, not all from sources: such a chain decides no verdict alone."""
    OPERATOR = "operator"
    """The operator and its country are known, who controls it is not."""
    NAME = "name"
    """Known by name: the operator or its country is not known."""
    NOTHING = "nothing"
    """No pattern recognises it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A name that was seen.

    Attributes:
        kind: A kind of value: `dns.mx`.
        name: What was seen, or a domain under which it was.
        count: How often.
    """

    kind: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Covered:
    """A name that was seen, and how far it is known.

    Attributes:
        offerings: Ids of the offerings it betrays.
    """

    seen: Seen
    known: Known
    offerings: tuple[str, ...]


def coverage(seen: Iterable[Seen], catalogue: Catalogue, day: date) -> tuple[Covered, ...]:
    """How far each of *seen* is known on *day*, the most frequent first.

    Lists are often made of registrable domains: one is recognised also when a
    pattern for longer names under it is known.  Where several offerings share a
    name, the one of which least is known counts.
    """
    under = _patterns_under(catalogue)
    covered = []
    for each in seen:
        matches = catalogue.fingerprints.matches(each.kind, each.name)
        ids = {offering.id for offering, _ in matches} or under.get((each.kind, each.name), set())
        known = [_how_far(catalogue.offerings[id_], catalogue, day) for id_ in ids]
        worst = max(known, key=list(Known).index, default=Known.NOTHING)
        covered.append(Covered(each, worst, tuple(sorted(ids))))
    return tuple(sorted(covered, key=lambda c: (-c.seen.count, c.seen.kind, c.seen.name)))


def _patterns_under(catalogue: Catalogue) -> dict[tuple[str, str], set[str]]:
    """The offerings recognised by a longer name, by kind and by each name above it."""
    under: dict[tuple[str, str], set[str]] = {}
    for offering in catalogue.offerings.values():
        for fingerprint in offering.fingerprints:
            if fingerprint.how in ("under", "is"):
                above = fingerprint.pattern.lower().partition(".")[2]
                # A name of one label is a registry's: everybody's names are under it.
                while "." in above:
                    under.setdefault((fingerprint.on, above), set()).add(offering.id)
                    above = above.partition(".")[2]
    return under


def _how_far(offering: Offering, catalogue: Catalogue, day: date) -> Known:
    if offering.operator is None:
        return Known.NAME
    operator = catalogue.entities[offering.operator]
    if (operator.incorporated_in or operator.seat) is None:
        return Known.NAME
    above = ownership(operator, catalogue.entities, day)
    if above.unknown or any((top.incorporated_in or top.seat) is None for top in above.top):
        return Known.OPERATOR
    read = (
        offering.provenance.verified
        and operator.provenance.verified
        and not above.unverified
        and all(holding.verified for holding in above.holdings)
    )
    return Known.DECIDED if read else Known.BELIEVED
