"""What became of a finding, and whose doing it is: never better than it is known to be."""

from __future__ import annotations

from itertools import product

import pytest

from auditor.model.difference import (
    Attribution,
    Cause,
    Difference,
    Explained,
    Origin,
    Outcome,
    State,
)

VERDICTS = ("pass", "fail", "unknown", "waived", "not-applicable", "")


def _state(verdict: str, severity: str) -> State | None:
    return State((verdict, severity), verdict, {"severity": severity}) if verdict else None


def _difference(
    before: str, after: str, severities: tuple[str, str] = ("low", "low")
) -> Difference:
    states = [
        _state(word, severity) for word, severity in zip((before, after), severities, strict=True)
    ]
    return Difference("finding", ("rule", "subject"), *states)


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        ("pass", "fail", "not-met"),
        ("unknown", "fail", "not-met"),
        ("waived", "fail", "not-met"),
        ("", "fail", "not-met"),
        ("fail", "unknown", "undecided"),
        ("pass", "unknown", "undecided"),
        ("", "unknown", "undecided"),
        ("fail", "pass", "met"),
        ("unknown", "pass", "met"),
        ("fail", "waived", "other"),
        ("fail", "not-applicable", "other"),
        ("fail", "", "other"),
        ("", "pass", "other"),
        ("not-applicable", "pass", "other"),
        ("unknown", "unknown", "other"),
    ],
)
def test_what_became_of_a_finding(before: str, after: str, outcome: str) -> None:
    """One no longer judged, borne with, or met the first time it is judged, is nothing better."""
    assert _difference(before, after).outcome == outcome


def test_nothing_is_better_but_what_is_met() -> None:
    better = {
        (before, after)
        for before, after in product(VERDICTS, VERDICTS)
        if before != after and _difference(before, after).outcome is Outcome.MET
    }
    assert {after for _, after in better} == {"pass"}
    assert {before for before, _ in better} == {"fail", "unknown", "waived"}


def test_more_severe_is_worse_and_less_severe_is_not_better() -> None:
    assert _difference("fail", "fail", ("low", "high")).outcome is Outcome.NOT_MET
    assert _difference("fail", "fail", ("high", "low")).outcome is Outcome.OTHER


@pytest.mark.parametrize(
    ("causes", "established", "origin"),
    [
        (("target",), True, "organisation"),
        (("target", "declared"), False, "organisation"),
        (("day",), True, "law"),
        (("look-ups",), True, "audit"),
        (("knowledge", "rules"), False, "audit"),
        (("target", "day"), True, "several"),
        (("target", "look-ups", "declared"), False, "open"),
        (("knowledge", "law", "rules"), False, "open"),
    ],
)
def test_whose_doing_it_is(causes: tuple[str, ...], established: bool, origin: str) -> None:
    """A cause not told apart has an origin only where all that it may be have the same."""
    assert Attribution(tuple(map(Cause, causes)), established).origin == origin


def test_every_cause_has_an_origin() -> None:
    assert {Attribution((cause,), True).origin for cause in Cause} == {
        Origin.ORGANISATION,
        Origin.LAW,
        Origin.AUDIT,
    }


def test_without_any_cause_one_of_them_was_altered() -> None:
    assert Explained(_difference("fail", "pass"), None).origin is Origin.ALTERED
