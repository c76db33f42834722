"""The score: each effect apart, unknowns as width, the weakest effect as the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.model.assessment import Finding, Interval, Score, Term
from auditor.model.law import Effect
from auditor.model.rule import Rule, Severity, Verdict

_RANK = {Verdict.FAIL: 0, Verdict.UNKNOWN: 1, Verdict.PASS: 2}
"""Which verdicts take the points of a ground first: what is lost, what is open, what is left."""


def score(
    findings: Iterable[Finding], rules: Mapping[str, Rule], weights: Mapping[Severity, int]
) -> Score:
    """Weigh *findings*: 100 means that every rule that applies was passed.

    Findings that turn on one ground, for one service, do not add up: together
    they put at stake as much as the gravest of them, lose as much as the
    gravest that failed, and leave open as much more as the gravest unknown.

    An effect's low counts what is proved, its high what would hold if every
    unknown turned out well; the low is rounded down and the high up.  Findings
    are weighed as judged, before any waiver: it accepts an exposure, and does
    not end it.
    """
    grounds: dict[tuple[Effect, str, str, str | int], list[Finding]] = {}
    for number, finding in enumerate(findings):
        if finding.verdict in _RANK:
            rule = rules[finding.rule]
            service = finding.role.partition(".")[0]
            key = rule.effect, finding.domain, service, rule.ground or number
            grounds.setdefault(key, []).append(finding)
    of_effect: dict[Effect, list[Term]] = {}
    terms: list[Term] = []
    for (effect, *_), findings_on in grounds.items():
        mine = _terms(effect, findings_on, weights)
        of_effect.setdefault(effect, []).extend(mine)
        terms += mine
    by_effect = tuple(
        (effect, _interval(of_effect[effect])) for effect in Effect if effect in of_effect
    )
    return Score(
        low=min((interval.low for _, interval in by_effect), default=0),
        high=min((interval.high for _, interval in by_effect), default=100),
        by_effect=by_effect,
        terms=tuple(terms),
    )


def _terms(effect: Effect, ground: list[Finding], weights: Mapping[Severity, int]) -> list[Term]:
    """What findings of one *ground* add to each other; those that add nothing are not there.

    In this order an unknown that is settled can never lead out of the interval.
    """
    taken = 0
    terms: list[Term] = []
    if len(ground) > 1:
        ground = sorted(
            ground, key=lambda finding: (_RANK[finding.verdict], -weights[finding.severity])
        )
    for finding in ground:
        more = weights[finding.severity] - taken
        if more > 0:
            taken += more
            low = more if finding.verdict is Verdict.PASS else 0
            high = more if _RANK[finding.verdict] else 0
            terms.append(Term(finding.id, effect, more, low, high))
    return terms


def _interval(terms: list[Term]) -> Interval:
    whole = sum(term.weight for term in terms)
    low = 100 * sum(term.low for term in terms) // whole
    high = -(-100 * sum(term.high for term in terms) // whole)
    return Interval(low, high)
