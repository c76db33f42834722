"""The arithmetic of the score, by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.score import score
from auditor.model.assessment import Finding, Interval
from auditor.model.law import Effect
from auditor.model.rule import Confidence, Severity, Verdict
from auditor.model.text import Sentence, Text
from tests import knowledge as world

NOTHING = Sentence(Text("", ""))


def finding(rule: str, verdict: Verdict, severity: Severity) -> Finding:
    return Finding(
        "f01",
        rule,
        "ville.example",
        "mail.mailbox",
        "",
        verdict,
        severity,
        Confidence.HIGH,
        NOTHING,
        (),
        (),
        (),
        (),
    )


def test_effects_are_never_added_up_and_the_weakest_decides(tmp_path: Path) -> None:
    """Disclosure: 6 proved of 9, 9 at best. Interruption: 0 of 3, 3 at best."""
    catalogue = world.catalogue(tmp_path)
    rule = catalogue.rules["mailbox-foreign-order"]
    rules = {
        "a": replace(rule, id="a"),
        "b": replace(rule, id="b", effect=Effect.INTERRUPTION),
    }
    found = score(
        [
            finding("a", Verdict.PASS, Severity.HIGH),
            finding("a", Verdict.UNKNOWN, Severity.MEDIUM),
            finding("a", Verdict.NOT_APPLICABLE, Severity.CRITICAL),
            finding("b", Verdict.UNKNOWN, Severity.MEDIUM),
        ],
        rules,
        catalogue.weights,
    )
    assert dict(found.by_effect) == {
        Effect.DISCLOSURE: Interval(66, 100),
        Effect.INTERRUPTION: Interval(0, 100),
    }
    assert (found.low, found.high) == (0, 100)
    assert len(found.terms) == 3


def test_nothing_judged_is_nothing_known(tmp_path: Path) -> None:
    empty = score([], {}, world.catalogue(tmp_path).weights)
    assert (empty.low, empty.high) == (0, 100)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return world.catalogue(tmp_path_factory.mktemp("rules"))


def weighed(catalogue: Catalogue, *judged: tuple[str, Verdict, Severity]) -> tuple[Interval, int]:
    """The interval of findings on one ground, and the points that they put at stake.

    Args:
        judged: (role, verdict, severity) of each.
    """
    rule = replace(catalogue.rules["mailbox-foreign-order"], id="a", ground="foreign-law")
    findings = [
        replaced._replace(id=f"f{number}", role=role)
        for number, (role, verdict, severity) in enumerate(judged)
        for replaced in [finding("a", verdict, severity)]
    ]
    found = score(findings, {"a": rule}, catalogue.weights)
    return dict(found.by_effect)[Effect.DISCLOSURE], sum(term.weight for term in found.terms)


def test_what_turns_on_one_ground_counts_once(known: Catalogue) -> None:
    """Five rules on who owns the mail put ten points at stake, not 31."""
    severe = [Severity.CRITICAL, Severity.HIGH, Severity.HIGH, Severity.HIGH, Severity.MEDIUM]
    interval, at_stake = weighed(
        known, *[("mail.mailbox", Verdict.FAIL, severity) for severity in severe]
    )
    assert (interval, at_stake) == (Interval(0, 0), 10)


def test_a_ground_loses_the_gravest_failure_and_leaves_open_the_gravest_unknown(
    known: Catalogue,
) -> None:
    """Of ten points: three are lost, three more are open, four are proved."""
    assert weighed(
        known,
        ("mail.mailbox", Verdict.PASS, Severity.CRITICAL),
        ("mail.inbound", Verdict.UNKNOWN, Severity.HIGH),
        ("mail.outbound", Verdict.FAIL, Severity.MEDIUM),
    ) == (Interval(40, 70), 10)


def test_other_services_are_other_stakes(known: Catalogue) -> None:
    assert weighed(
        known,
        ("mail.mailbox", Verdict.FAIL, Severity.HIGH),
        ("mail.inbound", Verdict.FAIL, Severity.HIGH),
        ("identity", Verdict.PASS, Severity.HIGH),
    ) == (Interval(50, 50), 12)


@settings(max_examples=40, deadline=None)
@given(
    judged=st.lists(
        st.tuples(
            st.sampled_from(["mail.mailbox", "mail.inbound", "identity"]),
            st.sampled_from([Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN]),
            st.sampled_from(list(Severity)),
        ),
        min_size=1,
        max_size=6,
    ),
    data=st.data(),
)
def test_whatever_an_unknown_turns_out_to_be_lies_within_the_interval(
    known: Catalogue, judged: list[tuple[str, Verdict, Severity]], data: st.DataObject
) -> None:
    settled = [
        (role, data.draw(st.sampled_from([Verdict.PASS, Verdict.FAIL])), severity)
        if verdict is Verdict.UNKNOWN
        else (role, verdict, severity)
        for role, verdict, severity in judged
    ]
    open_, at_stake = weighed(known, *judged)
    closed, still = weighed(known, *settled)
    assert open_.low <= closed.low <= closed.high <= open_.high
    assert at_stake == still
