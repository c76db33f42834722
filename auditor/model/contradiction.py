"""Two statements that cannot both hold, or that do not go together without an explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from auditor.model.text import Text

KINDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "service-not-seen": ("service", "role", "domain", "seen"),
        "service-not-declared": ("declared", "role", "domain", "seen"),
        "place-operator": ("places", "role", "domain", "seen", "operator", "country"),
        "place-region": ("service", "places", "regions", "source"),
        "place-address": ("service", "places", "countries", "addresses"),
        "operator": ("service", "declared", "known", "source"),
        "keys": ("service", "source"),
        "subprocessor-source": ("service", "declared", "known", "what", "source"),
        "subprocessor-network": ("service", "declared", "seen", "operator"),
        "certificate-dates": ("service", "scheme", "declared", "known", "source"),
        "certificate-decision": ("service", "scheme", "declared", "known", "source"),
        "certificate-scope": ("service", "scheme", "declared", "known", "source"),
        "certificate-not-recorded": ("service", "scheme", "declared"),
        "certificate-ended": ("service", "scheme", "ended", "day"),
        "contract-ended": ("service", "ended", "day"),
        "null-exchanger": ("domain", "seen"),
        "transport-policy": ("domain", "patterns", "seen"),
        "network-country": ("network", "one", "other"),
    }
)
"""What the engine looks for, and the places to fill in the texts of each."""


class Level(StrEnum):
    """How two statements stand to each other."""

    CONTRADICTED = "contradicted"
    TO_CHECK = "to-check"


@dataclass(frozen=True, slots=True)
class ContradictionKind:
    """A kind of contradiction, as `rules/contradictions.yaml` states it.

    Attributes:
        id: One of `KINDS`.
        between: Who says the one and who the other: `declared`, `observed`, `source`.
        level: At most; a doubtful case is only to be checked.
        shakes: Whether a service that is only declared can then decide no verdict.
        one: What the one says, places not filled.
        other: What the other says.
        question: To the supplier.
        roles: The roles in which it is looked for; empty: any.
        shows: For a role, the kinds of value in which an offering would be seen.
        unless: Roles of which none may be served, for *shows* to hold.
    """

    id: str
    between: tuple[str, str]
    level: Level
    shakes: bool
    title: Text
    one: Text
    other: Text
    question: Text
    roles: tuple[str, ...]
    shows: Mapping[str, tuple[str, ...]]
    unless: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One contradiction met.

    Attributes:
        id: `c01`; the number is its rank.
        kind: Id of the kind.
        between: Who says the one and who the other.
        domain: The organisation's domain; empty when it is about all of them.
        role: Empty when it is about none.
        subject: What it is about, as printed.
        one: What the one says.
        other: What the other says.
        question: To the supplier.
        evidence: Ids of the exchanges beneath.
        line: Where the dossier says so, from 1; 0 when nothing declared is part of it.
        shaken: Ids of the dependencies, declared only, that can decide no verdict for it.
    """

    id: str
    kind: str
    between: tuple[str, str]
    level: Level
    title: Text
    domain: str
    role: str
    subject: str
    one: Text
    other: Text
    question: Text
    evidence: tuple[str, ...]
    line: int
    shaken: tuple[str, ...]
