"""Put a signature beside a rule or a law, and leave every other byte of the file as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from auditor.catalogue import content
from auditor.catalogue.reading import files
from auditor.catalogue.source import compose_text, probably, read
from auditor.errors import Place, SourceError, UsageError
from auditor.model.signature import Review

_FOLDERS = ("criteria", "laws")
_Point = tuple[int, int]
"""A line and a column, both from 0."""

_BREAKS = "\n\r\x85\u2028\u2029"
_BREAK = re.compile("(?<=\n)|(?<=\r)(?!\n)|(?<=[\x85\u2028\u2029])")
"""After each line as YAML 1.1 counts them."""


@dataclass(frozen=True, slots=True)
class Signable:
    """A rule or a law in its file.

    Attributes:
        text: The whole file.
        content_sha256: Of the entry.
    """

    id: str
    file: Path
    text: str
    node: yaml.MappingNode

    @property
    def content_sha256(self) -> str:
        """The digest that a signature vouches for."""
        return content.digest(self.node)

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.file, self.node.start_mark.line + 1, self.node.start_mark.column + 1)


def find(directory: Path, id_: str) -> Signable:
    """The rule or law *id_* under *directory*.

    Raises:
        UsageError: There is none.
        SourceError: A file cannot be read.
    """
    known = []
    for folder in _FOLDERS:
        for file in files(directory / folder):
            text = read(file)
            for node in _entries(text, file):
                known.append(_word(node, "id"))
                if known[-1] == id_:
                    return Signable(id_, file, text, node)
    raise UsageError(f"there is no rule and no law '{id_}'{probably(id_, known)}")


def block(review: Review) -> str:
    """*review* as it stands in a file, on one line."""
    by = json.dumps(review.by, ensure_ascii=False)
    return (
        f"{content.REVIEW}: "
        f'{{by: {by}, on: "{review.on}", content_sha256: "{review.content_sha256}"}}'
    )


def signed(entry: Signable, review: Review) -> str:
    """The file of *entry* with *review* in it, in place of an earlier one or below the id.

    Raises:
        SourceError: The file is written in a way that a line cannot be added to.
    """
    lines = _BREAK.split(entry.text)
    (first, start), (last, end), new = _change(entry, lines, block(review))
    text = (
        "".join(lines[:first])
        + lines[first][:start]
        + new
        + lines[last][end:]
        + "".join(lines[last + 1 :])
    )
    _check(entry, text, review)
    return text


def _change(entry: Signable, lines: list[str], new: str) -> tuple[_Point, _Point, str]:
    """From where to where something is replaced, and by what."""
    for key, value in entry.node.value:
        if key.value == content.REVIEW:
            return _point(key.start_mark), _point(_end(value)), new
    key, value = next(pair for pair in entry.node.value if pair[0].value == "id")
    if entry.node.flow_style:
        return _point(value.end_mark), _point(value.end_mark), f", {new}"
    # Below the line of the id, with whatever remark stands behind it.
    number = value.end_mark.line
    bare = lines[number].rstrip(_BREAKS)
    ending = lines[number][len(bare) :] or "\n"
    here = (number, len(bare))
    return here, here, f"{ending}{' ' * key.start_mark.column}{new}"


def _point(mark: yaml.Mark) -> _Point:
    return mark.line, mark.column


def _check(entry: Signable, text: str, review: Review) -> None:
    """That *text* says what it said, and carries *review*."""
    for node in _entries(text, entry.file):
        if _word(node, "id") == entry.id and content.digest(node) == entry.content_sha256:
            carried = _value(node, content.REVIEW)
            if _word(carried, "content_sha256") == review.content_sha256:
                return
    raise SourceError(entry.place, "no signature can be written into this form: write it by hand")


def _entries(text: str, file: Path) -> Iterator[yaml.MappingNode]:
    """The rules in a file of rules, or the law that a file is."""
    top = compose_text(text, file).node
    rules = _value(top, "rules")
    if isinstance(rules, yaml.SequenceNode):
        yield from (node for node in rules.value if isinstance(node, yaml.MappingNode))
    else:
        yield top


def _value(node: yaml.Node | None, name: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for key, value in node.value if key.value == name), None)


def _word(node: yaml.Node | None, name: str) -> str:
    value = _value(node, name)
    return str(value.value) if isinstance(value, yaml.ScalarNode) else ""


def _end(node: yaml.Node) -> yaml.Mark:
    """Where *node* ends, without the empty lines that follow a block."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node.end_mark
