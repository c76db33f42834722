"""Things of the model as JSON has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any


def document(thing: Any) -> str:
    """*thing* as a JSON document."""
    return json.dumps(plain(thing), ensure_ascii=False, indent=2)


def plain(thing: Any) -> Any:
    """*thing* in dictionaries, lists, texts and numbers; a day is written 2026-11-23."""
    if isinstance(thing, Mapping):
        return {str(key): plain(value) for key, value in thing.items()}
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, (tuple, list)):
        return [plain(item) for item in thing]
    if isinstance(thing, (set, frozenset)):
        return sorted(plain(item) for item in thing)
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, (str, int, float)) or thing is None:
        return thing
    raise TypeError(f"no JSON for {type(thing).__name__}")
