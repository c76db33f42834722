"""The sentences of rules, filled with who and what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from string import Formatter

from auditor.engine.outcome import Outcome
from auditor.engine.situation import Reader
from auditor.model.footprint import Dependency
from auditor.model.text import LANGUAGES, Sentence, Text

_MOST_NAMED = 5
"""Names in a sentence at most; the rest is counted."""

_MOST_LISTS = 20_000
"""Lists remembered by a reader."""


def fill(
    sentence: Text, role: str, involved: Iterable[Dependency], outcome: Outcome, reader: Reader
) -> Sentence:
    """*sentence* with all but the domain for it; only what stands in it is put together."""
    catalogue = reader.catalogue
    values: dict[str, Text | str] = {}
    for name in _placeholders(sentence):
        match name:
            case "providers":
                values[name] = _list([d.label for d in involved], reader)
            case "laws":
                laws = dict.fromkeys(s.grasp.law for _, s in outcome.exposures)
                values[name] = _list([catalogue.laws[law].short for law in laws], reader)
            case "countries":
                places = dict.fromkeys(s.grasp.jurisdiction for _, s in outcome.exposures)
                values[name] = _list([catalogue.jurisdictions[p].name for p in places], reader)
            case "role":
                values[name] = catalogue.role_names.get(role, role)
            case "missing":
                values[name] = _points(outcome.missing, reader)
    return Sentence(sentence, tuple(values.items()))


@lru_cache(maxsize=1024)
def _placeholders(sentence: Text) -> frozenset[str]:
    """The names between braces in *sentence*, in any language."""
    return frozenset(
        name
        for language in LANGUAGES
        for _, name, _, _ in Formatter().parse(sentence.in_language(language))
        if name
    )


def _list(items: Sequence[Text | str], reader: Reader) -> Text:
    """`a, b and c` in each language; the same few lists recur from one organisation to the next."""
    key = tuple(items)
    known = reader.lists.get(key)
    if known is None:
        known = _joined(items, reader)
        if len(reader.lists) < _MOST_LISTS:
            reader.lists[key] = known
    return known


def _joined(items: Sequence[Text | str], reader: Reader) -> Text:
    words = reader.catalogue.words
    lists: dict[str, str] = {}
    for language in LANGUAGES:
        names = _names(items, language, reader)
        last = f" {words['join.and'].in_language(language)} "
        lists[language] = last.join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    return Text(**lists)


def _points(items: Sequence[Text], reader: Reader) -> Text:
    """Whole clauses, between semicolons."""
    marks = {"fr": "\u202f; "}
    return Text(
        **{
            language: marks.get(language, "; ").join(_names(items, language, reader))
            for language in LANGUAGES
        }
    )


def _names(items: Sequence[Text | str], language: str, reader: Reader) -> list[str]:
    """The different *items*, the first few of them, then how many more there are."""
    words = reader.catalogue.words
    names = list(
        dict.fromkeys(
            item.in_language(language) if isinstance(item, Text) else item for item in items
        )
    )
    if not names:
        return [words["join.nobody"].in_language(language)]
    more = len(names) - _MOST_NAMED
    if more > 1:
        names = names[:_MOST_NAMED]
        names.append(words["join.more"].in_language(language).format(number=more))
    return names
