"""The pieces that the JSON Schemas of our YAML files are put together from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]


def mapping(properties: Json, *required: str) -> Json:
    """A mapping of these keys and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def listed(items: Json) -> Json:
    """A list of *items*."""
    return {"type": "array", "items": items}


def one_of(words: Iterable[str]) -> Json:
    """One of *words*."""
    return {"type": "string", "enum": sorted(words)}
