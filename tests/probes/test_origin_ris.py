from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.model.exchange import Reply
from auditor.model.subject import Address
from auditor.network import http
from auditor.probes.origin_ris import origin
from tests.probes.world import World, facts, failing, gaps, sight, values

HOST = Address("1.2.3.4")
OVERVIEW, REGISTRY = (
    f"GET https://stat.ripe.net/data/{call}/data.json?resource=1.2.3.4&sourceapp=data-sovereignty-auditor"
    for call in ("prefix-overview", "rir-stats-country")
)
ROUTE = {
    "announced": True,
    "asns": [{"asn": 64500, "holder": "EXAMPLE-NET - Example Host"}],
    "resource": "1.2.0.0/16",
}
WHERE = {"located_resources": [{"resource": "1.2.0.0/16", "location": "NL"}]}


def _reply(answer: Any, status: int = 200) -> Reply:
    body = answer if isinstance(answer, bytes) else json.dumps({"data": answer}).encode()
    return Reply(http.compose(status, "", [], body))


def _world(overview: Any, registry: Any) -> World:
    return World(results={OVERVIEW: _reply(overview), REGISTRY: _reply(registry)})


def test_who_announces_and_where_the_prefix_is_registered() -> None:
    assert facts(origin, HOST, _world(ROUTE, WHERE)) == [
        "AS64500 EXAMPLE-NET - Example Host 1.2.0.0/16 NL"
    ]


def test_an_address_that_nobody_announces_is_somebody_unknown() -> None:
    (value,) = values(origin, HOST, _world({"announced": False, "asns": []}, WHERE))

    assert (value.asn, value.registered_in) == ("", "NL")


def test_a_registry_that_does_not_answer_leaves_the_route() -> None:
    world = World(results={OVERVIEW: _reply(ROUTE), **failing(REGISTRY)})
    sighting = sight(origin, HOST, world)

    assert [o.value.text() for o in sighting.observations] == [
        "AS64500 EXAMPLE-NET - Example Host 1.2.0.0/16"
    ]
    assert gaps(sighting) == [("origin.ris", "timeout")]


def test_an_error_status_is_no_answer() -> None:
    world = World(results={OVERVIEW: _reply(b"busy", 503), REGISTRY: _reply(WHERE)})
    sighting = sight(origin, HOST, world)

    assert sighting.observations == ()
    assert gaps(sighting) == [("origin.ris", "status")]


@pytest.mark.parametrize("body", [b"", b"[]", b'{"data": []}', b"\xff", b"[" * 100_000])
def test_a_body_of_another_form_is_left_open(body: bytes) -> None:
    assert gaps(sight(origin, HOST, _world(body, WHERE))) == [("origin.ris", "unreadable")]


@pytest.mark.parametrize(
    "asns", [None, "x", [None, 3], [{"asn": "<b>", "holder": 7}], [{"asn": True}], [{"asn": -1}]]
)
def test_systems_that_are_none_are_somebody_unknown(asns: Any) -> None:
    (value,) = values(origin, HOST, _world({"asns": asns, "resource": 5}, WHERE))

    assert value.asn == ""


def test_a_range_split_between_countries_is_in_none() -> None:
    where = {"located_resources": [{"location": "NL"}, {"location": "DE"}]}

    (value,) = values(origin, HOST, _world(ROUTE, where))

    assert value.registered_in == ""
