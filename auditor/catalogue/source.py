"""YAML written by people: read key by key, each mistake with its place and its likely cure.

Values are taken as they are written, whatever YAML would make of them: `NO` is
Norway and `2026-11-23` a string until somebody asks for a day.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml

from auditor.catalogue import content
from auditor.errors import Place, SourceError
from auditor.model.signature import Review, SignOff
from auditor.model.text import LANGUAGES, Period, Provenance, Text

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_Word = TypeVar("_Word", bound=StrEnum)

LARGEST = 10**9
"""The largest whole number that any file may hold, unless less is said."""


def compose(file: Path) -> Entry:
    """The mapping at the top of *file*.

    Raises:
        SourceError: The file is not UTF-8, not YAML, or holds no mapping.
    """
    return compose_text(read(file), file)


def read(file: Path) -> str:
    """The text of *file*, every end of line as it is.

    Raises:
        SourceError: The file is not UTF-8.
    """
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(Place(file, 1, 1), f"not UTF-8: {error.reason}") from None


def compose_text(text: str, file: Path) -> Entry:
    """The mapping at the top of *text*, which was read from *file*.

    Raises:
        SourceError: *text* is not YAML, or holds no mapping.
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        raise SourceError(place, f"not YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise SourceError(Place(file, 1, 1), f"not YAML: {error}") from None
    if node is None:
        raise SourceError(Place(file, 1, 1), "the file is empty")
    return Entry(file, node)


def probably(word: str, words: Iterable[str]) -> str:
    """`; did you mean 'x'?` when *word* looks like one of *words*, else nothing."""
    close = difflib.get_close_matches(word, list(words), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


class Entry:
    """A mapping in a file.  Read each key once, then `close` it: a key left over is a mistake."""

    __slots__ = ("_asked", "_file", "_node", "_values")

    def __init__(self, file: Path, node: yaml.Node) -> None:
        self._file = file
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, "a mapping of keys and values was expected here")
        self._node = node
        self._values: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._error(key, "a key must be a word")
            if key.value in self._values:
                raise self._error(key, f"'{key.value}' stands here twice")
            self._values[key.value] = (key, value)

    @property
    def node(self) -> yaml.MappingNode:
        """The mapping as YAML has it."""
        return self._node

    @property
    def place(self) -> Place:
        """Where the mapping begins."""
        return self._place(self._node)

    def place_of(self, key: str) -> Place:
        """Where the value of *key* begins; the mapping when it has none."""
        return self._place(self._values[key][1]) if key in self._values else self.place

    @property
    def written(self) -> tuple[str, ...]:
        """The keys, in the order written."""
        return tuple(self._values)

    def has(self, key: str) -> bool:
        """Whether *key* is there with a value."""
        self._asked.add(key)
        return key in self._values and not content.is_null(self._values[key][1])

    def is_mapping(self, key: str) -> bool:
        """Whether the value of *key* is itself a mapping."""
        return key in self._values and isinstance(self._values[key][1], yaml.MappingNode)

    def close(self) -> None:
        """Check that nothing was written that nobody reads.

        Raises:
            SourceError: At the first key that was not asked for.
        """
        for name, (key, _) in self._values.items():
            if name not in self._asked:
                raise self._error(key, f"unknown key '{name}'{probably(name, self._asked)}")

    def string(self, key: str, default: str | None = None) -> str:
        """The text of *key*; *default* when it is missing and a default is given."""
        node = self._find(key, required=default is None)
        if node is None:
            return default or ""
        return self._scalar(node)

    def optional(self, key: str) -> str | None:
        """The text of *key*, or None."""
        node = self._find(key, required=False)
        return None if node is None else self._scalar(node)

    def word(self, key: str, among: Iterable[str], default: str | None = None) -> str:
        """The text of *key*, which must be one of *among*."""
        node = self._find(key, required=default is None)
        return (default or "") if node is None else self._among(node, key, tuple(among))

    def member(self, key: str, kind: type[_Word]) -> _Word:
        """The member of the vocabulary *kind* that *key* names."""
        return kind(self.word(key, [member.value for member in kind]))

    def words(
        self, key: str, among: Iterable[str] | None = None, *, required: bool = False
    ) -> tuple[str, ...]:
        """The words of *key*, a word or a list; each one of *among* when that is given."""
        node = self._find(key, required=required)
        if node is None:
            return ()
        choices = None if among is None else tuple(among)
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(
            self._scalar(item) if choices is None else self._among(item, key, choices)
            for item in items
        )

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """True or false."""
        words = {None: None, True: "true", False: "false"}[default]
        return self.word(key, ("true", "false"), words) == "true"

    def number(self, key: str) -> float | None:
        """A number from 0 to 100, or None."""
        node = self._find(key, required=False)
        if node is None:
            return None
        try:
            number = float(self._scalar(node))
        except ValueError:
            raise self._error(node, f"'{key}' must be a number") from None
        if not 0 <= number <= 100:
            raise self._error(node, f"'{key}' must lie between 0 and 100")
        return number

    def integer(self, key: str, most: int = LARGEST) -> int:
        """A whole number, *most* at most."""
        node = self._find(key, required=True)
        text = self._scalar(node) if node is not None else ""
        if not text.isdecimal():
            raise SourceError(self.place_of(key), f"'{key}' must be a whole number")
        # Python itself refuses to read a number of thousands of digits.
        if len(text) > len(str(most)) or int(text) > most:
            raise SourceError(self.place_of(key), f"'{key}' must be at most {most}")
        return int(text)

    def day(self, key: str) -> date | None:
        """A day written 2026-11-23, or None."""
        node = self._find(key, required=False)
        if node is None:
            return None
        try:
            return date.fromisoformat(self._scalar(node))
        except ValueError:
            raise self._error(node, f"'{key}' must be a day, such as 2026-11-23") from None

    def period(self) -> Period:
        """The days between `from` and `to`, both optional."""
        start, end = self.day("from"), self.day("to")
        if start and end and end < start:
            raise SourceError(self.place_of("to"), "'to' lies before 'from'")
        return Period(start, end)

    def text(self, key: str) -> Text:
        """The text of *key* in every language."""
        return self.entry(key).as_text()

    def optional_text(self, key: str) -> Text | None:
        """The text of *key* in every language, or None."""
        return self.text(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[Text, ...]:
        """A list of texts, each in every language."""
        return tuple(entry.as_text() for entry in self.entries(key))

    def as_text(self) -> Text:
        """This mapping as a text: one key for each language."""
        text = Text(**{language: self.string(language).strip() for language in LANGUAGES})
        self.close()
        return text

    def provenance(self, default: Provenance | None = None) -> Provenance:
        """`source`, `checked`, `verified` and `note`; *default* when none of them is there."""
        self._asked.update(("source", "checked", "verified"))
        if default is not None and not {"source", "checked", "verified"} & set(self._values):
            return default
        checked = self.day("checked")
        if checked is None:
            raise SourceError(self.place, "'checked' is missing: the day the source was read")
        _, note = self._values.get("note", (None, None))
        remark = note.value if isinstance(note, yaml.ScalarNode) else ""
        if remark:
            self._asked.add("note")
        return Provenance(self.string("source"), checked, self.flag("verified"), remark)

    def signoff(self) -> SignOff:
        """The digest of what this mapping says, and the `review` it carries."""
        said = content.digest(self._node)
        if not self.has(content.REVIEW):
            return SignOff(said)
        entry = self.entry(content.REVIEW)
        on = entry.day("on")
        if on is None:
            raise SourceError(entry.place, "'on' is missing: the day of the signature")
        review = Review(entry.string("by"), on, entry.string("content_sha256"))
        if not _DIGEST.fullmatch(review.content_sha256):
            raise SourceError(
                entry.place_of("content_sha256"), "a digest has 64 hexadecimal figures"
            )
        entry.close()
        return SignOff(said, review)

    def entry(self, key: str) -> Entry:
        """The mapping under *key*."""
        node = self._find(key, required=True)
        if node is None:
            raise SourceError(self.place, f"'{key}' is missing")
        return self._below(key, node)

    def entries(self, key: str, *, required: bool = False) -> Iterator[Entry]:
        """The mappings in the list under *key*; none when it is missing."""
        node = self._find(key, required=required)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            raise self._error(node, f"'{key}' must be a list")
        for item in node.value:
            yield self._below(key, item)

    def _below(self, key: str, node: yaml.Node) -> Entry:
        """The mapping *node*, which stands under *key* or in the list there."""
        return Entry(self._file, node)

    def _find(self, key: str, *, required: bool) -> yaml.Node | None:
        self._asked.add(key)
        found = self._values.get(key)
        if found is None or content.is_null(found[1]):
            if not required:
                return None
            left = [name for name in self._values if name not in self._asked]
            close = difflib.get_close_matches(key, left, n=1)
            if close:
                raise self._error(
                    self._values[close[0]][0],
                    f"'{key}' is missing; is that what '{close[0]}' means?",
                )
            raise SourceError(self.place, f"'{key}' is missing")
        return found[1]

    def _scalar(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self._error(node, "a single value was expected here")
        text: str = node.value
        return text

    def _among(self, node: yaml.Node, key: str, choices: tuple[str, ...]) -> str:
        word = self._scalar(node)
        if word not in choices:
            hint = probably(word, choices)
            known = (
                f"; known: {', '.join(sorted(choices))}" if not hint and len(choices) < 13 else ""
            )
            raise self._error(node, f"unknown {key} '{word}'{hint}{known}")
        return word

    def _place(self, node: yaml.Node) -> Place:
        mark = node.start_mark
        return Place(self._file, mark.line + 1, mark.column + 1)

    def _error(self, node: yaml.Node, message: str) -> SourceError:
        return SourceError(self._place(node), message)
