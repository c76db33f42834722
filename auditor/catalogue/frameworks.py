"""Read `rules/frameworks`: the vocabulary is closed, and every word is checked here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from auditor.catalogue.criteria import STANDINGS, citation
from auditor.catalogue.source import Entry, probably
from auditor.errors import Place, SourceError
from auditor.model.framework import (
    Applicability,
    Choice,
    Clause,
    Framework,
    Group,
    Item,
    Level,
    Minimum,
    Scope,
    WeightSet,
)
from auditor.model.law import Effect, Hook
from auditor.model.target import Answer
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
_MOST_LISTED = 16
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


def framework(entry: Entry, vocabulary: Vocabulary) -> Framework:
    """The framework that *entry*, a whole file, states.

    Raises:
        SourceError: A key, a word or a number is not one, or two things do not fit together.
    """
    provenance = entry.provenance()
    levels = _levels(entry, vocabulary)
    groups = _Groups(vocabulary, levels, provenance).read(entry)
    names = tuple(group.id for group in groups)
    stated = Framework(
        id=entry.string("id"),
        name=entry.text("name"),
        short=entry.text("short"),
        issuer=entry.string("issuer"),
        version=entry.text("version"),
        applicability=_applicability(entry.entry("applicability"), vocabulary),
        roles=frozenset(entry.words("roles", vocabulary.roles, required=True)),
        levels=levels,
        groups=groups,
        weight_sets=tuple(_weights(each, names) for each in entry.entries("weight_sets")),
        minima=tuple(_minimum(each, levels, names) for each in entry.entries("minima")),
        layers=tuple(_layer(each) for each in entry.entries("layers")),
        citations=tuple(citation(each) for each in entry.entries("citations", required=True)),
        caveats=entry.texts("caveats"),
        provenance=provenance,
    )
    if stated.weight_sets and not all(group.maximum for group in groups):
        raise SourceError(entry.place_of("groups"), "a score needs the 'maximum' of every group")
    entry.close()
    return stated


def check_answer(
    answer: Answer, frameworks: Mapping[str, Framework], offerings: Iterable[str], place: Place
) -> None:
    """See that *answer*, which stands at *place*, answers a question by one of its values.

    A question is about every service, or about one: `microsoft-365/1.1`.

    Raises:
        SourceError: The framework, the service, the question or the value is not one; with what
            was meant.
    """
    if answer.framework not in frameworks:
        raise _unknown(place, "framework", answer.framework, frameworks)
    service, apart, question = answer.question.rpartition("/")
    if apart and service not in offerings:
        raise _unknown(place, "offering", service, offerings, all_known=False)
    questions = frameworks[answer.framework].questions
    if question not in questions:
        raise _unknown(place, f"question of {answer.framework}", question, questions)
    values = questions[question]
    if answer.value not in values:
        what = f"answer to {answer.framework} {question}"
        raise _unknown(place, what, answer.value, values)


def _unknown(
    place: Place, what: str, word: str, known: Iterable[str], *, all_known: bool = True
) -> SourceError:
    words = tuple(known)
    rest = probably(word, words)
    if all_known and len(words) < _MOST_LISTED:
        rest += f"; known: {', '.join(words)}"
    return SourceError(place, f"unknown {what} '{word}'{rest}")


def _levels(entry: Entry, vocabulary: Vocabulary) -> tuple[Level, ...]:
    """The scale of the gate: met or not, unless the framework has one of its own."""
    levels = tuple(_level(each) for each in entry.entries("levels"))
    if not levels:
        labels = vocabulary.labels
        levels = tuple(Level(id_, labels[f"level.{id_}"]) for id_ in ("not-met", "met"))
    return levels


def _level(entry: Entry) -> Level:
    level = Level(entry.string("id"), entry.text("name"))
    entry.close()
    return level


def _layer(entry: Entry) -> tuple[str, Text]:
    layer = (entry.string("id"), entry.text("name"))
    entry.close()
    return layer


class _Groups:
    """Reads the questions, which share a vocabulary, a scale and a source."""

    def __init__(
        self, vocabulary: Vocabulary, levels: tuple[Level, ...], provenance: Provenance
    ) -> None:
        self._vocabulary = vocabulary
        self._levels = tuple(level.id for level in levels)
        self._provenance = provenance
        self._met: set[str] = set()

    def read(self, framework: Entry) -> tuple[Group, ...]:
        return tuple(self._group(each) for each in framework.entries("groups", required=True))

    def _group(self, entry: Entry) -> Group:
        id_ = entry.string("id")
        shared = tuple(entry.entries("evidence"))
        group = Group(
            id=id_,
            name=entry.text("name"),
            maximum=_decimal(entry, "maximum", "0"),
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
            points=_decimal(entry, "points", "0"),
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
                _decimal(entry, name)
            if words:
                parameters.append((name, words))
        leaves = entry.words("leaves", values, required=True)
        clause = Clause(fact, tuple(parameters), entry.word("is", (_YES, _NO)) == _YES, leaves)
        entry.close()
        return clause


def _applicability(entry: Entry, vocabulary: Vocabulary) -> Applicability:
    applicability = Applicability(
        voluntary=entry.flag("voluntary", default=False),
        kinds=entry.words("kinds", vocabulary.among("organisation.kind")),
        sectors=entry.words("sectors", vocabulary.among("organisation.sector")),
        data=entry.words("data", vocabulary.among("organisation.data")),
        sensitivity=entry.words("sensitivity", vocabulary.among("organisation.sensitivity")),
        within=entry.words("within", vocabulary.jurisdictions),
        period=entry.period(),
        text=entry.text("text"),
    )
    entry.close()
    return applicability


def _weights(entry: Entry, groups: tuple[str, ...]) -> WeightSet:
    weights = entry.entry("weights")
    for name in weights.written:
        if name not in groups:
            raise _unknown(weights.place_of(name), "group", name, groups)
    chosen = WeightSet(
        id=entry.string("id"),
        name=entry.text("name"),
        weights=tuple((group, _decimal(weights, group)) for group in groups),
        provenance=entry.provenance(),
    )
    total = sum(weight for _, weight in chosen.weights)
    if total != 100:
        raise SourceError(entry.place_of("weights"), f"the weights add up to {total}, not to 100")
    entry.close()
    return chosen


def _minimum(entry: Entry, levels: tuple[Level, ...], groups: tuple[str, ...]) -> Minimum:
    scale = tuple(level.id for level in levels)
    own: list[tuple[str, int]] = []
    if entry.has("groups"):
        apart = entry.entry("groups")
        for name in apart.written:
            if name not in groups:
                raise _unknown(apart.place_of(name), "group", name, groups)
            own.append((name, scale.index(apart.word(name, scale))))
    minimum = Minimum(
        id=entry.string("id"),
        name=entry.text("name"),
        level=scale.index(entry.word("level", scale)),
        groups=tuple(own),
        provenance=entry.provenance(),
    )
    entry.close()
    return minimum


def _decimal(entry: Entry, key: str, default: str | None = None) -> Decimal:
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
