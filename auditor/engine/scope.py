"""What a condition looks at, before any situation is known."""

from __future__ import annotations

from typing import assert_never

from auditor.model.rule import (
    All,
    Any,
    Apart,
    Condition,
    Distinct,
    Forbid,
    Not,
    Require,
    RequireEvery,
)

ABSENT = "dns.absent"
"""The kind of the facts which say that nothing of another kind is there, and how we know."""

ENDING = "ending"
"""Stands among the kinds of fact for the ending of the domain's name, which no look-up shows."""

LAYERS = frozenset({"service", "network"})


def layers_of(condition: Condition) -> frozenset[str]:
    """The layers whose dependencies *condition* looks at; none when it looks at facts alone."""
    match condition:
        case Forbid(selection) | Require(selection) | RequireEvery(selection):
            if selection.what in ("fact", "ending"):
                return frozenset()
            usual = LAYERS if selection.what == "exposure" else ("service",)
            return frozenset(dict(selection.fields).get("layer", usual))
        case Distinct(field):
            return frozenset({layer_of(field)})
        case Apart():
            return frozenset({"service"})
        case All(parts) | Any(parts):
            return frozenset().union(*map(layers_of, parts))
        case Not(part):
            return layers_of(part)
    assert_never(condition)


def kinds_of(condition: Condition) -> frozenset[str]:
    """The kinds of fact that *condition* looks at; `ENDING` for what the domain's name ends in."""
    match condition:
        case Forbid(selection) | Require(selection) | RequireEvery(selection):
            if selection.what == "ending":
                return frozenset({ENDING})
            return frozenset(dict(selection.fields).get("kind", ()))
        case Distinct() | Apart():
            return frozenset()
        case All(parts) | Any(parts):
            return frozenset().union(*map(kinds_of, parts))
        case Not(part):
            return kinds_of(part)
    assert_never(condition)


def layer_of(field: str) -> str:
    """The layer on which different values of *field* are counted."""
    return "network" if field == "network" else "service"
