"""What was seen and nobody recognised, ranked: the next pattern to add stands at the top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor.catalogue.catalogue import Catalogue
from auditor.model.names import is_own, registrable
from auditor.model.sighting import Sighting

KINDS = {
    "dns.mx": "mail exchangers",
    "dns.spf.include": "SPF includes",
    "dns.autodiscover": "client settings",
}
"""The kinds ranked.  An include in somebody else's record (a deeper one) is that somebody's."""


@dataclass(slots=True)
class Kind:
    """The registrable domains met on one kind, each counted once for each domain audited.

    Attributes:
        own: Under the domain's own name, so that no pattern could tell.
        known: Under a name that betrays an offering.
        unknown: By registrable domain.
    """

    own: int = 0
    known: int = 0
    unknown: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Remainder:
    """The tally of every kind ranked."""

    kinds: dict[str, Kind] = field(default_factory=lambda: {kind: Kind() for kind in KINDS})

    def add(self, domain: str, sightings: Iterable[Sighting], catalogue: Catalogue) -> None:
        """Count the names seen of *domain*."""
        names = {
            (value.kind, str(getattr(value, value.key_field)))
            for sighting in sightings
            for observation in sighting.observations
            if (value := observation.value).kind in KINDS and getattr(value, "depth", 1) == 1
        }
        words = {
            (kind, self._word(kind, name, domain, catalogue), registrable(name))
            for kind, name in names
        }
        for kind, word, base in words:
            tally = self.kinds[kind]
            if word == "known":
                tally.known += 1
            elif word == "own":
                tally.own += 1
            else:
                tally.unknown[base] += 1

    @staticmethod
    def _word(kind: str, name: str, domain: str, catalogue: Catalogue) -> str:
        if catalogue.fingerprints.matches(kind, name):
            return "known"
        return "own" if is_own(name, domain) else "unknown"

    def lines(self, most: int = 25) -> Iterable[str]:
        """The figures, for people; the *most* frequent names of each kind."""
        for kind, title in KINDS.items():
            tally = self.kinds[kind]
            unknown = sum(tally.unknown.values())
            others = tally.known + unknown
            share = f"{100 * tally.known / others:.2f} %" if others else "none seen"
            yield ""
            yield (
                f"{title} ({kind}): {share} of {others} recognised,"
                f" {tally.own} under the domain itself; not recognised, by count:"
            )
            for name, number in tally.unknown.most_common(most):
                yield f"  {number:>4}  {name}"
