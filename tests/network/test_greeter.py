from __future__ import annotations

import asyncio
import datetime
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from auditor.model.exchange import Exchange, Failure, Question, Reason
from auditor.network.live import LiveNetwork
from auditor.network.recorder import Recorder
from auditor.network.tls import Certificate, question, read
from auditor.settings import Limits
from tests.servers import LOOPBACK, DnsServer, dns_server, free_port, server_context, web_server

QUICK = Limits(
    http_deadline=1.0, http_connect=0.5, dns_waits=(0.2, 0.3), dns_deadline=1.0,
)  # fmt: skip
RECORDS = """
www.city.example. 300 IN A 127.0.0.1
inside.example. 300 IN A 10.0.0.1
link.example. 300 IN A 169.254.169.254
"""
HOST = "www.city.example"


@pytest.fixture(scope="module")
def names() -> Iterator[DnsServer]:
    with dns_server(RECORDS) as server:
        yield server


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA(organization_name="Example Trust SA")


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> Path:
    file = tmp_path / "authorities.pem"
    authority.cert_pem.write_to_path(str(file))
    return file


def _ask(
    names: DnsServer,
    asked: Question,
    trusted: Path | None = None,
    *,
    loopback: bool = True,
) -> Exchange:
    async def ask() -> Exchange:
        async with LiveNetwork(
            [names.resolver], QUICK, loopback=loopback, authorities=trusted
        ) as network:
            return await network.ask(asked)

    return asyncio.run(ask())


def _shown(names: DnsServer, trusted: Path | None, context: object) -> Certificate:
    with web_server({}, context) as web:  # type: ignore[arg-type]
        return read(_ask(names, question(HOST, web.port), trusted))


def _reason(exchange: Exchange) -> Reason | None:
    return exchange.result.reason if isinstance(exchange.result, Failure) else None


def test_a_certificate_that_verifies(
    names: DnsServer, authority: trustme.CA, trusted: Path
) -> None:
    with web_server({}, server_context(authority, HOST)) as web:
        exchange = _ask(names, question(HOST, web.port), trusted)
        assert web.asked == []

    assert exchange.via == "tls 127.0.0.1"
    found = read(exchange)
    assert (found.organisation, found.verified) == ("Example Trust SA", True)


def test_a_certificate_of_nobody_we_know_is_kept_with_the_doubt(
    names: DnsServer, authority: trustme.CA
) -> None:
    found = _shown(names, None, server_context(authority, HOST))

    assert (found.organisation, found.verified) == ("Example Trust SA", False)
    assert found.doubt


def test_a_certificate_for_another_name_is_kept_with_the_doubt(
    names: DnsServer, authority: trustme.CA, trusted: Path
) -> None:
    found = _shown(names, trusted, server_context(authority, "other.example"))

    assert "mismatch" in found.doubt


def test_a_certificate_that_has_expired_is_kept_with_the_doubt(
    names: DnsServer, authority: trustme.CA, trusted: Path
) -> None:
    ended = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    found = _shown(names, trusted, server_context(authority, HOST, not_after=ended))

    assert "expired" in found.doubt
    assert found.until == ended.date()


def test_a_server_without_encryption_is_a_tls_failure(names: DnsServer) -> None:
    with web_server({}) as web:
        assert _reason(_ask(names, question(HOST, web.port))) is Reason.TLS


def test_a_closed_port_is_refused(names: DnsServer) -> None:
    assert _reason(_ask(names, question(HOST, free_port()))) is Reason.REFUSED


def test_a_name_without_address_is_unreachable(names: DnsServer) -> None:
    assert _reason(_ask(names, question("none.example"))) is Reason.UNREACHABLE


@pytest.mark.parametrize("host", ["inside.example", "link.example", "127.0.0.1", "::1"])
def test_private_addresses_are_not_greeted(names: DnsServer, host: str) -> None:
    exchange = _ask(names, question(host), loopback=False)

    assert _reason(exchange) in (Reason.BLOCKED, Reason.MALFORMED)


@pytest.mark.parametrize("text", ["city.example", "city.example:0", "city.example:x", ":443",
                                  "city.example:99999999999999999999"])  # fmt: skip
def test_what_is_no_host_and_port_is_malformed(names: DnsServer, text: str) -> None:
    assert _reason(_ask(names, Question("tls", text))) is Reason.MALFORMED


def test_another_port_is_not_greeted(names: DnsServer) -> None:
    assert _reason(_ask(names, question(HOST, 25), loopback=False)) is Reason.BLOCKED


def test_a_server_that_says_nothing_is_given_up(names: DnsServer) -> None:
    with _silent() as port:
        start = time.monotonic()
        exchange = _ask(names, question(HOST, port))

    assert _reason(exchange) is Reason.TIMEOUT
    assert time.monotonic() - start < 5


def test_an_interruption_cuts_the_handshake(names: DnsServer) -> None:
    async def ask(port: int) -> Exchange:
        limits = Limits(http_deadline=30.0)
        async with LiveNetwork([names.resolver], limits, loopback=True) as network:
            future = network.ask(question(HOST, port))
            await asyncio.sleep(0.3)
            network.interrupt()
            return await future

    with _silent() as port:
        assert _reason(asyncio.run(ask(port))) is Reason.INTERRUPTED


def test_the_look_up_of_the_host_is_recorded(names: DnsServer, authority: trustme.CA) -> None:
    async def ask(port: int) -> tuple[Exchange, ...]:
        async with LiveNetwork([names.resolver], QUICK, loopback=True) as network:
            recorder = Recorder(network)
            await recorder.ask(question(HOST, port))
            return recorder.exchanges

    with web_server({}, server_context(authority, HOST)) as web:
        exchanges = asyncio.run(ask(web.port))

    assert {str(exchange.question) for exchange in exchanges} == {
        f"tls {HOST}:{web.port}", f"dns {HOST} A", f"dns {HOST} AAAA",
    }  # fmt: skip


class _silent:
    """A server that takes connections and never says a word."""

    def __enter__(self) -> int:
        self._socket = socket.create_server((LOOPBACK, 0))
        self._kept: list[socket.socket] = []
        threading.Thread(target=self._take, daemon=True).start()
        port: int = self._socket.getsockname()[1]
        return port

    def _take(self) -> None:
        try:
            while True:
                self._kept.append(self._socket.accept()[0])
        except OSError:
            pass

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for connection in self._kept:
            connection.close()
