from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
import responses

from auditor.model.exchange import Exchange, Failure, Reason, Reply
from auditor.network import http
from auditor.network.door import Unreadable
from auditor.network.live import LiveNetwork
from auditor.network.rdap import domain_question, network_question, read_domain, read_network
from auditor.network.recorder import Recorder
from auditor.network.registry import BOOTSTRAP, server
from auditor.settings import Limits
from tests.network.test_personal import _entity
from tests.network.test_rdap import NETWORK
from tests.servers import DnsServer, dns_server

# Nobody connects to these addresses: `responses` answers in their place.
RECORDS = """
data.iana.org. 60 IN A 9.9.9.9
rdap.registry.example. 60 IN A 9.9.9.10
rdap.other.example. 60 IN A 9.9.9.11
"""
IPV4 = {
    "services": [
        [["192.0.0.0/8"], ["https://rdap.wide.example/"]],
        [["192.0.2.0/24"], ["http://rdap.registry.example/", "https://rdap.registry.example/base"]],
        [["198.51.100.0/24"], ["http://rdap.insecure.example/"]],
    ]
}
DOMAINS = {
    "services": [
        [["example"], ["https://rdap.registry.example/base/"]],
        [["gov.example"], ["https://rdap.other.example/"]],
    ]
}
ADDRESS = "https://rdap.registry.example/base/ip/192.0.2.1"


def _response(bootstrap: object) -> bytes:
    return http.compose(200, "OK", [], json.dumps(bootstrap).encode())


@pytest.fixture(scope="module")
def names() -> Iterator[DnsServer]:
    with dns_server(RECORDS) as server:
        yield server


@pytest.fixture
def web() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.get(BOOTSTRAP.format("ipv4"), json=IPV4)
        mock.get(BOOTSTRAP.format("dns"), json=DOMAINS)
        yield mock


async def _look(names: DnsServer, *asked: Any) -> tuple[list[Exchange], tuple[Exchange, ...]]:
    async with LiveNetwork([names.resolver], Limits(http_interval=0.0)) as network:
        recorder = Recorder(network)
        found = [await recorder.ask(question) for question in asked]
        return found, recorder.exchanges


def _network(names: DnsServer) -> Exchange:
    return asyncio.run(_look(names, network_question("192.0.2.1")))[0][0]


def _reason(exchange: Exchange) -> Reason | None:
    return exchange.result.reason if isinstance(exchange.result, Failure) else None


def test_the_registry_in_charge_is_asked(names: DnsServer, web: responses.RequestsMock) -> None:
    web.get(ADDRESS, json=NETWORK)
    network = read_network(_network(names))
    assert network is not None
    assert network.holder == "Example Hosting"


def test_a_domain_is_looked_up_too(names: DnsServer, web: responses.RequestsMock) -> None:
    web.get(
        "https://rdap.other.example/domain/city.gov.example",
        json={"entities": [_entity(None, "registrar", name="Example Registrar")]},
    )
    found, _ = asyncio.run(_look(names, domain_question("city.gov.example")))
    domain = read_domain(found[0])
    assert domain is not None
    assert domain.registrar == "Example Registrar"


def test_persons_are_dropped_before_anybody_sees_the_answer(
    names: DnsServer, web: responses.RequestsMock
) -> None:
    web.get(ADDRESS, json={**NETWORK, "entities": [_entity("individual", "registrant")]})
    _, recorded = asyncio.run(_look(names, network_question("192.0.2.1")))
    assert not [
        exchange
        for exchange in recorded
        if isinstance(exchange.result, Reply) and b"Jeanne" in exchange.result.content
    ]


def test_every_look_up_on_the_way_is_recorded(
    names: DnsServer, web: responses.RequestsMock
) -> None:
    web.get(ADDRESS, json=NETWORK)
    _, recorded = asyncio.run(_look(names, network_question("192.0.2.1")))
    assert {str(exchange.question) for exchange in recorded} == {
        "rdap ip/192.0.2.1",
        f"http GET {BOOTSTRAP.format('ipv4')}",
        "dns data.iana.org A",
        "dns data.iana.org AAAA",
        "dns rdap.registry.example A",
        "dns rdap.registry.example AAAA",
    }


def test_the_bootstrap_file_is_fetched_once(names: DnsServer, web: responses.RequestsMock) -> None:
    web.get(ADDRESS, json=NETWORK)
    web.get(ADDRESS.replace(".1", ".2"), json=NETWORK)
    asyncio.run(_look(names, network_question("192.0.2.1"), network_question("192.0.2.2")))
    assert web.assert_call_count(BOOTSTRAP.format("ipv4"), 1)


def test_a_redirect_to_another_registry_is_followed(
    names: DnsServer, web: responses.RequestsMock
) -> None:
    target = "https://rdap.other.example/ip/192.0.2.1"
    web.get(ADDRESS, status=301, headers={"Location": target})
    web.get(target, json=NETWORK)
    assert read_network(_network(names)) is not None


def test_a_redirect_away_from_https_is_refused(
    names: DnsServer, web: responses.RequestsMock
) -> None:
    web.get(ADDRESS, status=301, headers={"Location": "http://rdap.other.example/"})
    assert _reason(_network(names)) is Reason.BLOCKED


def test_redirects_end(names: DnsServer, web: responses.RequestsMock) -> None:
    web.get(ADDRESS, status=302, headers={"Location": ADDRESS})
    assert _reason(_network(names)) is Reason.STATUS


def test_not_found_is_a_reply(names: DnsServer, web: responses.RequestsMock) -> None:
    web.get(ADDRESS, status=404, body="no such network")
    assert read_network(_network(names)) is None


@pytest.mark.parametrize("status", [400, 403, 429, 500])
def test_a_registry_that_refuses_is_a_failure(
    names: DnsServer, web: responses.RequestsMock, status: int
) -> None:
    """Too many requests, most often: it says nothing of the network."""
    web.get(ADDRESS, status=status, json={})
    assert _reason(_network(names)) is Reason.STATUS


def test_a_page_instead_of_an_answer_is_malformed(
    names: DnsServer, web: responses.RequestsMock
) -> None:
    web.get(ADDRESS, body="<html>maintenance</html>")
    assert _reason(_network(names)) is Reason.MALFORMED


def test_without_bootstrap_file_there_is_no_answer(names: DnsServer) -> None:
    with responses.RequestsMock() as web:
        web.get(BOOTSTRAP.format("ipv4"), status=503)
        assert _reason(_network(names)) is Reason.STATUS


def test_a_bootstrap_file_that_could_not_be_had_is_asked_for_again(
    names: DnsServer,
) -> None:
    with responses.RequestsMock() as web:
        web.get(BOOTSTRAP.format("ipv4"), status=503)
        web.get(BOOTSTRAP.format("ipv4"), json=IPV4)
        web.get(ADDRESS, json=NETWORK)

        async def look() -> list[Exchange]:
            async with LiveNetwork([names.resolver], Limits(http_interval=0.0)) as network:
                return [await network.ask(network_question("192.0.2.1")) for _ in range(2)]

        first, second = asyncio.run(look())
    assert (_reason(first), _reason(second)) == (Reason.STATUS, None)


def test_the_longest_prefix_decides() -> None:
    assert server(_response(IPV4), "ip/192.0.2.1") == "https://rdap.registry.example/base/"
    assert server(_response(IPV4), "ip/192.1.1.1") == "https://rdap.wide.example/"


def test_the_longest_suffix_decides() -> None:
    assert server(_response(DOMAINS), "domain/a.gov.example") == "https://rdap.other.example/"
    assert server(_response(DOMAINS), "domain/a.example") == "https://rdap.registry.example/base/"


def test_a_server_without_https_is_none() -> None:
    assert server(_response(IPV4), "ip/198.51.100.1") is None


def test_a_range_of_nobody_has_no_server() -> None:
    assert server(_response(IPV4), "ip/203.0.113.1") is None
    assert server(_response(DOMAINS), "domain/city.test") is None


@pytest.mark.parametrize("bootstrap", [[], {}, {"services": 1}])
def test_a_file_of_another_shape_is_unreadable(bootstrap: object) -> None:
    with pytest.raises(Unreadable):
        server(_response(bootstrap), "ip/192.0.2.1")


def test_odd_services_are_passed_over() -> None:
    odd = {"services": [None, [1], [1, 2], [["nonsense", 3], ["https://x/"]], *IPV4["services"]]}
    assert server(_response(odd), "ip/192.0.2.1") == "https://rdap.registry.example/base/"
