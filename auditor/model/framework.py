"""Frameworks, as `rules/frameworks` states them: questions, the levels and points of their answers.

A *gate* is a minimum: the level of a whole is that of its weakest answer.  A *score* is a
weighted sum of points.  A framework has a gate, and may have a score; the two are never mixed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from auditor.model.rule import Citation
from auditor.model.text import Period, Provenance, Text


class Scope(StrEnum):
    """Of what a question is asked."""

    SERVICE = "service"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that a question allows.

    Attributes:
        value: The word by which a dossier gives it.
        points: What it adds to a score.
        level: The level it grants, an index into the framework's levels.
    """

    value: str
    text: Text
    points: Decimal
    level: int


@dataclass(frozen=True, slots=True)
class Clause:
    """What a known fact leaves of the answers to a question.

    Attributes:
        fact: A word of the closed vocabulary of facts.
        parameters: (name, words), in the order written.
        holds: Whether the clause speaks when the fact is established, or when its contrary is.
        leaves: The answers still possible then.
    """

    fact: str
    parameters: tuple[tuple[str, tuple[str, ...]], ...]
    holds: bool
    leaves: tuple[str, ...]

    def words(self, name: str) -> tuple[str, ...]:
        """The words of the parameter *name*; none when it is not given."""
        for known, words in self.parameters:
            if known == name:
                return words
        return ()


@dataclass(frozen=True, slots=True)
class Item:
    """A question, or a requirement, which is a question answered by yes or no.

    Attributes:
        id: As the framework numbers it, so that a dossier can answer it.
        group: Id of the objective or chapter it belongs to.
        scope: Of what it is asked.
        entities: Asked of each entity that delivers part of the service (the rule of depth).
        choices: From the worst to the best.
        clauses: What observed, catalogued and declared facts leave of the choices.
        citation: Where it stands in the text of the framework.
        provenance: Of the wording, the points and the levels; not verified: decides nothing.
    """

    id: str
    group: str
    scope: Scope
    entities: bool
    text: Text
    choices: tuple[Choice, ...]
    clauses: tuple[Clause, ...]
    citation: str
    provenance: Provenance

    @property
    def inert(self) -> bool:
        """Whether no answer can lower the level: it counts for the score alone."""
        return len({choice.level for choice in self.choices}) == 1

    def choice(self, value: str) -> Choice:
        """The choice that *value* names."""
        return next(choice for choice in self.choices if choice.value == value)


@dataclass(frozen=True, slots=True)
class Group:
    """An objective or a chapter.

    Attributes:
        maximum: Points that its score is divided by; 0 when there is no score.
    """

    id: str
    name: Text
    maximum: Decimal
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A step of a gate's scale, in ascending order."""

    id: str
    name: Text

    @property
    def label(self) -> Text:
        """The id where the framework gave it, such as SEAL-2; else the name."""
        return Text(self.id, self.id) if self.id.isupper() else self.name


@dataclass(frozen=True, slots=True)
class WeightSet:
    """The weights of the groups in a score: named, of one version, adding up to 100."""

    id: str
    name: Text
    weights: tuple[tuple[str, Decimal], ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Minimum:
    """A level below which a buyer rejects an offer, whatever its price or its score.

    Attributes:
        level: Of the whole.
        groups: (group, level) for minima that differ from group to group.
    """

    id: str
    name: Text
    level: int
    groups: tuple[tuple[str, int], ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Something that decides whether a framework binds, and that a dossier does not tell.

    Attributes:
        kinds: The kinds of body for which it decides; empty: all.
        text: What would have to be known, as a clause.
    """

    kinds: tuple[str, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Applicability:
    """Whom a framework binds, and for which data; all that is named must be so.

    Attributes:
        voluntary: It binds nobody by itself; who chooses it is bound by the choice.
        kinds: Kinds of body bound; empty: any.
        sectors: Sectors bound; empty: any.
        data: Sorts of data, of which one is enough; empty: any.
        sensitivity: Degrees of sensitivity, of which one is enough; empty: any.
        within: Jurisdiction ids of whose legal space the organisation must be; empty: any.
        period: From when to when.
        unsettled: What else decides; with any of it the framework is never known to bind.
        text: The same in words, with what the words above cannot say.
    """

    voluntary: bool
    kinds: tuple[str, ...]
    sectors: tuple[str, ...]
    data: tuple[str, ...]
    sensitivity: tuple[str, ...]
    within: tuple[str, ...]
    period: Period
    text: Text
    unsettled: tuple[Unsettled, ...] = ()


@dataclass(frozen=True, slots=True)
class Framework:
    """A list of requirements that a buyer applies.

    Attributes:
        version: Of the framework, in its issuer's words.
        roles: A service is assessed when it serves in one of these roles.
        levels: The scale of the gate, from the lowest.
        weight_sets: Of the score; none when the framework has no score.  The first is used
            unless a dossier names another.
        minima: Published minima; the first is used unless a dossier names another.
        layers: Technical layers through which suppliers are to be followed, with their names.
        caveats: What a reader must know of the framework, as full sentences.
    """

    id: str
    name: Text
    short: Text
    issuer: str
    version: Text
    applicability: Applicability
    roles: frozenset[str]
    levels: tuple[Level, ...]
    groups: tuple[Group, ...]
    weight_sets: tuple[WeightSet, ...]
    minima: tuple[Minimum, ...]
    layers: tuple[tuple[str, Text], ...]
    citations: tuple[Citation, ...]
    caveats: tuple[Text, ...]
    provenance: Provenance

    @property
    def items(self) -> tuple[Item, ...]:
        """Every question, group by group."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def questions(self) -> Mapping[str, tuple[str, ...]]:
        """What a dossier can answer, with the values it can give; settings included."""
        asked = {item.id: tuple(c.value for c in item.choices) for item in self.items}
        levels = tuple(level.id for level in self.levels)
        asked |= {LAYER + layer: ("followed", "not-followed") for layer, _ in self.layers}
        asked[MINIMUM] = (*levels, *(minimum.id for minimum in self.minima))
        asked |= {f"{MINIMUM}.{group.id}": levels for group in self.groups}
        if self.weight_sets:
            asked[WEIGHTS] = tuple(each.id for each in self.weight_sets)
        return asked


MINIMUM = "minimum"
"""The question by which a dossier sets the minimum: `minimum`, or `minimum.SOV-3`."""
WEIGHTS = "weights"
"""The question by which a dossier chooses the weight set."""
LAYER = "layer."
"""How the questions on the technical layers begin."""
