"""The score: each effect apart, unknowns as width, the weakest effect as the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.model.assessment import Finding, Interval, Score, Term
from auditor.model.law import Effect
from auditor.model.rule import Rule, Severity, Verdict

_COUNTED = (Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN)


def score(
    findings: Iterable[Finding], rules: Mapping[str, Rule], weights: Mapping[Severity, int]
) -> Score:
    """Weigh *findings*: 100 means that every rule that applies was passed.

    An effect's low counts what is proved, its high what would hold if every
    unknown turned out well; the low is rounded down and the high up.  Findings
    are weighed as judged, before any waiver: it accepts an exposure, and does
    not end it.
    """
    terms = tuple(
        Term(
            finding=finding.id,
            effect=rules[finding.rule].effect,
            weight=weights[finding.severity],
            low=weights[finding.severity] if finding.verdict is Verdict.PASS else 0,
            high=weights[finding.severity]
            if finding.verdict in (Verdict.PASS, Verdict.UNKNOWN)
            else 0,
        )
        for finding in findings
        if finding.verdict in _COUNTED
    )
    by_effect = tuple(
        (effect, _interval([term for term in terms if term.effect is effect]))
        for effect in Effect
        if any(term.effect is effect for term in terms)
    )
    return Score(
        low=min((interval.low for _, interval in by_effect), default=0),
        high=min((interval.high for _, interval in by_effect), default=100),
        by_effect=by_effect,
        terms=terms,
    )


def _interval(terms: list[Term]) -> Interval:
    whole = sum(term.weight for term in terms)
    low = 100 * sum(term.low for term in terms) // whole
    high = -(-100 * sum(term.high for term in terms) // whole)
    return Interval(low, high)
