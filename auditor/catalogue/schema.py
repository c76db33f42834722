"""JSON Schemas of the rule files, for editors: completion, and a line under a misspelt word.

Draft 7, which every editor reads.  They say what the readers ask for; what takes
more than one place to see, a reference to nothing for instance, is left to
`auditor rules lint`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from auditor.catalogue.catalogue import load, vocabulary
from auditor.catalogue.criteria import Vocabulary
from auditor.catalogue.reading import Kinds
from auditor.catalogue.watched import RECURSIVE, Asked, Shape, Watcher
from auditor.model.text import LANGUAGES

Json = dict[str, Any]

_MOST_WORDS = 400
"""Words of a vocabulary that are listed; of a longer one any word is accepted."""
_FLAG = {"true", "false"}
_DAY = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}$",
    "description": 'A day, in quotes: "2026-11-23".',
}
_FACT = {"type": ["string", "boolean", "number", "array"]}
_TEXT = {
    "type": "object",
    "properties": {language: {"type": "string", "minLength": 1} for language in LANGUAGES},
    "required": list(LANGUAGES),
    "additionalProperties": False,
    "description": "The same, said in every language.",
}


def names(directory: Path) -> tuple[str, ...]:
    """What there is a schema of: the folders and the files at the top of *directory*."""
    folders = {path.parent.name for path in directory.glob("*/*.yaml")}
    return tuple(sorted(folders | {path.stem for path in directory.glob("*.yaml")}))


def schema(name: str, directory: Path, kinds: Kinds) -> Json:
    """The schema of the files called *name* under *directory*, one of `names`.

    Raises:
        SourceError, SourceErrors: A file is wrong.
    """
    watcher = Watcher(directory)
    catalogue = load(directory, kinds, watcher)
    if name == "criteria":
        _complete(watcher.shapes[name].under("rules"), vocabulary(catalogue, kinds))
    shapes = _Shapes()
    top = shapes.mapping(watcher.shapes[name])
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"rules/{name}",
        **top,
        "definitions": {"text": _TEXT, "day": _DAY, **shapes.definitions},
    }


def _complete(rule: Shape, words: Vocabulary) -> None:
    """Add what a condition may say and no rule says yet."""
    condition = rule.under("condition")
    for key in RECURSIVE:
        condition.asked(key, "mapping" if key == "not" else "list", required=False)
    selection = condition.under("forbid")
    for what in ("exposure", "dependency"):
        selection.asked(what, "mapping", required=False)
    for what, things in selection.below.items():
        if not _is_fact(things):
            things.open = True
            for field, choices in words.selectable(what).items():
                things.asked(field, "words", required=False, words=choices)


def _is_fact(shape: Shape) -> bool:
    """Whether the fields are those of a kind of value, whichever it is."""
    return shape.open and "kind" in shape.keys


class _Shapes:
    """Shapes as schemas; one that recurs is a definition."""

    def __init__(self) -> None:
        self.definitions: dict[str, Json] = {}
        self._recurring: dict[int, str] = {}

    def mapping(self, shape: Shape, name: str = "") -> Json:
        """The schema of mappings of *shape*, which stand under *name*."""
        if id(shape) in self._recurring:
            return {"$ref": f"#/definitions/{self._recurring[id(shape)]}"}
        if set(shape.keys) == set(LANGUAGES):
            return {"$ref": "#/definitions/text"}
        if not set(RECURSIVE).isdisjoint(shape.keys):
            self._recurring[id(shape)] = name
            self.definitions[name] = self._plain(shape)
            return {"$ref": f"#/definitions/{name}"}
        return self._plain(shape)

    def _plain(self, shape: Shape) -> Json:
        if shape.open and all(a.required == 1 for a in shape.keys.values()) and shape.mappings == 1:
            # A table whose keys are the author's own: all its values are alike.
            key, asked = next(iter(shape.keys.items()))
            return {"type": "object", "additionalProperties": self._value(shape, key, asked)}
        if _is_fact(shape):
            kind = self._value(shape, "kind", shape.keys["kind"])
            return {
                "type": "object",
                "properties": {"kind": kind},
                "required": ["kind"],
                "additionalProperties": _FACT,
            }
        required = [
            key
            for key, asked in shape.keys.items()
            if asked.required >= shape.mappings and not asked.optional and not shape.open
        ]
        schema: Json = {
            "type": "object",
            "properties": {
                key: self._value(shape, key, asked) for key, asked in shape.keys.items()
            },
            "additionalProperties": False,
        }
        if not set(RECURSIVE).isdisjoint(shape.keys):
            schema |= {"minProperties": 1, "maxProperties": 1}
        if required:
            schema["required"] = required
        return schema

    def _value(self, shape: Shape, key: str, asked: Asked) -> Json:
        if not asked.kinds:
            return {}
        if "mapping" in asked.kinds:
            return self.mapping(shape.under(key), key)
        if "list" in asked.kinds:
            return {"type": "array", "items": self.mapping(shape.under(key), key)}
        if "day" in asked.kinds:
            return {"$ref": "#/definitions/day"}
        if "integer" in asked.kinds:
            return {"type": "integer", "minimum": 0}
        if "number" in asked.kinds:
            return {"type": "number", "minimum": 0, "maximum": 100}
        if asked.words == _FLAG:
            return {"type": "boolean"}
        word: Json = {"type": "string"}
        if asked.words is not None and len(asked.words) <= _MOST_WORDS:
            word["enum"] = sorted(asked.words)
        if "words" in asked.kinds:
            flag = [{"type": "boolean"}] if asked.flag else []
            return {"anyOf": [word, {"type": "array", "items": word}, *flag]}
        return word
