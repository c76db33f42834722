"""A web site on loopback, looked at over real sockets, recorded, and replayed to the same end."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import trustme

from auditor import resources
from auditor.audit import Assessor, Record, knowledge, look
from auditor.model.assessment import Assessment
from auditor.model.exchange import Exchange, Question
from auditor.model.rule import Verdict
from auditor.model.subject import Domain
from auditor.model.target import Target
from auditor.network.live import LiveNetwork
from auditor.network.recorded import RecordedNetwork
from auditor.network.recorder import Recorder, Relying
from auditor.reporting.reading import Reading
from auditor.reporting.summary import summarise
from auditor.reporting.unknowns import silences
from auditor.settings import INTERACTIVE
from tests.servers import dns_server, page, server_context, web_server

pytestmark = pytest.mark.slow

CITY = "city.example"
WWW = f"www.{CITY}"
RECORDS = f"{CITY}. 300 IN A 127.0.0.1\n{WWW}. 300 IN A 127.0.0.1\n"
START = f"""
<!doctype html><title>City</title>
<script>(function(i){{j.src='https://www.googletagmanager.com/gtm.js?id='+i}})('GTM-1')</script>
<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Lato">
<script src="https://cdnjs.cloudflare.com/ajax/libs/x.js"></script>
<img src="https://{WWW}/logo.png">
"""


class Ported(Relying):
    """The world, in which the ports of the web are those of our servers."""

    def __init__(self, live: LiveNetwork, ports: dict[str, int]) -> None:
        self._live = live
        self._ports = ports

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        """Put *question*."""
        return self.ask_through(question, self)

    def ask_through(self, question: Question, door: Any) -> asyncio.Future[Exchange]:
        """Put *question* to the port where the server of that name listens."""
        text = question.text
        for name, port in self._ports.items():
            text = text.replace(f"https://{name}/", f"https://{name}:{port}/")
            text = text.replace(f"http://{name}/", f"http://{name}:1/")
            text = f"{name}:{port}" if text == f"{name}:443" else text
        return asyncio.ensure_future(self._as_asked(question, text, door))

    async def _as_asked(self, question: Question, text: str, door: Any) -> Exchange:
        exchange = await self._live.ask_through(Question(question.medium, text), door)
        return replace(exchange, question=question)


@pytest.fixture(scope="module")
def exchanges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Exchange, ...]]:
    authority = trustme.CA(organization_name="DigiCert Inc")
    trusted = tmp_path_factory.mktemp("trust") / "authorities.pem"
    authority.cert_pem.write_to_path(str(trusted))

    def context(name: str) -> ssl.SSLContext:
        return server_context(authority, name)

    async def visit(resolver: Any, ports: dict[str, int]) -> tuple[Exchange, ...]:
        limits = replace(INTERACTIVE, http_interval=0.0)
        async with LiveNetwork([resolver], limits, authorities=trusted, loopback=True) as live:
            recorder = Recorder(Ported(live, ports))
            await look(TARGET, knowledge(resources.rules()), recorder, "cymru", limits, ("rdap",))
            return recorder.exchanges

    with ExitStack() as servers:
        names = servers.enter_context(dns_server(RECORDS))
        to_www = page(b"", 301, Location=f"https://{WWW}/")
        start = page(START.encode(), Content_Type="text/html", Server="cloudflare")
        apex = servers.enter_context(web_server({"/": to_www}, context(CITY)))
        www = servers.enter_context(web_server({"/": start}, context(WWW)))
        yield asyncio.run(visit(names.resolver, {CITY: apex.port, WWW: www.port}))


TARGET = Target(CITY, (Domain(CITY),), home="FR")


def _assessed(exchanges: tuple[Exchange, ...]) -> Assessment:
    known = knowledge(resources.rules())
    began = datetime(2026, 11, 24, tzinfo=UTC)
    network = RecordedNetwork(exchanges, began)
    sightings = asyncio.run(look(TARGET, known, network, "cymru", INTERACTIVE))
    record = Record(exchanges, began, began, "loopback", "")
    return Assessor(known, date(2026, 11, 24)).assess(TARGET, sightings, record)


def _services(assessment: Assessment, role: str) -> set[str | None]:
    return {
        d.offering
        for part in assessment.footprint.parts
        if part.role == role
        for d in part.dependencies
        if d.layer == "service"
    }


def _verdict(assessment: Assessment, rule: str, role: str) -> Verdict:
    (found,) = [f for f in assessment.findings if (f.rule, f.role) == (rule, role)]
    return found.verdict


def test_who_serves_the_site_and_its_pages_is_seen(exchanges: tuple[Exchange, ...]) -> None:
    assessment = _assessed(exchanges)

    assert "cloudflare" in _services(assessment, "web")
    assert _services(assessment, "analytics") == {"google-analytics"}
    assert _services(assessment, "web.embedded") == {"google-fonts", "cloudflare"}
    assert _services(assessment, "certificate") == {"digicert"}


def test_the_recording_holds_the_bytes_of_page_and_certificate(
    exchanges: tuple[Exchange, ...],
) -> None:
    asked = {str(exchange.question): exchange for exchange in exchanges}

    assert START.encode() in getattr(asked[f"http GET https://{WWW}/"].result, "content", b"")
    assert asked[f"tls {WWW}:443"].via == "tls 127.0.0.1"
    assert f"http GET https://{CITY}/" in asked


def test_no_rule_passes_on_what_the_page_did_not_show(exchanges: tuple[Exchange, ...]) -> None:
    """The same page without any third party: its scripts may still load whatever they like."""
    bare = tuple(
        replace(e, result=replace(e.result, content=b"HTTP/1.1 200 OK\r\n\r\n<p>Welcome"))
        if str(e.question) == f"http GET https://{WWW}/"
        else e
        for e in exchanges
    )
    assessment = _assessed(bare)

    for rule, role in (
        ("analytics-foreign-order", "analytics"),
        ("embedded-foreign-order", "web.embedded"),
    ):
        assert _services(assessment, role) == set()
        assert _verdict(assessment, rule, role) is Verdict.UNKNOWN


def test_an_old_recording_was_never_asked_about_the_site(exchanges: tuple[Exchange, ...]) -> None:
    old = tuple(e for e in exchanges if e.question.medium == "dns")
    assessment = _assessed(old)

    gaps = {gap.why for part in assessment.footprint.parts if part.role == "web.embedded"
            for gap in part.gaps}  # fmt: skip
    assert gaps == {"unasked"}
    assert _verdict(assessment, "embedded-foreign-order", "web.embedded") is Verdict.UNKNOWN


def test_a_limit_of_the_observation_is_told_apart_from_a_failure(
    exchanges: tuple[Exchange, ...],
) -> None:
    reading = Reading(_assessed(exchanges), "fr")

    (limit,) = silences(reading, limits=True)
    assert limit.subjects == (f"GET https://{WWW}/",)
    failed = [subject for silence in silences(reading) for subject in silence.subjects]
    assert f"GET https://{WWW}/" not in failed
    assert summarise(reading).unanswered == len(
        {gap.exchange for part in reading.assessment.footprint.parts for gap in part.gaps
         if gap.why not in ("static", "unasked")}
    )  # fmt: skip
