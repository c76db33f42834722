"""All that a report needs, with nothing left to compute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from auditor.model.assessed import FrameworkResult
from auditor.model.contradiction import Contradiction
from auditor.model.exchange import Exchange
from auditor.model.footprint import Footprint
from auditor.model.law import Effect, Force, Hook, Jurisdiction, Law
from auditor.model.party import LegalEntity, Offering
from auditor.model.rule import Confidence, Rule, Severity, Verdict
from auditor.model.target import Target
from auditor.model.text import Sentence, Text
from auditor.model.waiver import WaiverUse

if TYPE_CHECKING:
    from auditor.model.scenario import Played

FORMAT = 1
"""Format of `assessment.json`.  Raised when a reader of the old one would err."""


class State(StrEnum):
    """Whether a law reaches a dependency."""

    REACHED = "reached"
    NOT_REACHED = "not-reached"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Step:
    """A party on the way from the dependency to whom the law binds.

    Attributes:
        entity: Id of the legal entity; empty for a party we cannot name.
        name: As printed.
        relation: To the step before: `operator`, `owner`, `sub-processor`, `technology`, `site`.
        country: Jurisdiction id that matters for the hook; empty when not known.
        detail: `100 %`, `since 2023-05-04` …; empty when there is nothing to add.
        verified: Whether the link was read in a source.
    """

    entity: str
    name: str
    relation: str
    country: str
    detail: Text | None
    verified: bool


class Grasp(NamedTuple):
    """How one law takes hold of one offering, apart from who depends on it.

    Attributes:
        missing: What would have to be known; empty unless the state is unknown.
        why: The reasoning, from the law's file.
        roles: The roles the law can concern; empty: any.
    """

    law: str
    jurisdiction: str
    effect: Effect
    hook: Hook
    relation: str
    path: tuple[Step, ...]
    state: State
    force: Force
    missing: tuple[Text, ...]
    why: Text | None
    roles: tuple[str, ...] = ()


class Exposure(NamedTuple):
    """One law reaching, or not, one dependency, by one path.

    Attributes:
        id: `x12`; the number is its rank in the assessment.
        dependency: Id of the dependency.
        standing: Of the law's jurisdiction towards the organisation: `home`,
            `shared` (same legal space), `adequate`, `partly-adequate` or `third`.
    """

    id: str
    dependency: str
    role: str
    layer: str
    standing: str
    grasp: Grasp


class Finding(NamedTuple):
    """The verdict of one rule on one subject.

    Attributes:
        id: `f07`; the number is its rank.
        subject: `ville.example mail.mailbox`, or the organisation's name.
        sentence: The one for the verdict, all but the domain in it.
        exposures: Ids of the exposures that decided, then those not known.
        dependencies: Ids of the dependencies judged.
        evidence: Ids of the exchanges beneath.
        missing: What would settle an unknown.
        waiver: Id of the waiver on it, in force or expired; empty when there is none.
        judged: The verdict without that waiver; None when there is none.
    """

    id: str
    rule: str
    domain: str
    role: str
    subject: str
    verdict: Verdict
    severity: Severity
    confidence: Confidence
    sentence: Sentence
    exposures: tuple[str, ...]
    dependencies: tuple[str, ...]
    evidence: tuple[str, ...]
    missing: tuple[Text, ...]
    waiver: str = ""
    judged: Verdict | None = None

    @property
    def says(self) -> Text:
        """The sentence for the verdict.  Put together when asked for: of most, nobody asks."""
        return self.sentence.about(self.domain)


class Term(NamedTuple):
    """One line of the score's arithmetic.

    Attributes:
        weight: Points at stake, from the severity, beyond those of graver findings
            that turn on the same ground; a finding that adds none has no line.
        low: Points proved.
        high: Points if every unknown turned out well.
    """

    finding: str
    effect: Effect
    weight: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Interval:
    """A score from 0 (exposed everywhere) to 100 (exposed nowhere we looked)."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Score:
    """The score: the weakest effect decides, effects are never added up.

    Attributes:
        low: The smallest of the effects' lows.
        high: The smallest of the effects' highs.
        by_effect: Each effect apart; an effect that no rule judged is absent.
    """

    low: int
    high: int
    by_effect: tuple[tuple[Effect, Interval], ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Digests:
    """What the assessment was made from, and with.

    Attributes:
        bundle: SHA-256 of the bundle's manifest.
        rules: SHA-256 over the rule files.
        tool: Version of the auditor, then SHA-256 over its code.
        waivers: SHA-256 of the file of waivers; empty when none was given.
    """

    bundle: str
    rules: str
    tool: str
    waivers: str = ""


@dataclass(frozen=True, slots=True)
class Resolver:
    """Somebody we asked.

    Attributes:
        via: As in `Exchange.via`.
        operator: Who runs it; empty when not known.
        country: Jurisdiction id; empty when not known.
    """

    via: str
    operator: str
    country: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The part of the catalogue that the assessment names, for renderers.

    Attributes:
        roles: Label of each role.
        words: Labels of the closed vocabularies: hooks, relations, layers, states, reasons …
    """

    offerings: Mapping[str, Offering]
    entities: Mapping[str, LegalEntity]
    laws: Mapping[str, Law]
    jurisdictions: Mapping[str, Jurisdiction]
    rules: Mapping[str, Rule]
    roles: Mapping[str, Text]
    words: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result of an audit.

    Attributes:
        as_of: The day whose law and ownership were applied.
        began: First look-up, UTC.
        ended: Last look-up, UTC.
        vantage: From where we looked, in the words of the person who ran it; may be empty.
        controllers: For each offering named, the jurisdiction ids from where
            its operator is controlled in the last resort; absent when not known.
        unconfirmed: Those of them of whom some link up to there was not read in a source.
        lookups: Every exchange, in the order asked.
        frameworks: What holds under each framework, and whether it binds.
        contradictions: What cannot be true together, surest first.
        waivers: Every waiver given, and what it does, in the order written.
        scenarios: What might happen, played on it; only where somebody asked for that.
    """

    target: Target
    as_of: date
    began: datetime
    ended: datetime
    vantage: str
    digests: Digests
    footprint: Footprint
    controllers: Mapping[str, tuple[str, ...]]
    exposures: Sequence[Exposure]
    findings: tuple[Finding, ...]
    score: Score
    resolvers: tuple[Resolver, ...]
    lookups: tuple[Exchange, ...]
    knowledge: Knowledge
    frameworks: Sequence[FrameworkResult] = ()
    contradictions: tuple[Contradiction, ...] = ()
    waivers: tuple[WaiverUse, ...] = ()
    unconfirmed: frozenset[str] = frozenset()
    scenarios: tuple[Played, ...] = ()
