"""Read `rules/contradictions.yaml`: what contradicts what, and in which words it is said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from string import Formatter

from auditor.catalogue.source import Entry, probably
from auditor.errors import SourceError
from auditor.model.contradiction import KINDS, ContradictionKind, Level
from auditor.model.sighting import Value
from auditor.model.text import LANGUAGES, Text

SIDES = ("declared", "observed", "source")
"""Who can say something: the dossier, what we saw, what the catalogue read somewhere."""


def contradictions(
    file: Entry, roles: Collection[str], kinds: Mapping[str, type[Value]]
) -> dict[str, ContradictionKind]:
    """The kinds of contradiction in *file*, by id: all that the engine looks for, and no others.

    Raises:
        SourceError: One is missing or unknown, or has a place that nobody fills.
    """
    found = {}
    for entry in file.entries("contradictions", required=True):
        kind = _kind(entry, roles, kinds)
        if kind.id in found:
            raise SourceError(entry.place_of("id"), f"'{kind.id}' stands here twice")
        found[kind.id] = kind
    for missing in KINDS.keys() - found.keys():
        raise SourceError(file.place, f"the contradiction '{missing}' is missing")
    file.close()
    return found


def _kind(
    entry: Entry, roles: Collection[str], kinds: Mapping[str, type[Value]]
) -> ContradictionKind:
    between = entry.words("between", SIDES, required=True)
    if len(between) != 2:
        raise SourceError(entry.place_of("between"), "two sides are needed here")
    id_ = entry.word("id", KINDS)
    shows = entry.entry("shows") if entry.has("shows") else None
    unless = entry.entry("unless") if entry.has("unless") else None
    kind = ContradictionKind(
        id=id_,
        between=(between[0], between[1]),
        level=entry.member("level", Level),
        shakes=entry.flag("shakes", default=False),
        title=_text(entry, "title", ()),
        one=_text(entry, "one", KINDS[id_]),
        other=_text(entry, "other", KINDS[id_]),
        question=_text(entry, "question", KINDS[id_]),
        roles=entry.words("roles", roles),
        shows=_by_role(shows, roles, kinds),
        unless=_by_role(unless, roles, roles),
    )
    entry.close()
    return kind


def _by_role(
    entry: Entry | None, roles: Collection[str], among: Collection[str]
) -> dict[str, tuple[str, ...]]:
    if entry is None:
        return {}
    for role in entry.written:
        if role not in roles:
            raise SourceError(entry.place_of(role), f"unknown role '{role}'{probably(role, roles)}")
    return {role: entry.words(role, among) for role in entry.written}


def _text(entry: Entry, key: str, places: Collection[str]) -> Text:
    text = entry.text(key)
    for language in LANGUAGES:
        for _, place, _, _ in Formatter().parse(text.in_language(language)):
            if place and place not in places:
                raise SourceError(
                    entry.place_of(key), f"nobody fills {{{place}}} here{probably(place, places)}"
                )
    return text
