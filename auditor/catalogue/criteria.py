"""Read `rules/criteria`: the vocabulary is closed, and every word is checked here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields

from auditor.catalogue.laws import RELATIONS
from auditor.catalogue.parties import KEYS
from auditor.catalogue.source import Entry, probably
from auditor.errors import SourceError
from auditor.model.law import Effect, Hook
from auditor.model.rule import (
    All,
    Any,
    Apart,
    Citation,
    Condition,
    Confidence,
    Distinct,
    Example,
    Forbid,
    Not,
    Require,
    RequireEvery,
    Rule,
    Selection,
    Severity,
    Verdict,
)
from auditor.model.sighting import Value
from auditor.model.text import LANGUAGES, Provenance, Text

FAMILIES = ("legal-exposure", "substitutability", "technology-control", "transparency")
STANDINGS = ("home", "shared", "adequate", "partly-adequate", "third")
LAYERS = ("service", "network")
DISTINCT_FIELDS = ("operator", "controller", "offering", "network")
APART_FIELDS = ("operator", "group")
GROUNDS = ("foreign-law", "transfer", "concentration", "forgery", "suppliers", "transit")
"""What several rules may turn on together, so that it counts once: see `rules/README.md`."""
PLACEHOLDERS = ("providers", "laws", "countries", "domain", "role", "missing")
_WHAT = ("exposure", "dependency", "fact", "ending")
_EXAMPLE_KEYS = (
    "role", "offering", "layer", "home", "domain", "on", "confidence", "gap", "offerings", "keys",
    "location",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the rest of the knowledge: a misspelt law must not pass in silence."""

    roles: frozenset[str]
    laws: frozenset[str]
    jurisdictions: frozenset[str]
    offerings: frozenset[str]
    operators: frozenset[str]
    categories: frozenset[str]
    schemes: frozenset[str]
    kinds: Mapping[str, type[Value]]

    def selectable(self, what: str) -> Mapping[str, tuple[str, ...]]:
        """The fields a condition may name of anything but a fact, with their words."""
        if what == "ending":
            return {"standing": STANDINGS}
        if what == "exposure":
            return {
                "effect": tuple(Effect),
                "hook": tuple(Hook),
                "relation": RELATIONS,
                "standing": STANDINGS,
                "layer": LAYERS,
                "law": tuple(self.laws),
                "jurisdiction": tuple(self.jurisdictions),
            }
        return {
            "identified": ("yes", "no"),
            "declared": ("yes", "no"),
            "layer": LAYERS,
            "confidence": tuple(Confidence),
            "category": tuple(self.categories),
            "offering": tuple(self.offerings),
            "operator": tuple(self.operators),
            "controller": STANDINGS,
            "location": STANDINGS,
            "keys": KEYS,
            "default-keys": KEYS,
            "subprocessors": ("known", "unknown"),
            "qualification": tuple(self.schemes),
            "control": ("changed", "lasting"),
        }


def rules(file: Entry, vocabulary: Vocabulary) -> Iterator[tuple[Entry, Rule]]:
    """The rules in *file*, each with its place."""
    for entry in file.entries("rules", required=True):
        rule = Rule(
            id=entry.string("id"),
            version=entry.integer("version"),
            family=entry.word("family", FAMILIES),
            effect=entry.member("effect", Effect),
            ground=entry.word("ground", GROUNDS, ""),
            severity=entry.member("severity", Severity),
            title=entry.text("title"),
            roles=entry.words("roles", vocabulary.roles, required=True),
            where=entry.words("where", vocabulary.roles),
            whole=entry.flag("whole", default=False),
            condition=_condition(entry.entry("condition"), vocabulary),
            why=entry.text("why"),
            citations=tuple(citation(item) for item in entry.entries("citations", required=True)),
            say=_say(entry.entry("say")),
            counter=entry.text("counter"),
            question=entry.text("question"),
            clause=entry.text("clause"),
            examples=tuple(
                _example(item, vocabulary) for item in entry.entries("examples", required=True)
            ),
            signoff=entry.signoff(),
        )
        entry.close()
        yield entry, rule
    file.close()


def _condition(entry: Entry, vocabulary: Vocabulary) -> Condition:
    readers: Mapping[str, Callable[[str], Condition]] = {
        "forbid": lambda key: Forbid(_selection(entry.entry(key), vocabulary)),
        "require": lambda key: Require(_selection(entry.entry(key), vocabulary)),
        "require_every": lambda key: RequireEvery(_selection(entry.entry(key), vocabulary)),
        "distinct": lambda key: _distinct(entry.entry(key)),
        "apart": lambda key: _apart(entry.entry(key), vocabulary),
        "all": lambda key: All(tuple(_condition(e, vocabulary) for e in entry.entries(key))),
        "any": lambda key: Any(tuple(_condition(e, vocabulary) for e in entry.entries(key))),
        "not": lambda key: Not(_condition(entry.entry(key), vocabulary)),
    }
    if len(entry.written) != 1:
        raise SourceError(entry.place, f"exactly one of {', '.join(readers)} is needed here")
    key = entry.written[0]
    if key not in readers:
        raise SourceError(entry.place, f"unknown condition '{key}'{probably(key, readers)}")
    return readers[key](key)


def _selection(entry: Entry, vocabulary: Vocabulary) -> Selection:
    if len(entry.written) != 1 or entry.written[0] not in _WHAT:
        key = entry.written[0] if entry.written else ""
        raise SourceError(
            entry.place, f"exactly one of {', '.join(_WHAT)} is needed here{probably(key, _WHAT)}"
        )
    what = entry.written[0]
    chosen = entry.entry(what)
    if what == "fact":
        return Selection(what, _fact_fields(chosen, vocabulary))
    words = vocabulary.selectable(what)
    selected = []
    for field in chosen.written:
        if field not in words:
            raise SourceError(
                chosen.place_of(field), f"unknown field '{field}' of {what}{probably(field, words)}"
            )
        selected.append((field, chosen.words(field, words[field], required=True)))
    return Selection(what, tuple(selected))


def _fact_fields(entry: Entry, vocabulary: Vocabulary) -> tuple[tuple[str, tuple[str, ...]], ...]:
    kind = entry.word("kind", vocabulary.kinds)
    known = tuple(field.name for field in fields(vocabulary.kinds[kind]))  # type: ignore[arg-type]
    selected: list[tuple[str, tuple[str, ...]]] = [("kind", (kind,))]
    for field in entry.written:
        if field == "kind":
            continue
        if field not in known:
            raise SourceError(
                entry.place_of(field), f"{kind} has no field '{field}'{probably(field, known)}"
            )
        selected.append((field, entry.words(field, required=True)))
    return tuple(selected)


def _distinct(entry: Entry) -> Distinct:
    distinct = Distinct(entry.word("of", DISTINCT_FIELDS), entry.integer("at_least"))
    entry.close()
    return distinct


def _apart(entry: Entry, vocabulary: Vocabulary) -> Apart:
    apart = Apart(
        entry.word("of", APART_FIELDS),
        entry.words("roles", vocabulary.roles, required=True),
        entry.words("from", vocabulary.roles, required=True),
    )
    entry.close()
    return apart


def citation(entry: Entry) -> Citation:
    """A text that a rule or a framework rests on."""
    url = entry.string("url")
    citation = Citation(
        text=entry.text("text"),
        url=url,
        provenance=entry.provenance() if entry.has("source") else _cited(entry, url),
    )
    entry.close()
    return citation


def _cited(entry: Entry, url: str) -> Provenance:
    checked = entry.day("checked")
    if checked is None:
        raise SourceError(entry.place, "'checked' is missing: the day the text was read")
    return Provenance(url, checked, entry.flag("verified"), entry.string("note", ""))


def _say(entry: Entry) -> tuple[tuple[Verdict, Text], ...]:
    spoken = (Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE)
    say = tuple((verdict, entry.text(verdict)) for verdict in spoken)
    for verdict, text in say:
        for language in LANGUAGES:
            try:
                text.in_language(language).format(**dict.fromkeys(PLACEHOLDERS, ""))
            except (KeyError, ValueError, IndexError) as error:
                word = str(error).strip("'")
                raise SourceError(
                    entry.place_of(verdict),
                    f"unknown placeholder '{{{word}}}' in {language}{probably(word, PLACEHOLDERS)}",
                ) from None
    entry.close()
    return say


def _example(entry: Entry, vocabulary: Vocabulary) -> Example:
    given = entry.entry("given")
    situation = [(key, given.words(key)) for key in _EXAMPLE_KEYS if given.has(key)]
    for fact in given.entries("facts"):
        chosen = _fact_fields(fact, vocabulary)
        situation.append(("fact", tuple(f"{field}={words[0]}" for field, words in chosen)))
    given.close()
    for key, words in situation:
        if key == "offering":
            _check_offering(given, key, words[0], vocabulary)
        elif key == "offerings":
            for word in words:
                _check_offering(given, key, word.partition("=")[2], vocabulary)
        elif key == "role" and words[0] not in vocabulary.roles:
            raise SourceError(
                given.place_of(key),
                f"unknown role '{words[0]}'{probably(words[0], vocabulary.roles)}",
            )
    example = Example(
        name=entry.string("name"),
        given=tuple(situation),
        expect=entry.member("expect", Verdict),
        place=str(entry.place),
    )
    entry.close()
    return example


def _check_offering(given: Entry, key: str, word: str, vocabulary: Vocabulary) -> None:
    if word not in vocabulary.offerings and word not in ("unidentified", "none"):
        raise SourceError(
            given.place_of(key),
            f"unknown offering '{word}'{probably(word, vocabulary.offerings)}",
        )
