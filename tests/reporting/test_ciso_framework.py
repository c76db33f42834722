"""The levels under a framework, as CISO Assistant's import of audits takes them."""

from __future__ import annotations

import csv
import io

from auditor import reporting
from auditor.model.assessed import FrameworkResult, Span
from auditor.model.assessment import Assessment
from tests.reporting import sample

RESULTS = {
    "not_assessed",
    "partially_compliant",
    "non_compliant",
    "compliant",
    "not_applicable",
}
"""The words of the import."""


def rows(assessment: Assessment) -> dict[str, dict[str, str]]:
    content = reporting.render("ciso-framework", assessment, "en").decode()
    return {row["ref_id"]: row for row in csv.DictReader(io.StringIO(content))}


def proved(span: Span) -> Assessment:
    """The sample, in which every service has *span* for each objective of the first framework."""
    whole = sample.assessment()
    first, *others = whole.frameworks

    def settle(result: FrameworkResult) -> FrameworkResult:
        services = []
        for placed in result.services:
            groups = tuple(
                sample.replace(group, levels=sample.replace(group.levels, proved=span))
                for group in placed.result.groups
            )
            answer = sample.replace(placed.result, groups=groups)
            services.append(sample.replace(placed, result=answer))
        return sample.replace(result, services=tuple(services))

    return sample.replace(whole, frameworks=(settle(first), *others))


def test_each_objective_has_a_line_in_the_words_of_the_import() -> None:
    found = rows(sample.assessment())
    assert list(found) == ["OBJ-1", "OBJ-2", "OBJ-3", "OBJ-4"]
    assert {row["compliance_result"] for row in found.values()} <= RESULTS
    assert {row["assessable"] for row in found.values()} == {"true"}


def test_a_level_that_is_not_settled_has_no_score() -> None:
    row = rows(proved(Span(0, 4)))["OBJ-2"]
    assert (row["compliance_result"], row["score"]) == ("not_assessed", "")
    assert row["requirement_progress"] == "in_progress"
    assert "NIV-0 to NIV-4" in row["observations"]


def test_a_settled_level_is_the_score_and_the_minimum_decides() -> None:
    below, reached = rows(proved(Span(1, 1)))["OBJ-2"], rows(proved(Span(2, 2)))["OBJ-2"]
    assert (below["compliance_result"], below["score"]) == ("non_compliant", "1")
    assert (reached["compliance_result"], reached["score"]) == ("compliant", "2")
    assert reached["requirement_progress"] == "done"


def test_an_objective_may_have_a_minimum_of_its_own() -> None:
    assert rows(proved(Span(2, 2)))["OBJ-1"]["compliance_result"] == "non_compliant"


def test_the_best_case_below_the_minimum_is_below_it_whatever_is_still_open() -> None:
    row = rows(proved(Span(0, 1)))["OBJ-2"]
    assert (row["compliance_result"], row["score"]) == ("non_compliant", "")


def test_the_weakest_service_decides() -> None:
    first = rows(sample.assessment())["OBJ-1"]
    assert "ExampleCloud Office" in first["observations"]
    assert "Hôte inconnu" not in first["observations"]


def test_without_a_framework_there_is_a_heading_alone() -> None:
    assert rows(sample.replace(sample.assessment(), frameworks=())) == {}
