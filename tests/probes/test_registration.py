from __future__ import annotations

import json
from typing import Any

from auditor.model.exchange import Reply
from auditor.model.subject import Address, Domain
from auditor.network import http
from auditor.probes.registration import domain, network
from tests.probes.world import World, facts, gaps, sight

HOST = Address("1.2.3.4")
NETWORK = {
    "objectClassName": "ip network",
    "handle": "1.2.0.0 - 1.2.255.255",
    "name": "EXAMPLE-NET",
    "country": "NL",
    "startAddress": "1.2.0.0",
    "endAddress": "1.2.255.255",
    "ipVersion": "v4",
    "links": [],
}
DOMAIN = {
    "objectClassName": "domain",
    "status": ["active", "client transfer prohibited"],
    "entities": [
        {
            "objectClassName": "entity",
            "roles": ["registrar"],
            "vcardArray": [
                "vcard",
                [["version", {}, "text", "4.0"], ["fn", {}, "text", "Names SAS"]],
            ],
        }
    ],
}


def _world(text: str, answer: Any, status: int = 200) -> World:
    reply = Reply(http.compose(status, "", [], json.dumps(answer).encode()))
    return World(results={text: reply})


def test_the_network_around_an_address() -> None:
    assert facts(network, HOST, _world("ip/1.2.3.4", NETWORK)) == [
        "RDAP 1.2.0.0 - 1.2.255.255 EXAMPLE-NET NL"
    ]


def test_a_registry_that_is_busy_leaves_a_gap() -> None:
    assert gaps(sight(network, HOST, _world("ip/1.2.3.4", {}, 429))) == [("rdap.network", "status")]


def test_the_registrar_of_the_domain_above_a_name() -> None:
    """Registries know registered domains, and not the names below them."""
    world = _world("domain/city.example", DOMAIN)

    assert facts(domain, Domain("www.city.example"), world) == ["RDAP Names SAS"]


def test_a_domain_without_registrar_is_left_open() -> None:
    """Somebody registered it: silence is not absence."""
    world = _world("domain/city.example", {**DOMAIN, "entities": []})
    sighting = sight(domain, Domain("city.example"), world)

    assert [(gap.why, gap.roles) for gap in sighting.gaps] == [("unreadable", ("registration",))]
