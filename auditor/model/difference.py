"""What two assessments of one organisation say differently, and why.

Told of the documents of `assessment.json`: what is compared was written by an
auditor that may be older than this one, with rules that nobody has any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

Json = Mapping[str, Any]
Thing = Literal["finding", "service", "exposure"]
Change = Literal["new", "gone", "changed"]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What an assessment says of a thing.

    Attributes:
        whole: Everything in which two assessments are compared.
        word: The one word of it that a reader looks for: the verdict, the confidence of an
            attribution, the state of an exposure.
        detail: What a reader is shown of it, one entry of the document.
    """

    whole: tuple[Any, ...]
    word: str
    detail: Json = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is new, gone or changed.

    Attributes:
        key: What makes it the same thing in both: rule and subject of a finding; domain, role,
            layer and service; those, law and effect of an exposure.
        before: None when it is new.
        after: None when it is gone.
    """

    thing: Thing
    key: Key
    before: State | None
    after: State | None

    @property
    def change(self) -> Change:
        """Which of the three it is."""
        if self.before is None:
            return "new"
        return "gone" if self.after is None else "changed"

    @property
    def opened(self) -> bool:
        """Whether it is a finding not met that was not so before, or was less severe."""
        if self.thing != "finding" or self.after is None or self.after.word != "fail":
            return False
        if self.before is None or self.before.word != "fail":
            return True
        severities = ("low", "medium", "high", "critical")
        ranks = [severities.index(state.detail["severity"]) for state in (self.before, self.after)]
        return ranks[1] > ranks[0]


class Cause(StrEnum):
    """An input of an assessment.

    Attributes:
        TARGET: What was seen of the organisation.
        LOOKUPS: What could not be looked up, or was not asked.
        DECLARED: What the organisation declares.
        KNOWLEDGE: Offerings, entities and their owners.
        LAW: Laws and jurisdictions.
        RULES: Criteria, frameworks and their words.
        DAY: Of the law, of the ownership and of the waivers.
        WAIVERS: The file of waivers.
        TOOL: The auditor.
    """

    TARGET = "target"
    LOOKUPS = "look-ups"
    DECLARED = "declared"
    KNOWLEDGE = "knowledge"
    LAW = "law"
    RULES = "rules"
    DAY = "day"
    WAIVERS = "waivers"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Why one thing differs.

    Attributes:
        causes: In the order of `Cause`; at least one.
        established: Each of them makes a difference.  Otherwise one of them does at least, and
            which could not be told; no other does alone.
    """

    causes: tuple[Cause, ...]
    established: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """A difference, and why.

    Attributes:
        why: None when no input differs: then one of the assessments was altered.
    """

    difference: Difference
    why: Attribution | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two assessments of one organisation, held against each other.

    Attributes:
        before: The `assessment.json` of the one.
        after: That of the other.
        possible: The inputs that may differ.
        replayed: For each of the two, whether its evidence was at hand.
        explained: What differs.
    """

    before: Json
    after: Json
    possible: tuple[Cause, ...]
    replayed: tuple[bool, bool]
    explained: tuple[Explained, ...]
