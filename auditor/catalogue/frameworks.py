"""Read `rules/frameworks`: the vocabulary is closed, and every word is checked here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.catalogue.criteria import citation
from auditor.catalogue.framework_questions import Questions, Vocabulary, decimal
from auditor.catalogue.source import Entry, probably
from auditor.errors import Place, SourceError
from auditor.model.framework import (
    Applicability,
    Framework,
    Level,
    Minimum,
    Unsettled,
    WeightSet,
)
from auditor.model.target import Answer
from auditor.model.text import Text

_MOST_LISTED = 16


def framework(entry: Entry, vocabulary: Vocabulary) -> Framework:
    """The framework that *entry*, a whole file, states.

    Raises:
        SourceError: A key, a word or a number is not one, or two things do not fit together.
    """
    provenance = entry.provenance()
    levels = _levels(entry, vocabulary)
    groups = Questions(vocabulary, levels, provenance).read(entry)
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
        unsettled=tuple(_unsettled(each, vocabulary) for each in entry.entries("unsettled")),
    )
    entry.close()
    return applicability


def _unsettled(entry: Entry, vocabulary: Vocabulary) -> Unsettled:
    kinds = entry.words("kinds", vocabulary.among("organisation.kind"))
    unsettled = Unsettled(kinds, entry.text("text"))
    entry.close()
    return unsettled


def _weights(entry: Entry, groups: tuple[str, ...]) -> WeightSet:
    weights = entry.entry("weights")
    for name in weights.written:
        if name not in groups:
            raise _unknown(weights.place_of(name), "group", name, groups)
    chosen = WeightSet(
        id=entry.string("id"),
        name=entry.text("name"),
        weights=tuple((group, decimal(weights, group)) for group in groups),
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
