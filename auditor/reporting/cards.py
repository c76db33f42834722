"""The findings, gathered by rule so that what is said once is printed once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.assessment import Finding, State
from auditor.model.rule import (
    All,
    Any,
    Condition,
    Forbid,
    Not,
    Require,
    RequireEvery,
    Rule,
    Severity,
    Verdict,
)
from auditor.reporting.chains import in_words
from auditor.reporting.reading import Reading, distinct

FACTS = 3
WAYS = 4
IDS = 6
"""How many facts, ways and evidence ids a card shows; annex A has them all."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a card says once, of one finding or of several that say the same.

    Attributes:
        where: The roles, or the whole organisation.
        ways: How the law arrives, in words.
        facts: What was observed, in field notation.
        more: (facts, ways, evidence ids) that are not shown.
        missing: The facts that would settle it, where the sentence does not say so.
        look_ups: The look-ups that would, counted, in words.
    """

    findings: tuple[Finding, ...]
    where: tuple[str, ...]
    suppliers: tuple[str, ...]
    ways: tuple[str, ...]
    facts: tuple[str, ...]
    evidence: tuple[str, ...]
    more: tuple[int, int, int]
    missing: tuple[str, ...]
    look_ups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A rule with its findings of one verdict.

    Attributes:
        severity: The worst of its findings.
    """

    rule: Rule
    severity: Severity
    cases: tuple[Case, ...]


def cards(reading: Reading, *verdicts: Verdict) -> tuple[Card, ...]:
    """The cards of the findings with one of *verdicts*, worst first.

    What is unknown because the recording says nothing of the role is not among them.
    """
    rules = reading.assessment.knowledge.rules
    chosen = [
        finding
        for finding in reading.findings(*verdicts)
        if finding.rule in rules
        and not (finding.verdict is Verdict.UNKNOWN and reading.is_uncovered(finding))
    ]
    return tuple(
        Card(
            rules[rule],
            next(finding.severity for finding in chosen if finding.rule == rule),
            tuple(
                _case(reading, same)
                for same in _alike([finding for finding in chosen if finding.rule == rule])
            ),
        )
        for rule in distinct(finding.rule for finding in chosen)
    )


@dataclass(frozen=True, slots=True)
class Settled:
    """The findings of one rule that are met, or do not apply."""

    title: str
    verdict: str
    findings: tuple[Finding, ...]
    where: tuple[str, ...]


def settled(reading: Reading) -> tuple[Settled, ...]:
    """The findings with nothing left to do, by rule and verdict; those that are met first."""
    gathered: dict[tuple[Verdict, str], list[Finding]] = {}
    for verdict in (Verdict.PASS, Verdict.NOT_APPLICABLE):
        for finding in reading.findings(verdict):
            gathered.setdefault((verdict, finding.rule), []).append(finding)
    return tuple(
        Settled(
            reading.rule_title(rule),
            reading.word("verdict", verdict.value),
            tuple(findings),
            tuple(distinct(reading.where(finding) for finding in findings)),
        )
        for (verdict, rule), findings in gathered.items()
    )


def _alike(findings: Iterable[Finding]) -> Iterable[list[Finding]]:
    """*findings* gathered by what they say, how surely, and under which waiver."""
    gathered: dict[object, list[Finding]] = {}
    for finding in findings:
        same = (
            finding.says,
            finding.missing,
            finding.severity,
            finding.confidence,
            finding.waiver,
        )
        gathered.setdefault(same, []).append(finding)
    return gathered.values()


def _case(reading: Reading, findings: list[Finding]) -> Case:
    facts = distinct(fact for finding in findings for fact in _facts(reading, finding))
    ways = distinct(way for finding in findings for way in _ways(reading, finding))
    evidence = distinct(id for finding in findings for id in finding.evidence)
    evidence = [id for id in evidence if reading.was_asked(id)]
    points = reading.points(findings)
    return Case(
        tuple(findings),
        tuple(distinct(reading.where(finding) for finding in findings)),
        tuple(distinct(name for finding in findings for name in reading.suppliers(finding))),
        tuple(ways[:WAYS]),
        tuple(facts[:FACTS]),
        tuple(evidence[:IDS]),
        (max(0, len(facts) - FACTS), max(0, len(ways) - WAYS), max(0, len(evidence) - IDS)),
        points.facts,
        tuple(reading.look_ups(points)),
    )


def _facts(reading: Reading, finding: Finding) -> Iterable[str]:
    kinds = frozenset(_kinds(reading.assessment.knowledge.rules[finding.rule].condition))
    judged = [d for d in map(reading.dependencies.get, finding.dependencies) if d is not None]
    if judged and not kinds:
        # What else the same reply held, a page for instance, is about others.
        for dependency in judged:
            yield from dependency.because
        return
    cited = set(finding.evidence)
    for part in reading.assessment.footprint.parts:
        if part.role == finding.role and part.domain == finding.domain:
            for fact in part.facts:
                if fact.kind in kinds or (not kinds and cited & set(fact.evidence)):
                    yield fact.text


def _kinds(condition: Condition) -> Iterable[str]:
    """The kinds of fact that *condition* looks at; none when it looks at who serves."""
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from _kinds(part)
        case Not(part):
            yield from _kinds(part)
        case Forbid(selection) | Require(selection) | RequireEvery(selection):
            if selection.what == "fact":
                yield from dict(selection.fields).get("kind", ())
        case _:
            pass


def _ways(reading: Reading, finding: Finding) -> Iterable[str]:
    """The ways that decided, each with its laws; those not known only where the verdict is not."""
    laws: dict[str, list[str]] = {}
    state = State.UNKNOWN if finding.verdict is Verdict.UNKNOWN else State.REACHED
    for exposure in reading.foreign(finding, state):
        dependency = reading.dependencies.get(exposure.dependency)
        if dependency is not None and exposure.grasp.path:
            way = in_words(reading, dependency.label, exposure.grasp.path)
            laws.setdefault(way, []).append(reading.law(exposure.grasp.law))
    for way, names in laws.items():
        yield f"{way} → {reading.say.listing(distinct(names))}"
