"""Thresholds as the options of `auditor check` ask for them, and what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.cli.assessments import Json, read
from auditor.cli.options import LEVELS
from auditor.engine.difference import (
    open_before,
    same_organisation,
    states,
    unsettled_before,
)
from auditor.engine.gate import Gate, Outcome, Thresholds
from auditor.engine.gate import identity as identity_of
from auditor.errors import UsageError
from auditor.model.rule import Severity, Verdict
from auditor.reporting.formats.json import document

if TYPE_CHECKING:
    from auditor.model.assessment import Assessment


def thresholds(
    fail_on: str, undetermined: bool, score: int | None, since: Json | None
) -> Thresholds:
    """What the options ask for; what *since* says already does not count, when there is one."""
    severity = None if fail_on == "never" else Severity(fail_on)
    if since is None:
        return Thresholds(severity, undetermined, score)
    counted = LEVELS[LEVELS.index(fail_on) :]
    known, unsettled = open_before(since, counted), unsettled_before(since)
    return Thresholds(severity, undetermined, score, known, unsettled)


def checked_baseline(baseline: Path, assessment: Assessment) -> Json:
    """The earlier assessment at *baseline*: whole, and about the same organisation.

    Raises:
        UsageError: It is not.
    """
    before = read(baseline)
    try:
        states(before)
        before["digests"]["rules"], before["digests"]["tool"]
        same = same_organisation(before, document(assessment))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise UsageError(
            f"the baseline {baseline} is not whole; make it again with `auditor report`"
        ) from None
    if not same:
        raise UsageError(
            f"the baseline {baseline} is about {before['subject']['name']}, "
            f"not about {assessment.target.name}"
        )
    return before


def reasons(
    assessment: Assessment, outcome: Outcome, thresholds: Thresholds, before: Json | None
) -> Iterator[str]:
    """Why we exit as we do, a line each; first what changed since the baseline."""
    if before is not None:
        yield from _since(assessment, before)
    asked = thresholds.severity or "never"
    fresh = "new " if thresholds.known is not None else ""
    if outcome.failing:
        yield f"{len(outcome.failing)} {fresh}findings reach --fail-on {asked}: " + ", ".join(
            finding.id for finding in outcome.failing
        )
    for finding in outcome.outlived:
        yield f"the waiver {finding.waiver} on {finding.id} has expired"
    score = assessment.score
    told = f"proved {score.low}, possible {score.high}, --fail-on-score {thresholds.score}"
    if outcome.score is Gate.REACHED:
        yield f"the score is too low: {told}"
    if outcome.score is Gate.UNDETERMINED:
        yield f"whether the score is high enough could not be established: {told}"
    if not outcome.judged:
        yield "no rule could be decided: nothing is established"
    if outcome.unreached:
        yield (
            f"{len(outcome.unreached)} rules of --fail-on {asked} are open because nobody answered "
            f"a look-up: {', '.join(finding.id for finding in outcome.unreached)}; look again"
        )
    if outcome.undecided:
        yield (
            f"{len(outcome.undecided)} {fresh}rules could not be decided "
            f"(--fail-on-undetermined): {', '.join(finding.id for finding in outcome.undecided)}"
        )


def _since(assessment: Assessment, before: Json) -> Iterator[str]:
    """What the baseline said differently, in numbers, and whether it was made alike."""
    then = open_before(before, LEVELS)
    now = {identity_of(finding): finding.verdict for finding in assessment.findings}
    became = Counter(now.get(key) for key in then)
    fresh = sum(verdict is Verdict.FAIL and key not in then for key, verdict in now.items())
    settled = became[Verdict.PASS] + became[Verdict.NOT_APPLICABLE]
    yield f"since the baseline: {fresh} new findings, {became[Verdict.FAIL]} unchanged"
    yield (
        f"no longer not met: {settled} settled, {became[Verdict.WAIVED]} waived, "
        f"{became[Verdict.UNKNOWN]} no longer established, {became[None]} no longer judged"
    )
    other = [
        word
        for word, then_made, now_made in (
            ("auditor", before["digests"]["tool"], assessment.digests.tool),
            ("rules", before["digests"]["rules"], assessment.digests.rules),
        )
        if then_made != now_made
    ]
    if other:
        yield (
            f"the baseline was made with another {' and other '.join(other)}: "
            "`auditor diff` tells what that changes"
        )
