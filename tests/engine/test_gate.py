"""What stops a pipeline: established, undetermined, or let pass."""

from __future__ import annotations

import dataclasses

import pytest

from auditor.engine.gate import Gate, Thresholds, judge
from auditor.model.assessment import Assessment, Finding, Score
from auditor.model.exchange import Failure, Reason
from auditor.model.rule import Severity, Verdict
from tests.replay import replayed


@pytest.fixture(scope="module")
def plain() -> Assessment:
    """A recorded organisation, for the shape of it."""
    return replayed("swiss-host")


def _with(plain: Assessment, *findings: Finding) -> Assessment:
    return dataclasses.replace(plain, findings=findings)


def _finding(plain: Assessment, verdict: Verdict, severity: Severity, **more: object) -> Finding:
    return plain.findings[0]._replace(verdict=verdict, severity=severity, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("verdict", "severity", "asked", "gate"),
    [
        (Verdict.FAIL, Severity.HIGH, Severity.HIGH, Gate.REACHED),
        (Verdict.FAIL, Severity.CRITICAL, Severity.HIGH, Gate.REACHED),
        (Verdict.FAIL, Severity.MEDIUM, Severity.HIGH, Gate.PASSED),
        (Verdict.FAIL, Severity.CRITICAL, None, Gate.PASSED),
        (Verdict.PASS, Severity.CRITICAL, Severity.LOW, Gate.PASSED),
        (Verdict.UNKNOWN, Severity.CRITICAL, Severity.LOW, Gate.UNDETERMINED),
        (Verdict.NOT_APPLICABLE, Severity.CRITICAL, Severity.LOW, Gate.UNDETERMINED),
    ],
)
def test_one_finding_alone(
    verdict: Verdict, severity: Severity, asked: Severity | None, gate: Gate, plain: Assessment
) -> None:
    """Where it is the only one and was not decided, nothing was judged."""
    alone = _with(plain, _finding(plain, verdict, severity, evidence=()))

    assert judge(alone, Thresholds(asked)).gate is gate


def test_nothing_at_all_is_no_green_light(plain: Assessment) -> None:
    assert judge(_with(plain), Thresholds(None)).gate is Gate.UNDETERMINED


@pytest.mark.parametrize(
    ("severity", "undetermined", "gate"),
    [
        (Severity.HIGH, False, Gate.PASSED),
        (Severity.HIGH, True, Gate.UNDETERMINED),
        (Severity.MEDIUM, True, Gate.PASSED),
    ],
)
def test_an_undecided_rule_counts_where_asked_for(
    severity: Severity, undetermined: bool, gate: Gate, plain: Assessment
) -> None:
    met = _finding(plain, Verdict.PASS, Severity.LOW)
    open_ = _finding(plain, Verdict.UNKNOWN, severity, evidence=())

    thresholds = Thresholds(Severity.HIGH, undetermined=undetermined)

    assert judge(_with(plain, met, open_), thresholds).gate is gate


@pytest.mark.parametrize(
    ("reason", "gate"),
    [
        (Reason.TIMEOUT, Gate.UNDETERMINED),
        (Reason.SERVFAIL, Gate.UNDETERMINED),
        (Reason.STATUS, Gate.PASSED),
        (Reason.TLS, Gate.PASSED),
    ],
)
def test_a_look_up_that_nobody_answered_counts_unasked(
    reason: Reason, gate: Gate, plain: Assessment
) -> None:
    """A reply that is an error says something, and comes again; a silence says nothing."""
    part = next(p for p in plain.footprint.parts if any(g.exchange for g in p.gaps))
    gap = next(gap for gap in part.gaps if gap.exchange)
    assert gap.exchange is not None
    silent = dataclasses.replace(gap.exchange, result=Failure(reason))
    footprint = dataclasses.replace(
        plain.footprint,
        parts=(part._replace(gaps=(dataclasses.replace(gap, exchange=silent),)),),
    )
    met = _finding(plain, Verdict.PASS, Severity.LOW)
    open_ = _finding(plain, Verdict.UNKNOWN, Severity.HIGH, evidence=(silent.id,))
    assessment = dataclasses.replace(plain, footprint=footprint, findings=(met, open_))

    outcome = judge(assessment, Thresholds(Severity.HIGH))

    assert (outcome.gate, outcome.unreached) == (
        gate,
        (open_,) if gate is Gate.UNDETERMINED else (),
    )


def test_a_baseline_hides_no_silence(plain: Assessment) -> None:
    """Known and undecided does not count again; nobody knows what a silence would have said."""
    met = _finding(plain, Verdict.PASS, Severity.LOW)
    open_ = _finding(plain, Verdict.UNKNOWN, Severity.HIGH, evidence=())
    known = frozenset({(open_.rule, open_.subject)})
    thresholds = Thresholds(Severity.HIGH, undetermined=True, known=known, unsettled=known)

    assert judge(_with(plain, met, open_), thresholds).gate is Gate.PASSED


@pytest.mark.parametrize(
    ("low", "high", "gate"),
    [
        (60, 90, Gate.PASSED),
        (59, 90, Gate.UNDETERMINED),
        (10, 59, Gate.REACHED),
    ],
)
def test_a_score_is_an_interval(low: int, high: int, gate: Gate, plain: Assessment) -> None:
    met = _finding(plain, Verdict.PASS, Severity.LOW)
    scored = dataclasses.replace(_with(plain, met), score=Score(low, high, (), ()))

    assert judge(scored, Thresholds(None, score=60)).gate is gate


def test_what_outlived_its_waiver_counts_though_it_is_known_and_mild(plain: Assessment) -> None:
    outlived = _finding(plain, Verdict.FAIL, Severity.LOW, waiver="W-1", judged=Verdict.FAIL)
    known = frozenset({(outlived.rule, outlived.subject)})

    outcome = judge(_with(plain, outlived), Thresholds(Severity.CRITICAL, known=known))

    assert (outcome.gate, outcome.outlived) == (Gate.REACHED, (outlived,))


def test_what_is_waived_was_judged_before(plain: Assessment) -> None:
    waived = _finding(plain, Verdict.WAIVED, Severity.HIGH, waiver="W-1", judged=Verdict.FAIL)

    assert judge(_with(plain, waived), Thresholds(Severity.LOW)).gate is Gate.PASSED
