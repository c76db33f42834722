"""Watch the readers read: which keys they ask for, and what they take for an answer.

The readers are the only description of the rule files.  What an editor is told
about them is learned by letting the readers read the files there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from auditor.catalogue import content
from auditor.catalogue.source import LARGEST, Entry, compose
from auditor.model.signature import SignOff
from auditor.model.text import Provenance

RECURSIVE = ("all", "any", "not")
"""Keys under which a mapping of the same sort stands as the one they stand in."""
_FLAGS = ("true", "false")
_ALIKE = {"require": "forbid", "require_every": "forbid"}
"""Keys under which mappings of one sort stand."""


@dataclass(slots=True)
class Asked:
    """What was asked of one key.

    Attributes:
        kinds: `string`, `words`, `number`, `integer`, `day`, `mapping`, `list`.
        words: The closed vocabulary it was taken from; None when any text would do.
        required: How often it was asked for as something that must be there.
        optional: Whether a reader looked first if it was there.
        flag: Whether somebody wrote a bare `true` or `false`.
    """

    kinds: set[str] = field(default_factory=set)
    words: set[str] | None = None
    required: int = 0
    optional: bool = False
    flag: bool = False


@dataclass(slots=True)
class Shape:
    """What was asked of mappings that stand in the same place.

    Attributes:
        mappings: How many there were.
        open: Whether a reader went through whatever keys are written.
        below: The mappings under a key, or in the list there.
    """

    mappings: int = 0
    open: bool = False
    keys: dict[str, Asked] = field(default_factory=dict)
    below: dict[str, Shape] = field(default_factory=dict)

    def under(self, key: str) -> Shape:
        """The shape of what stands under *key*."""
        return self if key in RECURSIVE else self.below.setdefault(_ALIKE.get(key, key), Shape())

    def asked(
        self, key: str, kind: str, *, required: bool, words: Iterable[str] | None = None
    ) -> None:
        """Note that *key* was asked for."""
        asked = self.keys.setdefault(key, Asked())
        asked.kinds.add(kind)
        asked.required += required
        if words is not None:
            asked.words = (asked.words or set()) | set(words)


class Watcher:
    """Composes files, and notes what is read of them.

    Attributes:
        shapes: By the folder of a file, or by its name at the top.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.shapes: dict[str, Shape] = {}

    def __call__(self, file: Path) -> Entry:
        """The mapping at the top of *file*, watched."""
        name = file.relative_to(self._directory).parts[0].removesuffix(".yaml")
        return _Watched(file, compose(file).node, self.shapes.setdefault(name, Shape()))


class _Watched(Entry):
    """A mapping that notes in its shape whatever is asked of it."""

    __slots__ = ("_shape",)

    def __init__(self, file: Path, node: yaml.Node, shape: Shape) -> None:
        super().__init__(file, node)
        self._shape = shape
        shape.mappings += 1

    def _below(self, key: str, node: yaml.Node) -> Entry:
        return _Watched(self._file, node, self._shape.under(key))

    @property
    def written(self) -> tuple[str, ...]:
        """The keys, in the order written."""
        self._shape.open = True
        return super().written

    def has(self, key: str) -> bool:
        """Whether *key* is there with a value."""
        self._shape.keys.setdefault(key, Asked()).optional = True
        return super().has(key)

    def string(self, key: str, default: str | None = None) -> str:
        """The text of *key*."""
        self._shape.asked(key, "string", required=default is None)
        return super().string(key, default)

    def optional(self, key: str) -> str | None:
        """The text of *key*, or None."""
        self._shape.asked(key, "string", required=False)
        return super().optional(key)

    def word(self, key: str, among: Iterable[str], default: str | None = None) -> str:
        """The text of *key*, one of *among*."""
        words = tuple(among)
        self._shape.asked(key, "string", required=default is None, words=words)
        return super().word(key, words, default)

    def words(
        self, key: str, among: Iterable[str] | None = None, *, required: bool = False
    ) -> tuple[str, ...]:
        """The words of *key*."""
        words = None if among is None else tuple(among)
        self._shape.asked(key, "words", required=required, words=words)
        _, node = self._values.get(key, (None, None))
        if isinstance(node, yaml.ScalarNode) and not node.style and node.value in _FLAGS:
            self._shape.keys[key].flag = True
        return super().words(key, words, required=required)

    def number(self, key: str) -> float | None:
        """A number from 0 to 100, or None."""
        self._shape.asked(key, "number", required=False)
        return super().number(key)

    def integer(self, key: str, most: int = LARGEST) -> int:
        """A whole number."""
        self._shape.asked(key, "integer", required=True)
        return super().integer(key, most)

    def day(self, key: str) -> date | None:
        """A day, or None."""
        self._shape.asked(key, "day", required=False)
        return super().day(key)

    def provenance(self, default: Provenance | None = None) -> Provenance:
        """`source`, `checked`, `verified` and `note`."""
        self._shape.asked("note", "string", required=False)
        read = super().provenance(default)
        # The day is asked for as any day is, and then missed.
        self._shape.asked("checked", "day", required=read is not default)
        return read

    def signoff(self) -> SignOff:
        """The digest of what this mapping says, and the `review` it carries."""
        self._shape.asked(content.REVIEW, "mapping", required=False)
        review = self._shape.under(content.REVIEW)
        for key in ("by", "on", "content_sha256"):
            review.asked(key, "day" if key == "on" else "string", required=False)
        return super().signoff()

    def entry(self, key: str) -> Entry:
        """The mapping under *key*."""
        self._shape.asked(key, "mapping", required=True)
        return super().entry(key)

    def entries(self, key: str, *, required: bool = False) -> Iterator[Entry]:
        """The mappings in the list under *key*."""
        self._shape.asked(key, "list", required=required)
        yield from super().entries(key, required=required)
