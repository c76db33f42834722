from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply, Unasked
from auditor.network import dns
from auditor.network.live import LiveNetwork
from auditor.network.prefixes import PrefixTable
from auditor.network.resolvers import ResolverAddress
from auditor.settings import Limits
from tests.servers import LOOPBACK, dns_server, free_port

NOBODY = ResolverAddress(LOOPBACK, free_port())


def _ask(question: Question, prefixes: PrefixTable | None = None) -> Exchange:
    async def ask() -> Exchange:
        async with LiveNetwork([NOBODY], prefixes=prefixes) as network:
            return await network.ask(question)

    return asyncio.run(ask())


def test_prefixes_come_from_the_file_the_user_has(tmp_path: Path) -> None:
    path = tmp_path / "prefixes"
    path.write_text("192.0.2.0/24 64500\n")
    exchange = _ask(Question("prefixes", "192.0.2.1"), PrefixTable.open(path))
    assert isinstance(exchange.result, Reply)
    assert json.loads(exchange.result.content)["asn"] == "AS64500"


@pytest.mark.parametrize("medium", ["prefixes", "declared", "telepathy"])
def test_a_medium_that_nobody_serves_was_not_asked(medium: str) -> None:
    assert _ask(Question(medium, "192.0.2.1")).result == Unasked()


@pytest.mark.parametrize(
    "question",
    [
        dns.question("city.example", "MX"),
        Question("http", "GET https://city.example/"),
        Question("rdap", "ip/192.0.2.1"),
        Question("rdap", "nonsense"),
        Question("http", ""),
        Question("dns", ""),
    ],
)
def test_a_network_trouble_is_never_an_exception(question: Question) -> None:
    exchange = _ask(question)
    assert isinstance(exchange.result, Failure)
    assert exchange.question == question


def test_after_an_interruption_every_medium_says_so() -> None:
    async def ask() -> list[Exchange]:
        async with LiveNetwork([NOBODY]) as network:
            network.interrupt()
            questions = [
                dns.question("city.example", "MX"),
                Question("http", "GET https://city.example/"),
                Question("rdap", "ip/192.0.2.1"),
            ]
            return [await network.ask(question) for question in questions]

    for exchange in asyncio.run(ask()):
        assert exchange.result == Failure(Reason.INTERRUPTED)


def test_an_interruption_ends_a_look_up_that_waits_for_another() -> None:
    """The registry waits for the web, which waits for a resolver that says nothing."""

    async def ask() -> Exchange:
        async with LiveNetwork([server.resolver], Limits(dns_deadline=30.0)) as network:
            future = network.ask(Question("rdap", "ip/192.0.2.1"))
            await asyncio.sleep(0.1)
            network.interrupt()
            return await asyncio.wait_for(future, 2.0)

    with dns_server("", {"data.iana.org": lambda query, streamed: []}) as server:
        exchange = asyncio.run(ask())
    assert isinstance(exchange.result, Failure)
    assert exchange.result.reason is Reason.INTERRUPTED
