"""A comparison as people read it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from auditor.engine.causes import compared
from auditor.model.assessment import Assessment
from auditor.reporting.difference_text import as_text
from auditor.reporting.formats.json import document
from tests.replay import replayed


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return replayed("m365-behind-gateway")


@pytest.fixture
def before(assessment: Assessment) -> dict[str, Any]:
    return document(assessment)


@pytest.fixture
def after(before: dict[str, Any]) -> dict[str, Any]:
    """The same on another day, to change."""
    return copy.deepcopy(before) | {"as_of": "2027-01-01"}


def _text(
    assessment: Assessment, before: dict[str, Any], after: dict[str, Any], language: str = "en"
) -> str:
    comparison = compared(before, after, (False, False), [])
    known = assessment.knowledge
    return as_text(comparison, language, 80, known.words, known.roles)


def test_what_each_was_made_of(
    assessment: Assessment, before: dict[str, Any], after: dict[str, Any]
) -> None:
    text = _text(assessment, before, after, "fr")

    assert "droit au 23\u00a0novembre 2026." in text
    assert "droit au 1er\u00a0janvier 2027." in text
    assert "seules les empreintes disent" in " ".join(text.split())
    assert "Aucune différence." in text


def test_a_finding_says_what_it_was_and_is(
    assessment: Assessment, before: dict[str, Any], after: dict[str, Any]
) -> None:
    finding = next(f for f in after["findings"] if f["verdict"] == "fail")
    finding["verdict"] = "pass"

    text = " ".join(_text(assessment, before, after).split())

    assert "Findings new: 0; gone: 0; changed: 1" in text
    assert f"{finding['rule']} ({finding['subject']}" in text
    assert "not met, then met" in text
    assert "Cause established: the day as of which" in text


def test_a_silence_is_named(
    assessment: Assessment, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """What nobody answered this time stands with the finding that it leaves open."""
    finding = next(f for f in after["findings"] if f["verdict"] == "fail")
    finding["verdict"] = "unknown"
    part = next(
        p
        for p in after["footprint"]
        if (p["domain"], p["role"]) == (finding["domain"], finding["role"])
    )
    gap = {"question": "dns moehlin.ch NAPTR", "why": "timeout"}
    part["gaps"] = [*part["gaps"], part["gaps"][0] | gap]

    text = " ".join(_text(assessment, before, after).split())

    assert "Without an answer: dns moehlin.ch NAPTR (no answer in time)." in text


def test_an_exposure_is_shown_when_a_reach_begins_or_ends(
    assessment: Assessment, before: dict[str, Any], after: dict[str, Any]
) -> None:
    unknown = next(x for x in after["exposures"] if x["state"] == "unknown")
    unknown["force"] = "lapsed"
    reached = next(x for x in after["exposures"] if x["state"] == "reached")
    for exposure in after["exposures"]:
        if all(exposure[key] == reached[key] for key in ("dependency", "law", "effect")):
            exposure["state"] = "not-reached"

    text = " ".join(_text(assessment, before, after).split())

    assert "Exposures new: 0; gone: 0; changed: 2" in text
    assert "reached, then not reached" in text
    assert "and 1 more, of less weight, in the JSON output" in text


def test_what_the_audited_wrote_is_made_harmless(
    assessment: Assessment, before: dict[str, Any], after: dict[str, Any]
) -> None:
    finding = next(f for f in after["findings"] if f["verdict"] == "fail")
    finding["subject"] = "evil\x1b[31m\u202e mail.mailbox"

    text = _text(assessment, before, after)

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[U+001B]" in text


def test_no_line_is_wider_than_asked_for(
    assessment: Assessment, before: dict[str, Any], after: dict[str, Any]
) -> None:
    after["footprint"] = after["footprint"][1:]
    after["findings"] = []
    after["exposures"] = []

    lines = _text(assessment, before, after).splitlines()

    assert len(lines) > 20
    assert max(map(len, lines)) <= 80
