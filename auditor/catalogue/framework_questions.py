"""Read the questions of a framework: each word of them is checked here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from auditor.catalogue.criteria import STANDINGS
from auditor.catalogue.source import Entry
from auditor.errors import SourceError
from auditor.model.framework import Choice, Clause, Group, Item, Level, Scope
from auditor.model.law import Effect, Hook
from auditor.model.text import Provenance, Text

FACTS: Mapping[str, tuple[str, ...]] = {
    "seat": ("within",),
    "head-office": ("within",),
    "controlled-from": ("within",),
    "holdings-within": ("within", "each", "together"),
    "technology-from": ("within",),
    "deliverers-from": ("within",),
    "sub-processors-from": ("within",),
    "recipients-under": ("standing",),
    "data-kept": ("within",),
    "administered-from": ("within",),
    "reached": ("effect", "hook", "outside"),
    "keys-held-by": ("by",),
    "qualified": ("scheme",),
    "exit-agreed": (),
}
"""The facts that a clause may name, with their parameters, all of them required but `hook`."""

_OPTIONAL = frozenset({"hook"})
_MOST_DECIMALS = 4
_YES, _NO = "yes", "no"
_HOLDERS = ("operator", "customer", "third-party")
"""Who can hold the keys to a service."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the rest of the knowledge.

    Attributes:
        schemes: Of the qualifications that offerings hold; `scheme.` among the labels adds to them.
        labels: `rules/words.yaml` and its like, by key.
    """

    roles: frozenset[str]
    jurisdictions: frozenset[str]
    schemes: frozenset[str]
    labels: Mapping[str, Text]

    def among(self, prefix: str) -> tuple[str, ...]:
        """The words of the closed vocabulary *prefix*: `organisation.kind`."""
        begin = f"{prefix}."
        return tuple(key.removeprefix(begin) for key in self.labels if key.startswith(begin))

    def of_parameter(self, name: str) -> tuple[str, ...] | None:
        """The words that the parameter *name* of a fact may have; None for a number."""
        return {
            "within": tuple(self.jurisdictions),
            "outside": tuple(self.jurisdictions),
            "standing": STANDINGS,
            "effect": tuple(Effect),
            "hook": tuple(Hook),
            "by": _HOLDERS,
            "scheme": (*self.schemes, *self.among("scheme")),
        }.get(name)


class Questions:
    """Reads the questions, which share a vocabulary, a scale and a source."""

    def __init__(
        self, vocabulary: Vocabulary, levels: tuple[Level, ...], provenance: Provenance
    ) -> None:
        self._vocabulary = vocabulary
        self._levels = tuple(level.id for level in levels)
        self._provenance = provenance
        self._met: set[str] = set()

    def read(self, framework: Entry) -> tuple[Group, ...]:
        """The groups under `groups`, with their questions."""
        return tuple(self._group(each) for each in framework.entries("groups", required=True))

    def _group(self, entry: Entry) -> Group:
        id_ = entry.string("id")
        shared = tuple(entry.entries("evidence"))
        group = Group(
            id=id_,
            name=entry.text("name"),
            maximum=decimal(entry, "maximum", "0"),
            items=tuple(
                self._item(each, id_, shared) for each in entry.entries("items", required=True)
            ),
        )
        entry.close()
        return group

    def _item(self, entry: Entry, group: str, shared: tuple[Entry, ...]) -> Item:
        id_ = entry.string("id")
        if id_ in self._met:
            raise SourceError(entry.place_of("id"), f"'{id_}' stands here twice")
        self._met.add(id_)
        choices = self._choices(entry)
        values = tuple(choice.value for choice in choices)
        scope = Scope(entry.word("of", tuple(Scope), Scope.SERVICE.value))
        own = tuple(entry.entries("evidence"))
        if own and scope is Scope.ORGANISATION:
            raise SourceError(
                entry.place_of("evidence"), "a question to the organisation has no evidence"
            )
        clauses = [self._clause(each, values) for each in own]
        if scope is Scope.SERVICE:
            clauses += [self._clause(each, values) for each in shared]
        item = Item(
            id=id_,
            group=group,
            scope=scope,
            entities=entry.flag("entities", default=False),
            text=entry.text("text"),
            choices=choices,
            clauses=tuple(clauses),
            citation=entry.string("citation", ""),
            provenance=entry.provenance(self._provenance),
        )
        entry.close()
        return item

    def _choices(self, item: Entry) -> tuple[Choice, ...]:
        """The answers written, from the worst to the best; yes and no when none is."""
        choices = tuple(self._choice(each) for each in item.entries("answers"))
        if not choices:
            labels = self._vocabulary.labels
            best = len(self._levels) - 1
            return (
                Choice(_NO, labels["answer.no"], Decimal(0), 0),
                Choice(_YES, labels["answer.yes"], Decimal(0), best),
            )
        for worse, better in pairwise(choices):
            if better.points < worse.points or better.level < worse.level:
                raise SourceError(
                    item.place_of("answers"), "the answers must go from the worst to the best"
                )
        if len({choice.value for choice in choices}) < len(choices):
            raise SourceError(item.place_of("answers"), "two answers have the same value")
        return choices

    def _choice(self, entry: Entry) -> Choice:
        choice = Choice(
            value=entry.string("value"),
            text=entry.text("text"),
            points=decimal(entry, "points", "0"),
            level=self._levels.index(entry.word("level", self._levels)),
        )
        entry.close()
        return choice

    def _clause(self, entry: Entry, values: tuple[str, ...]) -> Clause:
        fact = entry.word("fact", FACTS)
        parameters = []
        for name in FACTS[fact]:
            among = self._vocabulary.of_parameter(name)
            words = entry.words(name, among, required=name not in _OPTIONAL)
            if among is None:
                decimal(entry, name)
            if words:
                parameters.append((name, words))
        leaves = entry.words("leaves", values, required=True)
        clause = Clause(fact, tuple(parameters), entry.word("is", (_YES, _NO)) == _YES, leaves)
        entry.close()
        return clause


def decimal(entry: Entry, key: str, default: str | None = None) -> Decimal:
    """A number of at most four decimals, not negative."""
    text = entry.string(key, default)
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise SourceError(entry.place_of(key), f"'{key}' must be a number") from None
    exponent = number.as_tuple().exponent
    if not number.is_finite() or number < 0 or not isinstance(exponent, int):
        raise SourceError(entry.place_of(key), f"'{key}' must be a number from 0 up")
    if -exponent > _MOST_DECIMALS:
        raise SourceError(entry.place_of(key), f"'{key}' has more than {_MOST_DECIMALS} decimals")
    return number
