"""A condition as a sentence that a lawyer can read aloud."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from auditor.model import rule as model
from auditor.model.assessment import Knowledge
from auditor.model.rule import Condition, Example, Selection
from auditor.model.text import Text
from auditor.reporting.reading import capital, inside
from auditor.reporting.wording import Wording, catalogue

_STANDING = frozenset({"standing", "controller", "location"})
"""Fields whose words are standings."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line, and the lines that belong below it."""

    text: str
    below: tuple[Said, ...] = ()


class InWords:
    """Conditions and situations in one language.

    Attributes:
        say: The sentences of the language.
    """

    def __init__(self, known: Knowledge, language: str) -> None:
        self._known = known
        self.say = Wording(language)

    def condition(self, condition: Condition) -> Said:
        """*condition*, read after "the rule is met when"."""
        match condition:
            case model.Forbid(selection) | model.Require(selection):
                return self._selected(_key(condition), selection)
            case model.RequireEvery(selection):
                return self._selected(_key(condition), selection)
            case model.Distinct(field, at_least):
                several = self.say(f"condition.several.{field}")
                count = self.say.number(at_least)
                return Said(self.say("condition.distinct", field=several, count=count))
            case model.All(parts) | model.Any(parts):
                below = tuple(self.condition(part) for part in parts)
                return Said(self.say(f"condition.{_key(condition)}"), below)
            case model.Not(part):
                return Said(self.say("condition.not"), (self.condition(part),))
        return self._other(condition)

    def text(self, text: Text) -> str:
        """*text* in the language."""
        return text.in_language(self.say.language)

    def word(self, vocabulary: str, word: str) -> str:
        """The label of a word of a closed vocabulary; the word itself when it has none."""
        label = self._known.words.get(f"{vocabulary}.{word}")
        return label.in_language(self.say.language) if label is not None else word

    def role(self, role: str) -> str:
        """What a role is called."""
        label = self._known.roles.get(role)
        return label.in_language(self.say.language) if label is not None else role

    def roles(self, roles: tuple[str, ...]) -> str:
        """What roles are called, in a list."""
        return capital(self.say.listing(inside(self.role(role)) for role in roles))

    def situation(self, example: Example) -> tuple[str, ...]:
        """What *example* supposes, point by point."""
        return tuple(self._given(key, words) for key, words in example.given)

    def _given(self, key: str, words: tuple[str, ...]) -> str:
        label = self._label(f"book.given.{key}", key)
        match key:
            case "gap":
                return label
            case "role":
                said = inside(self.roles(words))
            case "offering":
                said = ", ".join(map(self._offering, words))
            case "offerings":
                pairs = (word.partition("=") for word in words)
                said = ", ".join(f"{self.role(r)} → {self._offering(o)}" for r, _, o in pairs)
            case "home" | "location":
                said = ", ".join(self._value("jurisdiction", word) for word in words)
            case "fact":
                pairs = (word.partition("=") for word in words)
                said = ", ".join(
                    self._value(f, v) if f == "kind" else f"{f} = {v}" for f, _, v in pairs
                )
            case _:
                said = ", ".join(self._value(key, word) for word in words)
        return self.say("colon", label=label, text=said)

    def _selected(self, key: str, selection: Selection) -> Said:
        head = self._label(f"condition.{key}.{selection.what}", f"{key} {selection.what}")
        lines = tuple(
            Said(
                self.say(
                    "colon",
                    label=self._label(f"condition.field.{field}", field),
                    text=self.say("book.or").join(self._value(field, word) for word in words),
                )
            )
            for field, words in selection.fields
        )
        return Said(head, lines or (Said(self.say("condition.anything")),))

    def _other(self, condition: Any) -> Said:
        """A condition that is a list of fields and nothing else."""
        values: dict[str, str] = {}
        for field in fields(condition):
            value = getattr(condition, field.name)
            if isinstance(value, tuple):
                values[field.name] = inside(self.roles(value))
            else:
                values[field.name] = self._label(f"condition.field.{value}", str(value))
        return Said(self.say(f"condition.{_key(condition)}", None, **values))

    def _offering(self, id_: str) -> str:
        if id_ in ("unidentified", "none"):
            return self.say(f"book.given.{id_}")
        return self._value("offering", id_)

    def _value(self, field: str, word: str) -> str:
        known, language = self._known, self.say.language
        if field in _STANDING:
            return self.word("standing", word)
        if field == "law" and word in known.laws:
            return known.laws[word].short.in_language(language)
        if field == "jurisdiction":
            place = known.jurisdictions.get(word)
            return place.name.in_language(language) if place else self.say.country(word)
        if field == "offering" and word in known.offerings:
            return known.offerings[word].name
        if field == "operator" and word in known.entities:
            return known.entities[word].name
        return inside(self.word(field, word))

    def _label(self, key: str, word: str) -> str:
        """The sentence *key*; *word* itself where there is none."""
        return self.say(key) if key in catalogue() else word


def _key(condition: Any) -> str:
    """`require-every` of `RequireEvery`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(condition).__name__).lower()
