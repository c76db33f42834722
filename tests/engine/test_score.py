"""The arithmetic of the score, by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from auditor.engine.score import score
from auditor.model.assessment import Finding, Interval
from auditor.model.law import Effect
from auditor.model.rule import Confidence, Severity, Verdict
from auditor.model.text import Text
from tests import knowledge as world

NOTHING = Text("", "")


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
