from __future__ import annotations

import asyncio
import gzip
import http.server
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dns.message
import pytest
import trustme

from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply
from auditor.network.http import Response, question, read
from auditor.network.live import LiveNetwork
from auditor.network.recorder import Recorder
from auditor.settings import Limits
from tests.servers import DnsServer, Page, dns_server, free_port, page, server_context, web_server

QUICK = Limits(
    http_deadline=1.0, http_connect=0.5, http_body=10_000, http_interval=0.0,
    dns_waits=(0.2, 0.3), dns_deadline=1.0,
)  # fmt: skip
RECORDS = """
web.example. 300 IN A 127.0.0.1
inside.example. 300 IN A 10.0.0.1
inside.example. 300 IN AAAA fd00::1
link.example. 300 IN A 169.254.169.254
"""


@pytest.fixture(scope="module")
def names() -> Iterator[DnsServer]:
    with dns_server(RECORDS) as server:
        yield server


def _get(
    url: str, names: DnsServer, *, limits: Limits = QUICK, loopback: bool = True,
    authorities: Path | None = None,
) -> Exchange:  # fmt: skip
    async def ask() -> Exchange:
        async with LiveNetwork(
            [names.resolver], limits, loopback=loopback, authorities=authorities
        ) as network:
            return await network.ask(question(url))

    return asyncio.run(ask())


def _served(served: Page, names: DnsServer, limits: Limits = QUICK) -> Exchange:
    with web_server({"/": served}) as web:
        return _get(f"http://web.example:{web.port}/", names, limits=limits)


def _reason(exchange: Exchange) -> Reason | None:
    return exchange.result.reason if isinstance(exchange.result, Failure) else None


def test_a_page_is_kept_whole(names: DnsServer) -> None:
    exchange = _served(page(b"version: STSv1\n", Content_Type="text/plain"), names)
    response = read(exchange)
    assert (response.status, response.body) == (200, b"version: STSv1\n")
    assert response.field("content-type") == "text/plain"
    assert exchange.via == "http 127.0.0.1"


@pytest.mark.parametrize("status", [404, 500])
def test_any_status_is_a_reply(names: DnsServer, status: int) -> None:
    assert read(_served(page(b"", status), names)).status == status


def test_a_redirect_is_not_followed(names: DnsServer) -> None:
    """The next hop is another exchange, if a probe wants it."""
    with web_server({"/": page(b"", 302, Location="/next"), "/next": page(b"no")}) as web:
        exchange = _get(f"http://web.example:{web.port}/", names)
        assert [path for path, _ in web.asked] == ["/"]
    assert read(exchange).field("location") == "/next"


def test_we_say_who_we_are(names: DnsServer) -> None:
    with web_server({"/": page(b"")}) as web:
        _get(f"http://web.example:{web.port}/", names)
        fields = web.asked[0][1]
    assert fields["User-Agent"].startswith("auditor/")


def test_the_environment_cannot_send_us_through_a_proxy(
    names: DnsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would look the name up again, and reach what we refuse to."""
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    assert read(_served(page(b"straight"), names)).body == b"straight"


@pytest.mark.parametrize("host", ["inside.example", "link.example", "10.0.0.1", "[fd00::1]"])
def test_a_private_address_is_not_asked(names: DnsServer, host: str) -> None:
    assert _reason(_get(f"https://{host}/", names)) is Reason.BLOCKED


def test_nor_is_this_machine_outside_of_tests(names: DnsServer) -> None:
    assert _reason(_get("http://web.example/", names, loopback=False)) is Reason.BLOCKED


def test_the_address_that_was_checked_is_the_one_that_is_asked() -> None:
    """A name that leads elsewhere the next time it is looked up (DNS rebinding) gains nothing."""
    with web_server({"/": page(b"secret")}) as web, dns_server() as server:

        def rebind(query: dns.message.Message, streamed: bool) -> list[bytes]:
            server.records = server.records or ["rebinding.example. 0 IN A 127.0.0.2"]
            wire = server.answer(query).to_wire()
            server.records = ["rebinding.example. 0 IN A 127.0.0.1"]
            return [wire]

        server.behaviours["rebinding.example"] = rebind
        exchange = _get(f"http://rebinding.example:{web.port}/", server)
        assert web.asked == []
    assert _reason(exchange) is Reason.REFUSED


@pytest.mark.parametrize(
    "url",
    [
        "ftp://web.example/", "file:///etc/passwd", "https://user:secret@web.example/",
        "https://web.example:22/",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_asked(names: DnsServer, url: str) -> None:
    assert _reason(_get(url, names, loopback=False)) is Reason.BLOCKED


@pytest.mark.parametrize(
    "url", ["https://[", "https://a b/", "https://é..example/", "https://x:y/"]
)
def test_what_is_no_address_is_malformed(names: DnsServer, url: str) -> None:
    assert _reason(_get(url, names)) is Reason.MALFORMED


def test_a_name_without_address_is_unreachable(names: DnsServer) -> None:
    assert _reason(_get("https://none.example/", names)) is Reason.UNREACHABLE


def test_a_closed_port_is_refused(names: DnsServer) -> None:
    assert _reason(_get(f"http://web.example:{free_port()}/", names)) is Reason.REFUSED


def test_a_silent_server_times_out(names: DnsServer) -> None:
    exchange = _served(lambda handler: time.sleep(1.5), names)
    assert _reason(exchange) is Reason.TIMEOUT
    assert exchange.took < 1.4


def _drip_head(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for _ in range(20):
        handler.wfile.write(b"X")
        time.sleep(0.1)


def _drip_body(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(20):
        handler.wfile.write(b"x")
        time.sleep(0.1)


@pytest.mark.parametrize("drip", [_drip_head, _drip_body])
def test_a_slow_drip_is_cut_at_the_deadline(names: DnsServer, drip: Page) -> None:
    """Each byte comes in time; all of them would not."""
    exchange = _served(drip, names)
    assert _reason(exchange) is Reason.TIMEOUT
    assert exchange.took == pytest.approx(1.0, abs=0.4)


def test_a_large_body_is_refused(names: DnsServer) -> None:
    assert _reason(_served(page(b"x" * 10_001), names)) is Reason.TOO_LARGE


def test_a_body_of_the_largest_size_is_kept(names: DnsServer) -> None:
    assert len(read(_served(page(b"x" * 10_000), names)).body) == 10_000


def test_a_compressed_body_is_kept_as_it_was_meant(names: DnsServer) -> None:
    response = read(_served(page(gzip.compress(b"policy"), Content_Encoding="gzip"), names))
    assert response.body == b"policy"
    assert response.field("content-encoding") is None


def test_a_decompression_bomb_is_refused(names: DnsServer) -> None:
    bomb = gzip.compress(bytes(200 * 2**20), 9)
    exchange = _served(
        page(bomb, Content_Encoding="gzip"), names, replace(QUICK, http_deadline=10.0)
    )
    assert _reason(exchange) is Reason.TOO_LARGE


def test_broken_compression_is_malformed(names: DnsServer) -> None:
    assert _reason(_served(page(b"nonsense", Content_Encoding="gzip"), names)) is Reason.MALFORMED


def test_endless_header_fields_are_refused(names: DnsServer) -> None:
    def shout(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(90):
            handler.wfile.write(b"X-%d: %b\r\n" % (number, b"x" * 2000))
        handler.wfile.write(b"Content-Length: 0\r\n\r\n")

    assert _reason(_served(shout, names)) is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\r\n\r\n", b"SSH-2.0-x\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nx"],
)
def test_what_is_no_response_is_malformed(names: DnsServer, content: bytes) -> None:
    exchange = _served(lambda handler: handler.wfile.write(content) and None, names)
    assert _reason(exchange) is Reason.MALFORMED


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def _get_over_tls(
    names: DnsServer, authority: trustme.CA, directory: Path, certified: str, *, trust: bool = True
) -> Exchange:
    certificates = directory / "authorities.pem"
    authority.cert_pem.write_to_path(str(certificates))
    with web_server({"/": page(b"secure")}, server_context(authority, certified)) as web:
        return _get(
            f"https://web.example:{web.port}/", names,
            authorities=certificates if trust else None,
        )  # fmt: skip


def test_a_certificate_for_the_name_is_accepted(
    names: DnsServer, authority: trustme.CA, tmp_path: Path
) -> None:
    """Although the connection was made to an address."""
    exchange = _get_over_tls(names, authority, tmp_path, "web.example")
    assert read(exchange).body == b"secure"
    assert exchange.via == "https 127.0.0.1"


def test_a_certificate_for_another_name_is_a_tls_failure(
    names: DnsServer, authority: trustme.CA, tmp_path: Path
) -> None:
    exchange = _get_over_tls(names, authority, tmp_path, "other.example")
    assert _reason(exchange) is Reason.TLS


def test_a_certificate_of_nobody_we_know_is_a_tls_failure(
    names: DnsServer, authority: trustme.CA, tmp_path: Path
) -> None:
    exchange = _get_over_tls(names, authority, tmp_path, "web.example", trust=False)
    assert _reason(exchange) is Reason.TLS


def test_a_server_without_tls_is_a_tls_failure(names: DnsServer) -> None:
    with web_server({"/": page(b"plain")}) as web:
        exchange = _get(f"https://web.example:{web.port}/", names)
    assert _reason(exchange) is Reason.TLS


def test_the_look_up_of_the_host_is_recorded(names: DnsServer) -> None:
    """It is a look-up of ours like any other, and belongs in the evidence."""

    async def ask(url: str) -> tuple[Exchange, ...]:
        async with LiveNetwork([names.resolver], QUICK, loopback=True) as network:
            recorder = Recorder(network)
            await recorder.ask(question(url))
            return recorder.exchanges

    with web_server({"/": page(b"")}) as web:
        url = f"http://web.example:{web.port}/"
        exchanges = asyncio.run(ask(url))
    assert {str(exchange.question) for exchange in exchanges} == {
        f"http GET {url}", "dns web.example A", "dns web.example AAAA",
    }  # fmt: skip


def test_a_host_is_not_hurried(names: DnsServer) -> None:
    async def ask(port: int) -> list[Exchange]:
        limits = replace(QUICK, http_interval=0.2)
        async with LiveNetwork([names.resolver], limits, loopback=True) as network:
            urls = [f"http://web.example:{port}/{number}" for number in range(3)]
            return list(await asyncio.gather(*(network.ask(question(url)) for url in urls)))

    with web_server({}) as web:
        start = time.monotonic()
        exchanges = asyncio.run(ask(web.port))
    assert all(isinstance(exchange.result, Reply) for exchange in exchanges)
    assert time.monotonic() - start >= 0.4


def test_a_page_is_asked_for_once(names: DnsServer) -> None:
    async def ask(url: str) -> list[Response]:
        async with LiveNetwork([names.resolver], QUICK, loopback=True) as network:
            both = await asyncio.gather(network.ask(question(url)), network.ask(question(url)))
            return [read(exchange) for exchange in [*both, await network.ask(question(url))]]

    with web_server({"/": page(b"once")}) as web:
        asyncio.run(ask(f"http://web.example:{web.port}/"))
        assert len(web.asked) == 1


def test_an_interruption_cuts_the_connection(names: DnsServer) -> None:
    async def ask(url: str) -> Exchange:
        limits = replace(QUICK, http_deadline=30.0)
        async with LiveNetwork([names.resolver], limits, loopback=True) as network:
            future = network.ask(question(url))
            await asyncio.sleep(0.3)
            network.interrupt()
            return await future

    with web_server({"/": lambda handler: time.sleep(1)}) as web:
        start = time.monotonic()
        exchange = asyncio.run(ask(f"http://web.example:{web.port}/"))
        assert time.monotonic() - start < 0.9
    assert _reason(exchange) is Reason.INTERRUPTED


def test_only_get_is_asked(names: DnsServer) -> None:
    async def ask() -> Exchange:
        async with LiveNetwork([names.resolver], QUICK) as network:
            return await network.ask(Question("http", "POST https://web.example/"))

    assert _reason(asyncio.run(ask())) is Reason.MALFORMED
