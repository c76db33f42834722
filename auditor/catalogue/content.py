"""What an entry says, whatever it looks like: the thing that is signed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import yaml

REVIEW = "review"
"""The key under which a signature stands; it is no part of what is signed."""

_NULLS = ("", "~", "null")


def digest(node: yaml.MappingNode) -> str:
    """SHA-256 of what *node* says, in hexadecimal.

    Keys in alphabetical order, lists as written, every value as its text;
    comments, indentation, quotation marks, the order of keys, keys without a
    value, and the signature itself do not count.
    """
    said = {key: value for key, value in _said(node).items() if key != REVIEW}
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_null(node: yaml.Node) -> bool:
    """Whether nothing is written there."""
    # The style of a plain word is None to one of PyYAML's readers and empty to the other.
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS


def _said(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _said(value) for key, value in node.value if not is_null(value)}
    if isinstance(node, yaml.SequenceNode):
        return [_said(item) for item in node.value]
    # A folded text ends in a line break where a quoted one does not.
    return str(node.value).strip()
