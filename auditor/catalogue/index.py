"""Which offering a value betrays: label suffixes, equality, text prefixes, address ranges."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from auditor.model.party import Fingerprint, Offering

Match = tuple[Offering, Fingerprint]

_Sign = tuple[str, int]
"""A fingerprint by the id of its offering and its number there: no offering is made for it."""

_Length = tuple[int, int]
"""Of a prefix in bits, after the version of the protocol."""

_STEM = 3
"""Text prefixes are looked up by their first characters; shorter ones are tried for every text."""


@dataclass(slots=True)
class _OfKind:
    """The fingerprints on one kind of value, one table for each way to compare.

    Attributes:
        ranges: By their prefixes, of each length; the longest first.
        roles: Those that one of them speaks of by itself.
    """

    suffixes: dict[str, list[_Sign]] = field(default_factory=lambda: defaultdict(list))
    exact: dict[str, list[_Sign]] = field(default_factory=lambda: defaultdict(list))
    stems: dict[str, list[tuple[str, _Sign]]] = field(default_factory=lambda: defaultdict(list))
    ranges: dict[_Length, dict[int, list[_Sign]]] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)


class FingerprintIndex:
    """Every fingerprint of the catalogue.

    The most specific label suffix wins: `mail.city.cloud.example` is tried
    before `cloud.example`.  A name is never compared by substring.
    """

    def __init__(self, offerings: Mapping[str, Offering]) -> None:
        kinds: dict[str, _OfKind] = defaultdict(_OfKind)
        for offering in offerings.values():
            for number, fingerprint in enumerate(offering.fingerprints):
                sign = (offering.id, number)
                tables = kinds[fingerprint.on]
                tables.roles.update(fingerprint.roles)
                match fingerprint.how:
                    case "under":
                        tables.suffixes[fingerprint.pattern].append(sign)
                    case "is":
                        tables.exact[fingerprint.pattern.lower()].append(sign)
                    case "prefix":
                        stem = fingerprint.pattern[:_STEM].lower()
                        tables.stems[stem].append((fingerprint.pattern.lower(), sign))
                    case _:
                        length, prefix = _prefix(ipaddress.ip_network(fingerprint.pattern))
                        tables.ranges.setdefault(length, {}).setdefault(prefix, []).append(sign)
        for tables in kinds.values():
            tables.ranges = dict(sorted(tables.ranges.items(), reverse=True))
        self._offerings = offerings
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
            found = tuple(self._match(sign) for sign in self._look(tables, key))
            if len(self._found) < 100_000:
                self._found[asked] = found
        return found

    def _match(self, sign: _Sign) -> Match:
        offering = self._offerings[sign[0]]
        return offering, offering.fingerprints[sign[1]]

    @staticmethod
    def _look(tables: _OfKind, key: str) -> Iterable[_Sign]:
        lowered = key.lower()
        exact = tables.exact.get(lowered)
        if exact:
            return exact
        name = lowered
        while tables.suffixes and name:
            suffix = tables.suffixes.get(name)
            if suffix:
                return suffix
            name = name.partition(".")[2]
        if tables.stems:
            starting = [
                (pattern, sign)
                for length in range(1, _STEM + 1)
                for pattern, sign in tables.stems.get(lowered[:length], ())
                if lowered.startswith(pattern)
            ]
            if starting:
                longest = max(len(pattern) for pattern, _ in starting)
                return [sign for pattern, sign in starting if len(pattern) == longest]
        return _in_range(tables, key) if tables.ranges else ()

    def spoken(self, *kinds: str) -> tuple[str, ...]:
        """The roles that fingerprints on *kinds* speak of by themselves, in alphabetical order."""
        if kinds not in self._spoken:
            roles = (self._kinds[kind].roles for kind in kinds if kind in self._kinds)
            self._spoken[kinds] = tuple(sorted(set().union(*roles)))
        return self._spoken[kinds]

    def __getstate__(self) -> tuple[dict[str, _OfKind], Mapping[str, Offering]]:
        return self._kinds, self._offerings

    def __setstate__(self, state: tuple[dict[str, _OfKind], Mapping[str, Offering]]) -> None:
        self._kinds, self._offerings = state
        self._found = {}
        self._spoken = {}


def _prefix(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> tuple[_Length, int]:
    """The length of the prefix of *network*, and the prefix itself."""
    rest = network.max_prefixlen - network.prefixlen
    return (network.version, network.prefixlen), int(network.network_address) >> rest


def _in_range(tables: _OfKind, key: str) -> Iterable[_Sign]:
    try:
        (version, length), prefix = _prefix(ipaddress.ip_network(key, strict=False))
    except ValueError:
        return ()
    for (of_version, shorter), signs in tables.ranges.items():
        if of_version == version and shorter <= length:
            found = signs.get(prefix >> (length - shorter))
            if found:
                return found
    return ()
