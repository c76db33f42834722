"""Which offering a value betrays: label suffixes, equality, text prefixes, address ranges."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from auditor.model.party import Fingerprint, Offering

Match = tuple[Offering, Fingerprint]

_STEM = 3
"""Text prefixes are looked up by their first characters; shorter ones are tried for every text."""


@dataclass(slots=True)
class _OfKind:
    """The fingerprints on one kind of value, one table for each way to compare."""

    suffixes: dict[str, list[Match]] = field(default_factory=lambda: defaultdict(list))
    exact: dict[str, list[Match]] = field(default_factory=lambda: defaultdict(list))
    stems: dict[str, list[Match]] = field(default_factory=lambda: defaultdict(list))
    ranges: dict[str, list[Match]] = field(default_factory=lambda: defaultdict(list))


class FingerprintIndex:
    """Every fingerprint of the catalogue.

    The most specific label suffix wins: `mail.city.cloud.example` is tried
    before `cloud.example`.  A name is never compared by substring.
    """

    def __init__(self, offerings: Iterable[Offering]) -> None:
        kinds: dict[str, _OfKind] = defaultdict(_OfKind)
        for offering in offerings:
            for fingerprint in offering.fingerprints:
                tables = kinds[fingerprint.on]
                match fingerprint.how:
                    case "under":
                        tables.suffixes[fingerprint.pattern].append((offering, fingerprint))
                    case "is":
                        tables.exact[fingerprint.pattern.lower()].append((offering, fingerprint))
                    case "prefix":
                        stem = fingerprint.pattern[:_STEM].lower()
                        tables.stems[stem].append((offering, fingerprint))
                    case _:
                        tables.ranges[fingerprint.pattern].append((offering, fingerprint))
        self._kinds = dict(kinds)
        self._found: dict[tuple[str, str], tuple[Match, ...]] = {}
        self._spoken: dict[tuple[str, ...], tuple[str, ...]] = {}

    def matches(self, kind: str, key: str) -> tuple[Match, ...]:
        """The offerings that *key*, the compared field of a value of *kind*, betrays."""
        tables = self._kinds.get(kind)
        if tables is None:
            return ()
        asked = (kind, key)
        found = self._found.get(asked)
        if found is None:
            found = self._look(tables, key)
            if len(self._found) < 100_000:
                self._found[asked] = found
        return found

    @staticmethod
    def _look(tables: _OfKind, key: str) -> tuple[Match, ...]:
        lowered = key.lower()
        exact = tables.exact.get(lowered)
        if exact:
            return tuple(exact)
        name = lowered
        while tables.suffixes and name:
            suffix = tables.suffixes.get(name)
            if suffix:
                return tuple(suffix)
            name = name.partition(".")[2]
        if tables.stems:
            starting = [
                match
                for length in range(1, _STEM + 1)
                for match in tables.stems.get(lowered[:length], ())
                if lowered.startswith(match[1].pattern.lower())
            ]
            if starting:
                longest = max(len(fingerprint.pattern) for _, fingerprint in starting)
                return tuple(m for m in starting if len(m[1].pattern) == longest)
        return _in_range(tables, key) if tables.ranges else ()

    def spoken(self, *kinds: str) -> tuple[str, ...]:
        """The roles that fingerprints on *kinds* speak of by themselves, in alphabetical order."""
        if kinds not in self._spoken:
            self._spoken[kinds] = tuple(
                sorted(
                    {
                        role
                        for kind in kinds
                        for _, fingerprint in _all(self._kinds.get(kind, _OfKind()))
                        for role in fingerprint.roles
                    }
                )
            )
        return self._spoken[kinds]

    def __getstate__(self) -> dict[str, _OfKind]:
        return self._kinds

    def __setstate__(self, state: dict[str, _OfKind]) -> None:
        self._kinds = state
        self._found = {}
        self._spoken = {}


def _all(tables: _OfKind) -> Iterator[Match]:
    for table in (tables.suffixes, tables.exact, tables.stems, tables.ranges):
        for matches in table.values():
            yield from matches


@lru_cache(maxsize=4096)
def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    return ipaddress.ip_network(text)


def _in_range(tables: _OfKind, key: str) -> tuple[Match, ...]:
    try:
        address = ipaddress.ip_network(key, strict=False)
    except ValueError:
        return ()
    holding = [
        (network.prefixlen, matches)
        for network, matches in ((_network(p), m) for p, m in tables.ranges.items())
        if network.version == address.version and address.subnet_of(network)  # type: ignore[arg-type]
    ]
    return tuple(max(holding, key=lambda pair: pair[0])[1]) if holding else ()
