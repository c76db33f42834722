"""What changed between two assessments, and why: for programs."""

from __future__ import annotations

import json
from typing import Any

from auditor.model.difference import Comparison, Explained, Json

FORMAT = 1
"""Of the JSON output.  Raised when a reader of the old one would err."""

_KEYS = {
    "finding": ("rule", "subject"),
    "service": ("domain", "role", "layer", "service"),
    "exposure": ("domain", "role", "layer", "service", "law", "effect"),
}


def as_json(comparison: Comparison) -> bytes:
    """*comparison* as JSON in UTF-8, its keys in order."""
    whole = {
        "format": FORMAT,
        "before": _made_from(comparison.before),
        "after": _made_from(comparison.after),
        "may_differ": list(comparison.possible),
        "replayed": {"before": comparison.replayed[0], "after": comparison.replayed[1]},
        "differences": [_entry(explained) for explained in comparison.explained],
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _made_from(document: Json) -> dict[str, Any]:
    kept = ("as_of", "observed", "digests")
    return {
        "name": document["subject"]["name"],
        **{key: document[key] for key in kept},
        "score": {key: document["score"][key] for key in ("low", "high", "by_effect")},
    }


def _entry(explained: Explained) -> dict[str, Any]:
    difference, why = explained.difference, explained.why
    return {
        "thing": difference.thing,
        "change": difference.change,
        **dict(zip(_KEYS[difference.thing], difference.key, strict=True)),
        "opened": difference.opened,
        "outcome": difference.outcome if difference.thing == "finding" else None,
        "before": difference.before.detail if difference.before else None,
        "after": difference.after.detail if difference.after else None,
        "causes": list(why.causes) if why else [],
        "origin": explained.origin,
        "established": why is not None and why.established,
    }
