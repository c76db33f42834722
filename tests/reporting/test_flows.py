"""The map of who serves, who operates and who controls."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from auditor.reporting.flow_drawing import Node, flow
from auditor.reporting.flows import flows
from auditor.reporting.pictures import Pictures
from auditor.reporting.reading import Reading
from auditor.reporting.strokes import PAGE
from tests.reporting import sample


def _reading() -> Reading:
    return Reading(sample.assessment(), "fr")


def test_every_dependency_is_in_one_flow() -> None:
    labels = [flow.service for flow in flows(_reading())]
    assert set(labels) == {d.label for d in sample.DEPENDENCIES}


def test_somebody_not_identified_has_no_operator_and_no_country() -> None:
    unknown = {d.label for d in sample.DEPENDENCIES if d.offering is None}
    assert unknown
    for each in flows(_reading()):
        if each.service in unknown:
            assert (each.operator, each.countries, each.run, each.held) == ("", (), False, False)


def test_what_is_not_established_is_drawn_dashed_and_last() -> None:
    found = flows(_reading())
    assert [bool(flow.countries) for flow in found] == sorted(
        (bool(flow.countries) for flow in found), reverse=True
    )
    svg = str(Pictures(_reading(), str).flow(found))
    assert "non établi" in svg
    assert "stroke-dasharray" in svg


def test_flows_of_one_operator_stand_side_by_side() -> None:
    operators = [(flow.countries, flow.operator) for flow in flows(_reading())]
    changes = sum(one != other for one, other in pairwise(operators))
    assert changes == len(set(operators)) - 1


def test_a_country_is_marked_only_where_its_law_was_found_foreign() -> None:
    whole = sample.assessment()
    near = replace(whole, exposures=tuple(x._replace(standing="home") for x in whole.exposures))
    assert any(flow.far for flow in flows(Reading(whole, "fr")))
    assert not any(flow.far for flow in flows(Reading(near, "fr")))


def test_a_control_that_was_not_read_link_by_link_is_not_held() -> None:
    """However far above the operator the link stands that nobody read."""
    whole = replace(sample.assessment(), unconfirmed=frozenset({"examplecloud-office"}))
    held = {flow.service: flow.held for flow in flows(Reading(whole, "fr"))}
    assert held["ExampleCloud Office"] is False
    assert held["ExampleCloud Compute"] is True


def test_the_alternative_tells_each_flow_whole() -> None:
    found = flows(_reading())
    title = re.findall(r"<title>(.*?)</title>", str(Pictures(_reading(), str).flow(found)))[0]
    for each in found:
        assert all(country in title for country in each.countries)
        assert each.operator.replace("&", "&amp;") in title


def test_a_map_keeps_to_the_page_however_long_the_names() -> None:
    long = "Société d’économie mixte à opération unique " * 3
    columns = (
        [Node(long, next=(0, 1))],
        [Node(long, long, next=(0,)), Node("B", firm=False, next=(0,), sure=False)],
        [Node(long, next=(0,))],
        [Node("France")],
    )
    svg = str(flow("titre", ["a", "b", "c", "d"], columns))
    rights = [
        float(x) + float(b)
        for x, b in re.findall(r'<rect x="([\d.]+)"[^>]*? width="([\d.]+)"', svg)
    ]
    assert max(rights) <= PAGE
