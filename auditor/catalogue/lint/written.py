"""The rule files as they are written: where each thing stands, and every text in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from auditor.catalogue.reading import files
from auditor.catalogue.source import compose
from auditor.catalogue.statements import Step
from auditor.errors import Place, SourceError
from auditor.model.text import LANGUAGES


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text in every language.

    Attributes:
        folder: `criteria`, `laws` …; the name of the file for one at the top.
        path: The keys and list positions that lead to it.
    """

    file: Path
    folder: str
    path: tuple[Step, ...]
    by_language: dict[str, yaml.ScalarNode]

    def place(self, language: str, at: int = 0) -> Place:
        """Where character *at* of the text stands; its beginning when it runs over lines."""
        node = self.by_language[language]
        start = node.start_mark
        one_line = start.line == node.end_mark.line and node.style in ("", None, '"', "'")
        offset = (1 if node.style else 0) + at if one_line else 0
        return Place(self.file, start.line + 1, start.column + 1 + offset)


class Written:
    """The files of a directory of rules; those that are no YAML are left to the readers."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._tops: dict[Path, yaml.MappingNode] = {}
        for file in files(directory):
            try:
                self._tops[file] = compose(file).node
            except SourceError:
                continue

    def texts(self) -> Iterator[WrittenText]:
        """Every text in the files, in the order written."""
        for file, top in self._tops.items():
            folder = file.relative_to(self._directory).parts[0].removesuffix(".yaml")
            yield from _texts(file, folder, top, ())

    def place(self, kind: str, id_: str, *path: Step) -> Place:
        """Where *path* leads in the thing *id_* of the list *kind*; as far as it leads.

        *kind* is the key of the list it stands in (`entities`, `offerings`, `rules` …), or `law`.
        A thing that stands in a list of another name is found by its id.
        """
        found = self._things.get((kind, id_)) or self._things.get(("", id_))
        if found is None:
            return Place(self._directory, 1, 1)
        file, node = found
        for step in path:
            below = _below(node, step)
            if below is None:
                break
            node = below
        return Place(file, node.start_mark.line + 1, node.start_mark.column + 1)

    @cached_property
    def _things(self) -> dict[tuple[str, str], tuple[Path, yaml.Node]]:
        """Whatever has an id, by the list it stands in, and by the id alone."""
        things: dict[tuple[str, str], tuple[Path, yaml.Node]] = {}
        for file, top in self._tops.items():
            for kind, node in _identified(top, "law"):
                id_ = str(_below(node, "id").value)  # type: ignore[union-attr]
                things[kind, id_] = (file, node)
                things.setdefault(("", id_), (file, node))
        return things


def _identified(node: yaml.Node, kind: str) -> Iterator[tuple[str, yaml.Node]]:
    """(list, mapping) of every mapping that has an id, those above before those below."""
    if isinstance(node, yaml.MappingNode):
        if isinstance(_below(node, "id"), yaml.ScalarNode):
            yield kind, node
        for key, value in node.value:
            yield from _identified(value, str(key.value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _identified(item, kind)


def _below(node: yaml.Node, step: Step) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    return None


def _texts(
    file: Path, folder: str, node: yaml.Node, path: tuple[Step, ...]
) -> Iterator[WrittenText]:
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _texts(file, folder, item, (*path, number))
    elif isinstance(node, yaml.MappingNode):
        by_language = {
            key.value: value
            for key, value in node.value
            if key.value in LANGUAGES and isinstance(value, yaml.ScalarNode)
        }
        if len(by_language) == len(LANGUAGES):
            yield WrittenText(file, folder, path, by_language)
        for key, value in node.value:
            yield from _texts(file, folder, value, (*path, str(key.value)))
