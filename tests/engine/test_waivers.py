"""A waiver bears with a finding for a while; nothing gets better by it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.engine.waivers import waive
from auditor.errors import Place, SourceError
from auditor.model.assessment import Finding
from auditor.model.rule import Confidence, Severity, Verdict
from auditor.model.subject import Domain
from auditor.model.text import Sentence, Text
from auditor.model.waiver import EVERY, Decision, Waiver, Waivers, WaiverState, WaiverUse

DOMAINS = (Domain("ville.example"),)
LAST = date(2026, 12, 31)
MAIL = "ville.example mail.mailbox"


def finding(id_: str, verdict: Verdict, rule: str = "rule", subject: str = MAIL) -> Finding:
    return Finding(
        id_, rule, "ville.example", "mail.mailbox", subject, verdict, Severity.HIGH,
        Confidence.HIGH, Sentence(Text("x", "x")), (), (), (), (),
    )  # fmt: skip


def waiver(id_: str = "w01", rule: str = "rule", subject: str = MAIL) -> Waiver:
    return Waiver(
        id_, rule, subject, Decision.ACCEPTED, "why", "who", date(2026, 1, 1), LAST, (),
        Place(Path("w.yaml"), 2, 5),
    )  # fmt: skip


def applied(
    findings: tuple[Finding, ...], *given: Waiver, day: date = date(2026, 6, 1)
) -> tuple[tuple[Finding, ...], tuple[WaiverUse, ...]]:
    return waive(findings, Waivers("0" * 64, given), DOMAINS, day)


@pytest.mark.parametrize("verdict", [Verdict.FAIL, Verdict.UNKNOWN])
def test_what_is_borne_with_keeps_how_it_was_judged(verdict: Verdict) -> None:
    (found,), (use,) = applied((finding("f01", verdict),), waiver())

    assert (found.verdict, found.judged, found.waiver) == (Verdict.WAIVED, verdict, "w01")
    assert (use.state, use.findings) == (WaiverState.IN_FORCE, ("f01",))


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.NOT_APPLICABLE])
def test_what_is_well_needs_no_waiver(verdict: Verdict) -> None:
    (found,), (use,) = applied((finding("f01", verdict),), waiver())

    assert found == finding("f01", verdict)
    assert (use.state, use.findings) == (WaiverState.UNUSED, ())


@pytest.mark.parametrize(
    ("day", "state", "verdict"),
    [
        (date(2026, 12, 1), WaiverState.IN_FORCE, Verdict.WAIVED),
        (date(2026, 12, 2), WaiverState.ENDING, Verdict.WAIVED),
        (LAST, WaiverState.ENDING, Verdict.WAIVED),
        (date(2027, 1, 1), WaiverState.EXPIRED, Verdict.FAIL),
    ],
)
def test_the_last_day_belongs_to_it_and_the_next_brings_the_finding_back(
    day: date, state: WaiverState, verdict: Verdict
) -> None:
    (found,), (use,) = applied((finding("f01", Verdict.FAIL),), waiver(), day=day)

    assert (use.state, found.verdict) == (state, verdict)
    assert (found.waiver, found.judged) == ("w01", Verdict.FAIL)


def test_the_subject_is_met_to_the_letter() -> None:
    findings = (
        finding("f01", Verdict.FAIL),
        finding("f02", Verdict.FAIL, subject="ville.example mail"),
        finding("f03", Verdict.FAIL, rule="other"),
    )

    found, _ = applied(findings, waiver())

    assert [each.verdict.value for each in found] == ["waived", "fail", "fail"]


def test_who_names_the_subject_goes_before_who_names_all() -> None:
    findings = (
        finding("f01", Verdict.FAIL),
        finding("f02", Verdict.FAIL, subject="ville.example mail.inbound"),
    )

    found, uses = applied(findings, waiver("all", subject=EVERY), waiver("one"))

    assert [each.waiver for each in found] == ["one", "all"]
    assert [use.findings for use in uses] == [("f02",), ("f01",)]


def test_a_subject_of_ours_that_the_rule_does_not_judge_is_refused() -> None:
    with pytest.raises(SourceError) as mistake:
        applied((finding("f01", Verdict.FAIL),), waiver(subject="ville.example mail.mailboxes"))

    assert str(mistake.value) == (
        "w.yaml:2:5: 'w01': rule 'rule' judges no 'ville.example mail.mailboxes'; "
        "did you mean 'ville.example mail.mailbox'?"
    )


def test_a_subject_of_another_organisation_is_none_of_ours() -> None:
    """One file may serve several audits."""
    _, (use,) = applied(
        (finding("f01", Verdict.FAIL),), waiver(subject="port.example mail.mailbox")
    )

    assert use.state is WaiverState.UNUSED
