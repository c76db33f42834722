"""What a pattern may be, and that no two of them say the same."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from auditor.errors import Place, SourceError
from auditor.model.party import Fingerprint, Offering

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_EDGES = frozenset("\"' ,[]{}:#")
"""What may stand around a word in YAML, in block or in flow style."""


def mistake(how: str, pattern: str) -> str | None:
    """What is wrong with *pattern*, compared the way *how* says; None when nothing is."""
    if how == "under":
        if pattern != pattern.lower() or pattern.strip(".") != pattern:
            return "a label suffix is lower case, without a dot at either end"
        if _is_public(pattern):
            return f"'{pattern}' is a public suffix: names of everybody lie under it"
    if how == "within":
        try:
            ipaddress.ip_network(pattern)
        except ValueError as error:
            return str(error)
    return None


def overlaps(offerings: Iterable[Offering], places: Mapping[str, Place]) -> Iterator[SourceError]:
    """The patterns that tell nothing, because another one stands in their way.

    Two offerings with the same pattern on the same kind cannot be told apart.
    Within one offering, a label suffix under another adds nothing unless it
    proves more, speaks of other roles, or is the one that was read in a source.
    *places* says where each offering begins, by its id.
    """
    first: dict[tuple[str, str, str], Offering] = {}
    for offering in offerings:
        suffixes = {(f.on, f.pattern): f for f in offering.fingerprints if f.how == "under"}
        for fingerprint in offering.fingerprints:
            key = (fingerprint.on, fingerprint.how, fingerprint.pattern.lower())
            other = first.setdefault(key, offering)
            said = f"{offering.id}: '{fingerprint.pattern}' on {fingerprint.on}"
            if other is not offering:
                place = _place(places[offering.id], fingerprint)
                where = _place(places[other.id], fingerprint)
                message = f"{said} already names '{other.id}' ({where}); one of the two must go"
                yield SourceError(place, message)
            broader = _broader(fingerprint, suffixes)
            if broader is not None:
                place = _place(places[offering.id], fingerprint)
                yield SourceError(place, f"{said} adds nothing to '{broader.pattern}'")


def _broader(
    fingerprint: Fingerprint, suffixes: Mapping[tuple[str, str], Fingerprint]
) -> Fingerprint | None:
    """The label suffix above *fingerprint* that already says all that it says."""
    if fingerprint.how != "under":
        return None
    name = fingerprint.pattern.partition(".")[2]
    while name:
        above = suffixes.get((fingerprint.on, name))
        if above is not None:
            same = (above.proves, above.strength, above.roles) == (
                fingerprint.proves,
                fingerprint.strength,
                fingerprint.roles,
            )
            read = above.provenance.verified or not fingerprint.provenance.verified
            return above if same and read else None
        name = name.partition(".")[2]
    return None


def _place(start: Place, fingerprint: Fingerprint) -> Place:
    """Where the pattern stands in the offering that begins at *start*; *start* if not found."""
    lines = start.file.read_text(encoding="utf-8").splitlines()
    found = start
    for number, line in enumerate(lines[start.line - 1 :], start.line):
        column = _column(line, fingerprint.pattern)
        if column and (fingerprint.on in line or found is start):
            found = Place(start.file, number, column)
            if fingerprint.on in line:
                break
    return found


def _column(line: str, pattern: str) -> int:
    """The column, from 1, at which *pattern* is a word of its own in *line*; 0 if nowhere."""
    start = line.find(pattern)
    while start >= 0:
        end = start + len(pattern)
        if {line[start - 1 : start], line[end : end + 1]} <= _EDGES | {""}:
            return start + 1
        start = line.find(pattern, end)
    return 0


def _is_public(name: str) -> bool:
    return bool(_suffixes().is_public(name))


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    # Names sold by a company to its customers (`netlify.app`) betray that company.
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(only_icann=True)
