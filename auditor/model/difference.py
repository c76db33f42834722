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


class Outcome(StrEnum):
    """What became of a finding, the worst first.

    Attributes:
        NOT_MET: It is not met and was not so before, or is more severe than it was.
        UNDECIDED: It could not be decided and was, or was not judged.  Never good news.
        MET: It is met, and was not or could not be decided.  A criterion that nobody was held to
            before, and that is met now, is nothing better.
        OTHER: Anything else: waived, judged for the first time and met, no longer judged, or
            the same for other reasons.
    """

    NOT_MET = "not-met"
    UNDECIDED = "undecided"
    MET = "met"
    OTHER = "other"


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

    @property
    def outcome(self) -> Outcome:
        """What became of it, of a finding."""
        if self.opened:
            return Outcome.NOT_MET
        before = self.before.word if self.before else ""
        after = self.after.word if self.after else ""
        if after == "unknown" and before != "unknown":
            return Outcome.UNDECIDED
        if after == "pass" and before in ("fail", "unknown", "waived"):
            return Outcome.MET
        return Outcome.OTHER


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


class Origin(StrEnum):
    """Whose doing a difference is.

    Attributes:
        ORGANISATION: What was seen of it, what it declares, what it bears with.
        LAW: The law, as the rules describe it, and the day as of which it is taken.
        AUDIT: What we know, ask, judge by and compute with.
        SEVERAL: More than one of these; each makes a difference.
        OPEN: More than one of these, and which of them could not be told.
        ALTERED: None of these: one of the assessments was altered.
    """

    ORGANISATION = "organisation"
    LAW = "law"
    AUDIT = "audit"
    SEVERAL = "several"
    OPEN = "open"
    ALTERED = "altered"


_ORIGINS: Mapping[Cause, Origin] = {
    Cause.TARGET: Origin.ORGANISATION,
    Cause.DECLARED: Origin.ORGANISATION,
    Cause.WAIVERS: Origin.ORGANISATION,
    Cause.LAW: Origin.LAW,
    Cause.DAY: Origin.LAW,
    Cause.LOOKUPS: Origin.AUDIT,
    Cause.KNOWLEDGE: Origin.AUDIT,
    Cause.RULES: Origin.AUDIT,
    Cause.TOOL: Origin.AUDIT,
}


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

    @property
    def origin(self) -> Origin:
        """Whose doing it is; known as well where causes not told apart have one origin."""
        origins = {_ORIGINS[cause] for cause in self.causes}
        if len(origins) == 1:
            return origins.pop()
        return Origin.SEVERAL if self.established else Origin.OPEN


@dataclass(frozen=True, slots=True)
class Explained:
    """A difference, and why.

    Attributes:
        why: None when no input differs: then one of the assessments was altered.
    """

    difference: Difference
    why: Attribution | None

    @property
    def origin(self) -> Origin:
        """Whose doing it is."""
        return self.why.origin if self.why else Origin.ALTERED


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
