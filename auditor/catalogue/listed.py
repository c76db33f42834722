"""Read vendors known by name: recognised by a pattern, and little else is known of them.

Who runs such a service, and who owns whoever does, was read nowhere.  It is an
offering without an operator: it is seen, it is named, and every statement that
needs its operator is *not established*.  Where the operator is one of the
entities we know, `operator` says so.

    known_by_name:
      category: [mail-sender]
      lists: {tally: "The Tally of Senders, version 3 (MIT)"}
      checked: "2026-11-24"
      verified: false
      signs:
        - {on: dns.spf.include, proves: use, strength: moderate, serves: [mail.outbound]}
        - {on: dns.txt, how: prefix, proves: past-claim, strength: weak, serves: [account]}
      vendors:
        - {id: acme, name: Acme, list: tally, domains: [acme.example]}
        - {id: bell, name: Bell, list: tally, prefix: {dns.txt: ["bell-verification="]}}

`signs` says once for the whole file what a pattern on a kind proves.  `domains`
are the vendor's own names: each sign by label suffix applies to them.  A single
kind is named by `under`, `prefix`, `is` or `within`.

Once a vendor is described among the offerings, under the same id, the
description counts, and the patterns of the list go on to speak for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from auditor.catalogue.parties import MATCHERS, PROOFS, STRENGTHS
from auditor.catalogue.patterns import mistake
from auditor.catalogue.source import Entry, probably
from auditor.errors import SourceError
from auditor.model.party import Fingerprint, Offering
from auditor.model.sighting import Value
from auditor.model.text import Provenance


@dataclass(frozen=True, slots=True)
class _Sign:
    """What a pattern on a kind of value proves, and the roles whoever it names serves in."""

    on: str
    how: str
    proves: str
    strength: str
    serves: tuple[str, ...]


class _Head:
    """What holds for every vendor of a file."""

    def __init__(
        self,
        entry: Entry,
        kinds: Mapping[str, type[Value]],
        roles: frozenset[str],
        categories: frozenset[str],
    ) -> None:
        self.categories = categories
        self.category = entry.words("category", categories, required=True)
        lists = entry.entry("lists")
        self.lists = {name: lists.string(name) for name in lists.written}
        checked = entry.day("checked")
        if checked is None:
            raise SourceError(entry.place, "'checked' is missing: the day the lists were read")
        self._checked = checked
        self._verified = entry.flag("verified")
        self.signs = {}
        for item in entry.entries("signs", required=True):
            sign = _sign(item, kinds, roles)
            self.signs[sign.on, sign.how] = sign
        # What many vendors have alike is held once: thousands of them are kept in the cache.
        self._provenances: dict[tuple[str, ...], Provenance] = {}
        self._roles: dict[frozenset[_Sign], frozenset[str]] = {}

    def provenance(self, lists: tuple[str, ...]) -> Provenance:
        """Where a vendor that stands in *lists* is stated."""
        if lists not in self._provenances:
            source = "; ".join(self.lists[name] for name in lists)
            self._provenances[lists] = Provenance(source, self._checked, self._verified)
        return self._provenances[lists]

    def roles(self, signs: frozenset[_Sign]) -> frozenset[str]:
        """The roles in which a vendor seen by *signs* can serve."""
        if signs not in self._roles:
            self._roles[signs] = frozenset(role for sign in signs for role in sign.serves)
        return self._roles[signs]


def vendors(
    file: Entry,
    kinds: Mapping[str, type[Value]],
    roles: frozenset[str],
    categories: frozenset[str],
) -> Iterator[tuple[Entry, Offering]]:
    """The vendors known by name in *file*, each an offering without an operator, with its place."""
    if not file.has("known_by_name"):
        return
    entry = file.entry("known_by_name")
    head = _Head(entry, kinds, roles, categories)
    for item in entry.entries("vendors", required=True):
        yield item, _vendor(item, head)
    entry.close()


def joined(
    described: Mapping[str, Offering], vendors: Mapping[str, Offering]
) -> dict[str, Offering]:
    """The offerings *described*, and the *vendors* of which there is no description, by id.

    A pattern of the list that adds nothing to the description is left out.
    """
    whole = {**vendors, **described}
    for id_ in described.keys() & vendors.keys():
        own = described[id_].fingerprints
        more = tuple(f for f in vendors[id_].fingerprints if not _covered(f, own))
        whole[id_] = replace(described[id_], fingerprints=own + more)
    return whole


def _covered(fingerprint: Fingerprint, by: tuple[Fingerprint, ...]) -> bool:
    return any(
        (fingerprint.on, fingerprint.how) == (other.on, other.how)
        and (
            fingerprint.pattern == other.pattern
            or (other.how == "under" and fingerprint.pattern.endswith("." + other.pattern))
        )
        for other in by
    )


def _sign(entry: Entry, kinds: Mapping[str, type[Value]], roles: frozenset[str]) -> _Sign:
    sign = _Sign(
        on=entry.word("on", [kind for kind, value in kinds.items() if value.key_field]),
        how=entry.word("how", MATCHERS, "under"),
        proves=entry.word("proves", PROOFS),
        strength=entry.word("strength", STRENGTHS),
        serves=entry.words("serves", roles, required=True),
    )
    entry.close()
    return sign


def _vendor(entry: Entry, head: _Head) -> Offering:
    provenance = head.provenance(entry.words("list", head.lists, required=True))
    seen = list(_patterns(entry, head))
    if not seen:
        raise SourceError(entry.place, "a vendor known by name needs a pattern to be seen by")
    offering = Offering(
        id=entry.string("id"),
        name=entry.string("name"),
        operator=entry.optional("operator"),
        category=entry.words("category", head.categories) or head.category,
        roles=head.roles(frozenset(sign for sign, _ in seen)),
        cannot=frozenset(),
        technology=(),
        subprocessors=(),
        subprocessors_known=False,
        regions=(),
        keys="unknown",
        qualifications=(),
        provenance=provenance,
        fingerprints=tuple(
            Fingerprint(s.on, s.how, pattern, s.proves, s.strength, (), provenance)
            for s, pattern in seen
        ),
    )
    entry.close()
    return offering


def _patterns(entry: Entry, head: _Head) -> Iterator[tuple[_Sign, str]]:
    domains = entry.words("domains")
    for sign in head.signs.values():
        if sign.how == "under":
            yield from ((sign, _checked(entry, "domains", "under", name)) for name in domains)
    for how in MATCHERS:
        if not entry.has(how):
            continue
        patterns = entry.entry(how)
        for on in patterns.written:
            if (on, how) not in head.signs:
                known = [kind for kind, way in head.signs if way == how]
                raise SourceError(
                    patterns.place_of(on),
                    f"the head of the file does not say what '{on}' proves{probably(on, known)}",
                )
            for pattern in patterns.words(on, required=True):
                yield head.signs[on, how], _checked(patterns, on, how, pattern)


def _checked(entry: Entry, key: str, how: str, pattern: str) -> str:
    wrong = mistake(how, pattern)
    if wrong:
        raise SourceError(entry.place_of(key), wrong)
    return pattern
