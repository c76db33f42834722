"""The findings, gathered by rule so that what is said once is printed once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.assessment import Finding, State
from auditor.model.rule import Rule, Severity, Verdict
from auditor.reporting.chains import in_words
from auditor.reporting.reading import Reading, capital, distinct

FACTS = 6
WAYS = 4
IDS = 8
"""How many facts, ways and evidence ids a card shows; annex A has them all."""


@dataclass(frozen=True, slots=True)
class Case:
    """One finding of a card.

    Attributes:
        ways: How the law arrives, in words.
        facts: What was observed, in field notation.
        more: (facts, ways, evidence ids) that are not shown.
        missing: What would settle it, where the sentence does not say so.
    """

    finding: Finding
    where: str
    suppliers: tuple[str, ...]
    ways: tuple[str, ...]
    facts: tuple[str, ...]
    evidence: tuple[str, ...]
    more: tuple[int, int, int]
    missing: tuple[str, ...]


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
    """The cards of the findings with one of *verdicts*, worst first."""
    rules = reading.assessment.knowledge.rules
    chosen = [finding for finding in reading.findings(*verdicts) if finding.rule in rules]
    return tuple(
        Card(
            rules[rule],
            next(finding.severity for finding in chosen if finding.rule == rule),
            tuple(_case(reading, finding) for finding in chosen if finding.rule == rule),
        )
        for rule in distinct(finding.rule for finding in chosen)
    )


def _case(reading: Reading, finding: Finding) -> Case:
    facts = distinct(_facts(reading, finding))
    ways = distinct(_ways(reading, finding))
    says = reading.text(finding.says)
    missing = [reading.text(point) for point in finding.missing]
    return Case(
        finding,
        reading.where(finding),
        tuple(reading.suppliers(finding)),
        tuple(ways[:WAYS]),
        tuple(facts[:FACTS]),
        finding.evidence[:IDS],
        (
            max(0, len(facts) - FACTS),
            max(0, len(ways) - WAYS),
            max(0, len(finding.evidence) - IDS),
        ),
        tuple(distinct(capital(point) for point in missing if point not in says)),
    )


def _facts(reading: Reading, finding: Finding) -> Iterable[str]:
    for dependency in map(reading.dependencies.get, finding.dependencies):
        if dependency is not None:
            yield from dependency.because
    cited = set(finding.evidence)
    for part in reading.assessment.footprint.parts:
        if part.role == finding.role and part.domain == finding.domain:
            yield from (fact.text for fact in part.facts if cited & set(fact.evidence))


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
