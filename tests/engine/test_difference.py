"""What two documents say differently."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from auditor.engine.difference import differences, same_organisation, states
from auditor.model.difference import Difference
from auditor.reporting.formats.json import document
from tests.replay import replayed


@pytest.fixture(scope="module")
def original() -> dict[str, Any]:
    return document(replayed("swiss-host"))


@pytest.fixture
def changed(original: dict[str, Any]) -> dict[str, Any]:
    """A document to change."""
    return copy.deepcopy(original)


def _differences(one: dict[str, Any], other: dict[str, Any]) -> tuple[Difference, ...]:
    return differences(states(one), states(other))


def test_equal_documents_do_not_differ(original: dict[str, Any], changed: dict[str, Any]) -> None:
    assert _differences(original, changed) == ()


def test_ids_that_count_are_no_difference(
    original: dict[str, Any], changed: dict[str, Any]
) -> None:
    """A finding more in front moves the numbers of all that follow."""
    for number, finding in enumerate(changed["findings"]):
        finding["id"] = f"f{number + 90}"
    for number, exposure in enumerate(changed["exposures"]):
        exposure["id"] = f"x{number + 9000}"

    assert _differences(original, changed) == ()


def test_a_finding_that_is_gone(original: dict[str, Any], changed: dict[str, Any]) -> None:
    finding = changed["findings"].pop()

    (found,) = _differences(original, changed)

    assert (found.thing, found.change) == ("finding", "gone")
    assert found.key == (finding["rule"], finding["subject"] if finding["role"] else "")


@pytest.mark.parametrize(
    ("before", "after", "opened"),
    [
        ({"verdict": "pass"}, {"verdict": "fail"}, True),
        ({"verdict": "unknown"}, {"verdict": "fail"}, True),
        ({"verdict": "waived"}, {"verdict": "fail"}, True),
        ({"verdict": "fail"}, {"verdict": "unknown"}, False),
        (
            {"verdict": "fail", "severity": "low"},
            {"verdict": "fail", "severity": "high"},
            True,
        ),
        (
            {"verdict": "fail", "severity": "high"},
            {"verdict": "fail", "severity": "low"},
            False,
        ),
    ],
)
def test_what_counts_as_opened(
    before: dict[str, str], after: dict[str, str], opened: bool, original: dict[str, Any]
) -> None:
    one, other = copy.deepcopy(original), copy.deepcopy(original)
    one["findings"][0].update(before)
    other["findings"][0].update(after)

    (found,) = _differences(one, other)

    assert (found.change, found.opened) == ("changed", opened)


def test_a_finding_on_the_whole_organisation_keeps_its_identity_under_another_name(
    original: dict[str, Any], changed: dict[str, Any]
) -> None:
    """A domain yesterday, a dossier with a name today."""
    for each in (original, changed):
        assert any(not finding["role"] for finding in each["findings"])
    for finding in changed["findings"]:
        if not finding["role"]:
            finding["subject"] = "The town"

    assert _differences(original, changed) == ()


def test_a_service_is_told_with_each_exposure_of_it(
    original: dict[str, Any], changed: dict[str, Any]
) -> None:
    part = next(p for p in changed["footprint"] if p["dependencies"])
    gone = part["dependencies"].pop(0)
    changed["exposures"] = [x for x in changed["exposures"] if x["dependency"] != gone["id"]]

    found = _differences(original, changed)

    assert {d.thing for d in found} == {"service", "exposure"}
    assert {d.change for d in found} == {"gone"}
    assert {d.key[:2] for d in found} == {(part["domain"], part["role"])}


def test_two_organisations_share_no_domain(
    original: dict[str, Any], changed: dict[str, Any]
) -> None:
    assert same_organisation(original, changed)
    changed["subject"]["domains"] = ["other.example"]
    assert not same_organisation(original, changed)


@pytest.mark.parametrize("missing", ["findings", "footprint", "exposures"])
def test_a_document_that_is_not_whole(missing: str, changed: dict[str, Any]) -> None:
    del changed[missing]

    with pytest.raises(KeyError):
        states(changed)
