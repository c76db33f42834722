"""Read `rules/providers`: legal entities, offerings, fingerprints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.catalogue.patterns import mistake
from auditor.catalogue.source import Entry, probably
from auditor.errors import SourceError
from auditor.model.law import Effect
from auditor.model.party import (
    Fingerprint,
    LegalEntity,
    Offering,
    Qualification,
    Stake,
    Supply,
)
from auditor.model.sighting import Value
from auditor.model.text import Provenance

MATCHERS = ("under", "is", "prefix", "within")
"""How a fingerprint compares: label suffix, equality, start of a text, address range."""

PROOFS = ("use", "relation", "past-claim")
STRENGTHS = ("strong", "moderate", "weak")
KEYS = ("operator", "customer", "unknown")


def entities(file: Entry) -> Iterator[tuple[Entry, LegalEntity]]:
    """The legal entities in *file*, each with its place."""
    for entry in file.entries("entities"):
        entity = LegalEntity(
            id=entry.string("id"),
            name=entry.string("name"),
            incorporated_in=entry.optional("incorporated_in"),
            seat=entry.optional("seat"),
            public=entry.flag("public", default=False),
            stakes=tuple(_stake(stake) for stake in entry.entries("owners")),
            ownership_known=entry.flag("ownership_known", default=False),
            ownership_since=entry.day("ownership_since"),
            establishments=entry.words("establishments"),
            establishments_known=entry.flag("establishments_known", default=False),
            provenance=entry.provenance(),
        )
        entry.close()
        yield entry, entity


def _stake(entry: Entry) -> Stake:
    stake = Stake(
        owner=entry.string("owner"),
        capital=entry.number("capital"),
        votes=entry.number("votes"),
        control=entry.flag("control"),
        period=entry.period(),
        provenance=entry.provenance(),
    )
    entry.close()
    return stake


def offerings(
    file: Entry, kinds: Mapping[str, type[Value]], roles: frozenset[str], categories: frozenset[str]
) -> Iterator[tuple[Entry, Offering]]:
    """The offerings in *file*, each with its place.

    *kinds* are the kinds of value that the installed probes yield: a
    fingerprint on anything else could never match, so it is an error.
    """
    for entry in file.entries("offerings"):
        provenance = entry.provenance()
        offering = Offering(
            id=entry.string("id"),
            name=entry.string("name"),
            operator=entry.optional("operator"),
            category=entry.words("category", categories, required=True),
            roles=frozenset(entry.words("roles", roles, required=True)),
            cannot=frozenset(entry.words("cannot", list(Effect))),
            technology=tuple(_supply(supply) for supply in entry.entries("technology")),
            subprocessors=tuple(_supply(supply) for supply in entry.entries("subprocessors")),
            subprocessors_known=entry.flag("subprocessors_known", default=False),
            regions=entry.words("regions"),
            keys=entry.word("keys", KEYS, "unknown"),
            qualifications=tuple(_qualification(q) for q in entry.entries("qualifications")),
            provenance=provenance,
            fingerprints=tuple(
                _fingerprint(item, kinds, roles, provenance)
                for item in entry.entries("fingerprints")
            ),
            dkim_selectors=entry.words("dkim_selectors"),
            tenant_names=entry.words("tenant_names"),
            note=entry.optional_text("note"),
        )
        entry.close()
        yield entry, offering
    file.close()


def _supply(entry: Entry) -> Supply:
    supply = Supply(
        entity=entry.string("entity"),
        what=entry.text("what"),
        period=entry.period(),
        provenance=entry.provenance(),
    )
    entry.close()
    return supply


def _qualification(entry: Entry) -> Qualification:
    qualification = Qualification(
        scheme=entry.string("scheme"),
        scope=entry.optional_text("scope"),
        decision=entry.string("decision", ""),
        period=entry.period(),
        provenance=entry.provenance(),
    )
    entry.close()
    return qualification


def _fingerprint(
    entry: Entry, kinds: Mapping[str, type[Value]], roles: frozenset[str], default: Provenance
) -> Fingerprint:
    on = entry.string("on")
    if on not in kinds or not kinds[on].key_field:
        readable = [kind for kind, value in kinds.items() if value.key_field]
        raise SourceError(
            entry.place_of("on"), f"no probe sees '{on}' to compare{probably(on, readable)}"
        )
    ways = [way for way in MATCHERS if entry.has(way)]
    if len(ways) != 1:
        raise SourceError(entry.place, f"exactly one of {', '.join(MATCHERS)} is needed here")
    pattern = entry.string(ways[0])
    wrong = mistake(ways[0], pattern)
    if wrong:
        raise SourceError(entry.place_of(ways[0]), wrong)
    fingerprint = Fingerprint(
        on=on,
        how=ways[0],
        pattern=pattern,
        proves=entry.word("proves", PROOFS, "use"),
        strength=entry.word("strength", STRENGTHS, "strong"),
        roles=entry.words("roles", roles),
        provenance=entry.provenance(default),
    )
    entry.close()
    return fingerprint
