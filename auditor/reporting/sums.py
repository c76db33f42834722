"""The arithmetic of the scores, every term shown and no line longer than needed."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.assessment import Interval, Term
from auditor.model.law import Effect
from auditor.model.rule import Verdict
from auditor.reporting.reading import Reading


@dataclass(frozen=True, slots=True)
class Sum:
    """The findings of one effect and one verdict.

    Attributes:
        terms: One for each finding.
    """

    verdict: str
    terms: tuple[Term, ...]
    weight: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Account:
    """One effect: its sums, their total, and the score that follows."""

    effect: Effect
    sums: tuple[Sum, ...]
    total: Sum
    score: Interval


def sums(reading: Reading) -> tuple[Account, ...]:
    """The arithmetic of each effect that some rule judged."""
    verdicts = {f.id: f.judged or f.verdict for f in reading.assessment.findings}
    score = reading.assessment.score
    accounts = []
    for effect, interval in score.by_effect:
        mine = [term for term in score.terms if term.effect is effect]
        lines = [
            _sum(
                reading.word("verdict", verdict.value),
                [term for term in mine if verdicts.get(term.finding) is verdict],
            )
            for verdict in Verdict
        ]
        accounts.append(
            Account(effect, tuple(line for line in lines if line.terms), _sum("", mine), interval)
        )
    return tuple(accounts)


def _sum(verdict: str, terms: list[Term]) -> Sum:
    return Sum(
        verdict,
        tuple(terms),
        sum(term.weight for term in terms),
        sum(term.low for term in terms),
        sum(term.high for term in terms),
    )
