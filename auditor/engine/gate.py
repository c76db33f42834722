"""Whether a pipeline may go on: an assessment held against thresholds, three-valued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from auditor.model.assessment import Assessment, Finding
from auditor.model.exchange import Failure, Reason
from auditor.model.rule import Severity, Verdict

Identity = tuple[str, str]
"""Rule and subject: what makes a finding the same in every audit of one organisation."""

_UNREACHED: Final = frozenset(
    {Reason.TIMEOUT, Reason.REFUSED, Reason.SERVFAIL, Reason.UNREACHABLE, Reason.INTERRUPTED}
)
"""Reasons of a look-up that nobody answered; the others say something about who was asked."""

_DECIDED: Final = frozenset({Verdict.PASS, Verdict.FAIL})


class Gate(StrEnum):
    """What a threshold says of an assessment."""

    PASSED = "passed"
    REACHED = "reached"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What stops a pipeline.

    Attributes:
        severity: A finding not met, of this severity or above; None lets every finding pass,
            those that have outlived their waiver too.
        undetermined: A rule of that severity or above (of any, when there is none) that could not
            be decided.
        score: The score must be this at least; None for no minimum.
        known: Findings of an earlier assessment that do not count again; None when all count.
        unsettled: Rules that were undecided then, which do not count again; likewise.
    """

    severity: Severity | None = Severity.HIGH
    undetermined: bool = False
    score: int | None = None
    known: frozenset[Identity] | None = None
    unsettled: frozenset[Identity] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the thresholds say, and of what.

    Attributes:
        failing: Findings not met, at the severity or above, that count.
        outlived: Findings whose waiver has expired: they count whatever their severity, and
            whether or not they were known.
        undecided: Rules that could not be decided, where these count.
        unreached: Rules at the severity or above left open by a look-up that nobody answered:
            to repeat it may settle them.
        score: Of the proved and the possible score; `undetermined` when the minimum lies between.
        judged: How many findings a rule decided, before any waiver.
    """

    failing: tuple[Finding, ...]
    outlived: tuple[Finding, ...]
    undecided: tuple[Finding, ...]
    unreached: tuple[Finding, ...]
    score: Gate
    judged: int

    @property
    def gate(self) -> Gate:
        """The whole: what is established goes before what is not."""
        if self.failing or self.outlived or self.score is Gate.REACHED:
            return Gate.REACHED
        if not self.judged or self.undecided or self.unreached or self.score is Gate.UNDETERMINED:
            return Gate.UNDETERMINED
        return Gate.PASSED


def identity(finding: Finding) -> Identity:
    """Of *finding*; one on the whole organisation has no other subject, however it is called."""
    return finding.rule, finding.subject if finding.role else ""


def open_failures(findings: Iterable[Finding], severity: Severity) -> tuple[Finding, ...]:
    """Those of *findings* not met, of *severity* or above."""
    counted = tuple(Severity)[tuple(Severity).index(severity) :]
    return tuple(f for f in findings if f.verdict is Verdict.FAIL and f.severity in counted)


def outlived(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of *findings* whose waiver has expired: they were to be dealt with by that day."""
    return tuple(f for f in findings if f.waiver and f.verdict is not Verdict.WAIVED)


def undecided(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of *findings* in which the rule could not be decided."""
    return tuple(f for f in findings if f.verdict is Verdict.UNKNOWN)


def judge(assessment: Assessment, thresholds: Thresholds) -> Outcome:
    """*assessment* held against *thresholds*.

    A rule that only lacks knowledge or a declaration is let pass unless `undetermined` is asked
    for; one that lacks an answer of the network is not, for nobody knows what it would have said.
    """
    findings = assessment.findings
    severity = thresholds.severity
    expired = outlived(findings) if severity else ()
    failing = open_failures(findings, severity) if severity else ()
    failing = tuple(f for f in failing if f not in expired)
    open_ = undecided(findings)
    if severity:
        counted = tuple(Severity)[tuple(Severity).index(severity) :]
        open_ = tuple(f for f in open_ if f.severity in counted)
    unreached = _unreached(assessment, open_) if severity or thresholds.undetermined else ()
    if thresholds.known is not None:
        failing = tuple(f for f in failing if identity(f) not in thresholds.known)
    if thresholds.unsettled is not None:
        open_ = tuple(f for f in open_ if identity(f) not in thresholds.unsettled)
    return Outcome(
        failing=failing,
        outlived=expired,
        undecided=open_ if thresholds.undetermined else (),
        unreached=unreached,
        score=_score(assessment, thresholds.score),
        judged=sum((f.judged or f.verdict) in _DECIDED for f in findings),
    )


def _unreached(assessment: Assessment, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of *findings* that rest on a look-up which nobody answered."""
    silent = {
        gap.exchange.id
        for part in assessment.footprint.parts
        for gap in part.gaps
        if gap.exchange is not None
        and isinstance(gap.exchange.result, Failure)
        and gap.exchange.result.reason in _UNREACHED
    }
    return tuple(f for f in findings if not silent.isdisjoint(f.evidence))


def _score(assessment: Assessment, minimum: int | None) -> Gate:
    if minimum is None or assessment.score.low >= minimum:
        return Gate.PASSED
    return Gate.REACHED if assessment.score.high < minimum else Gate.UNDETERMINED
