from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import dns.flags
import dns.message
import dns.rcode
import pytest

from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply
from auditor.network.dns import absent, answers, question, txt
from auditor.network.resolvers import ResolverAddress
from auditor.network.transport import DnsTransport
from auditor.settings import Limits
from tests.servers import (
    LOOPBACK,
    Behaviour,
    after,
    dns_server,
    drop,
    edited,
    free_port,
    in_turn,
    nsd,
    raw,
    rcode,
)

QUICK = Limits(dns_waits=(0.15, 0.2, 0.3), dns_deadline=1.5)
CITY = question("city.example", "MX")
RECORDS = """
city.example. 300 IN MX 10 mail.city.example.
mail.city.example. 300 IN A 192.0.2.1
"""


@contextlib.asynccontextmanager
async def _transport(
    *resolvers: ResolverAddress, limits: Limits = QUICK
) -> AsyncIterator[DnsTransport]:
    transport = DnsTransport(resolvers, limits)
    try:
        yield transport
    finally:
        transport.close()
        await asyncio.sleep(0)


def _ask(*resolvers: ResolverAddress, asked: Question = CITY, limits: Limits = QUICK) -> Exchange:
    async def ask() -> Exchange:
        async with _transport(*resolvers, limits=limits) as transport:
            return await transport.ask(asked)

    return asyncio.run(ask())


def _misbehaving(behaviour: Behaviour, limits: Limits = QUICK) -> Exchange:
    with dns_server(RECORDS, {"city.example": behaviour}) as server:
        return _ask(server.resolver, limits=limits)


def _reason(exchange: Exchange) -> Reason | None:
    return exchange.result.reason if isinstance(exchange.result, Failure) else None


def test_a_reply_is_kept_as_it_came() -> None:
    with dns_server(RECORDS) as server:
        exchange = _ask(server.resolver)
    assert isinstance(exchange.result, Reply)
    assert [record.data for record in answers(exchange, "MX")] == [(10, "mail.city.example")]
    assert exchange.via == f"udp {server.resolver}"
    assert exchange.question == CITY


def test_no_such_name_is_a_reply() -> None:
    with dns_server(RECORDS) as server:
        assert absent(_ask(server.resolver, asked=question("none.example", "A")))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (dns.rcode.SERVFAIL, Reason.SERVFAIL),
        (dns.rcode.REFUSED, Reason.REFUSED),
        (dns.rcode.FORMERR, Reason.STATUS),
        (dns.rcode.NOTIMP, Reason.STATUS),
    ],
)
def test_a_server_that_does_not_answer_is_a_failure_with_its_bytes(
    code: dns.rcode.Rcode, reason: Reason
) -> None:
    exchange = _misbehaving(rcode(code))
    assert _reason(exchange) is reason
    assert isinstance(exchange.result, Failure)
    assert dns.message.from_wire(exchange.result.content).rcode() == code


def test_silence_is_a_time_out() -> None:
    exchange = _misbehaving(drop)
    assert _reason(exchange) is Reason.TIMEOUT
    assert exchange.took == pytest.approx(sum(QUICK.dns_waits), abs=0.3)


def test_a_lost_question_is_put_again() -> None:
    with dns_server(RECORDS) as server:
        server.behaviours["city.example"] = in_turn(
            drop, lambda query, streamed: [server.answer(query).to_wire()]
        )
        assert isinstance(_ask(server.resolver).result, Reply)
        assert len(server.asked) == 2


def test_the_deadline_holds_whatever_the_tries() -> None:
    exchange = _misbehaving(drop, replace(QUICK, dns_waits=(5.0,), dns_deadline=0.3))
    assert exchange.took < 0.6


def _another_identifier(wire: bytearray) -> None:
    wire[0] ^= 0xFF


def _another_name(wire: bytearray) -> None:
    wire[13] ^= 0x01


def _another_case(wire: bytearray) -> None:
    wire[12:30] = bytes(wire[12:30]).swapcase()


def _another_type(wire: bytearray) -> None:
    wire[12 + 14 + 1] = 16


def _no_response(wire: bytearray) -> None:
    wire[2] &= 0x7F


@pytest.mark.parametrize("edit", [_another_name, _another_type, _no_response])
def test_a_reply_to_another_question_is_dropped(edit) -> None:  # type: ignore[no-untyped-def]
    assert _reason(_misbehaving(edited(edit))) is Reason.MISMATCHED


def test_a_reply_with_another_identifier_is_dropped() -> None:
    assert _reason(_misbehaving(edited(_another_identifier))) is Reason.TIMEOUT


def test_a_true_reply_after_a_false_one_counts() -> None:
    with dns_server(RECORDS) as server:
        server.behaviours["city.example"] = edited(
            _another_name, _another_identifier, lambda wire: None, server=server
        )
        assert len(answers(_ask(server.resolver), "MX")) == 1


def test_a_question_back_in_another_case_is_asked_over_tcp() -> None:
    """A resolver may lose the case; a forger does not know it.  TCP tells them apart."""
    with dns_server(RECORDS) as server:
        server.behaviours["city.example"] = edited(_another_case, server=server)
        exchange = _ask(server.resolver)
    assert exchange.via == f"tcp {server.resolver}"
    assert len(answers(exchange, "MX")) == 1


@pytest.mark.parametrize(
    "garbage",
    [
        pytest.param(b"", id="nothing after the identifier"),
        pytest.param(b"\x81\x80", id="half a header"),
        pytest.param(b"\xff" * 500, id="all bits set"),
    ],
)
def test_garbage_is_no_reply(garbage: bytes) -> None:
    assert _reason(_misbehaving(raw(garbage))) in (Reason.MISMATCHED, Reason.TIMEOUT)


def test_a_referral_is_no_proof_of_absence() -> None:
    """A server that does not look names for us answers NOERROR without records."""

    def refer(query: dns.message.Message, streamed: bool) -> list[bytes]:
        return [dns.message.make_response(query).to_wire()]

    assert _reason(_misbehaving(refer)) is Reason.REFUSED


def test_an_edns_error_is_no_proof_of_absence() -> None:
    """BADVERS is 16: its lower bits, all that the header holds, say NOERROR."""
    assert _reason(_misbehaving(rcode(dns.rcode.BADVERS))) is Reason.REFUSED


def test_a_truncated_reply_is_asked_for_over_tcp() -> None:
    long = "\n".join(f'city.example. 300 IN TXT "{number:0200d}"' for number in range(20))
    with dns_server(long) as server:

        def truncate(query: dns.message.Message, streamed: bool) -> list[bytes]:
            response = server.answer(query)
            if not streamed:
                response.answer.clear()
                response.flags |= dns.flags.TC
            return [response.to_wire(max_size=65535)]

        server.behaviours["city.example"] = truncate
        exchange = _ask(server.resolver, asked=question("city.example", "TXT"))
    assert exchange.via == f"tcp {server.resolver}"
    assert len(txt(exchange)) == 20


def test_a_connection_that_closes_early_is_opened_again() -> None:
    """A server may close whenever it likes (RFC 7766, section 6.2.4)."""
    closed = []

    def close_once(query: dns.message.Message, streamed: bool) -> list[bytes]:
        response = server.answer(query)
        if not streamed:
            response.flags |= dns.flags.TC
        elif not closed:
            closed.append(query)
            raise ConnectionResetError
        return [response.to_wire()]

    with dns_server(RECORDS, {"city.example": close_once}) as server:
        exchange = _ask(server.resolver)
    assert exchange.via == f"tcp {server.resolver}"
    assert closed


def test_a_server_that_always_closes_is_a_failure() -> None:
    def close(query: dns.message.Message, streamed: bool) -> list[bytes]:
        if streamed:
            raise ConnectionResetError
        response = dns.message.make_response(query)
        response.flags |= dns.flags.TC | dns.flags.RA
        return [response.to_wire()]

    assert _reason(_misbehaving(close)) is Reason.UNREACHABLE


def test_a_truncated_reply_without_tcp_is_a_failure() -> None:
    """Half an answer may lack the one record that counts."""

    def truncate(query: dns.message.Message, streamed: bool) -> list[bytes]:
        response = dns.message.make_response(query)
        response.flags |= dns.flags.TC | dns.flags.RA
        return [] if streamed else [response.to_wire()]

    assert _reason(_misbehaving(truncate)) is Reason.TIMEOUT


def test_a_closed_port_is_refused_at_once() -> None:
    exchange = _ask(ResolverAddress(LOOPBACK, free_port()), limits=Limits())
    assert _reason(exchange) is Reason.REFUSED
    assert exchange.took < 0.5


def test_a_thousand_questions_to_a_closed_port_all_fail() -> None:
    """Each failure starts the next question; that may not pile up calls."""

    async def ask() -> list[Exchange]:
        limits = replace(QUICK, dns_in_flight=5)
        async with _transport(ResolverAddress(LOOPBACK, free_port()), limits=limits) as transport:
            asked = [question(f"h{number}.example", "A") for number in range(3000)]
            return [await future for future in [transport.ask(one) for one in asked]]

    assert {_reason(exchange) for exchange in asyncio.run(ask())} == {Reason.REFUSED}


def test_a_resolver_that_cannot_be_reached_is_passed_over() -> None:
    """Its zone is that of an interface this machine does not have."""
    lost = ResolverAddress("::1%nonesuch")
    with dns_server(RECORDS) as server:
        assert isinstance(_ask(lost, server.resolver).result, Reply)
    assert _reason(_ask(lost)) is Reason.UNREACHABLE


def test_the_next_resolver_is_asked_when_one_is_closed() -> None:
    with dns_server(RECORDS) as server:
        exchange = _ask(ResolverAddress(LOOPBACK, free_port()), server.resolver)
    assert isinstance(exchange.result, Reply)
    assert exchange.via == f"udp {server.resolver}"


@pytest.mark.parametrize("code", [dns.rcode.SERVFAIL, dns.rcode.REFUSED])
def test_the_next_resolver_is_asked_when_one_fails(code: dns.rcode.Rcode) -> None:
    with (
        dns_server(RECORDS, {"city.example": rcode(code)}) as failing,
        dns_server(RECORDS) as server,
    ):
        exchange = _ask(failing.resolver, server.resolver)
    assert exchange.via == f"udp {server.resolver}"


def test_the_next_resolver_is_asked_when_one_is_silent() -> None:
    with (
        dns_server(RECORDS, {"city.example": drop}) as silent,
        dns_server(RECORDS) as server,
    ):
        exchange = _ask(silent.resolver, server.resolver)
    assert exchange.via == f"udp {server.resolver}"


def test_a_reply_that_comes_late_still_counts() -> None:
    """The first resolver answers while the second is being asked."""
    with dns_server(RECORDS) as slow, dns_server("", {"city.example": drop}) as silent:
        slow.behaviours["city.example"] = after(
            0.25, lambda query, streamed: [slow.answer(query).to_wire()]
        )
        exchange = _ask(slow.resolver, silent.resolver)
    assert exchange.via == f"udp {slow.resolver}"


def test_a_question_under_way_is_not_put_again() -> None:
    async def ask() -> list[Exchange]:
        async with _transport(server.resolver) as transport:
            return list(await asyncio.gather(*(transport.ask(CITY) for _ in range(5))))

    with dns_server(RECORDS) as server:
        exchanges = asyncio.run(ask())
        assert len(server.asked) == 1
    assert all(exchange is exchanges[0] for exchange in exchanges)


def test_a_question_answered_is_not_put_again() -> None:
    async def ask() -> tuple[Exchange, Exchange]:
        async with _transport(server.resolver) as transport:
            return await transport.ask(CITY), await transport.ask(CITY)

    with dns_server(RECORDS) as server:
        first, second = asyncio.run(ask())
        assert len(server.asked) == 1
    assert first is second


def test_a_failure_is_put_again() -> None:
    async def ask() -> tuple[Exchange, Exchange]:
        async with _transport(server.resolver) as transport:
            return await transport.ask(CITY), await transport.ask(CITY)

    with dns_server(RECORDS) as server:
        server.behaviours["city.example"] = in_turn(
            rcode(dns.rcode.SERVFAIL), lambda query, streamed: [server.answer(query).to_wire()]
        )
        first, second = asyncio.run(ask())
    assert (_reason(first), _reason(second)) == (Reason.SERVFAIL, None)


def test_who_gives_up_does_not_take_the_answer_from_others() -> None:
    async def ask() -> Exchange:
        async with _transport(server.resolver) as transport:
            impatient, patient = transport.ask(CITY), transport.ask(CITY)
            impatient.cancel()
            return await patient

    with dns_server(RECORDS) as server:
        assert isinstance(asyncio.run(ask()).result, Reply)


def test_no_more_questions_are_on_their_way_than_allowed() -> None:
    """The server answers nothing, so whatever it has seen is on its way at once."""

    async def ask() -> int:
        limits = replace(QUICK, dns_in_flight=3, dns_waits=(5.0,), dns_deadline=5.0)
        async with _transport(server.resolver, limits=limits) as transport:
            for number in range(10):
                transport.ask(question(f"h{number}.example", "A"))
            await asyncio.sleep(0.2)
            return len(server.asked)

    behaviours = {f"h{number}.example": drop for number in range(10)}
    with dns_server("", behaviours) as server:
        assert asyncio.run(ask()) == 3


def test_an_interruption_ends_what_is_open_and_keeps_what_is_done() -> None:
    async def ask() -> list[Exchange]:
        async with _transport(server.resolver, limits=replace(QUICK, dns_in_flight=2)) as transport:
            done = await transport.ask(CITY)
            silent = [transport.ask(question(f"h{number}.example", "A")) for number in range(4)]
            await asyncio.sleep(0.05)
            transport.interrupt()
            late = transport.ask(question("late.example", "A"))
            return [done, *[await future for future in [*silent, late]]]

    behaviours = {f"h{number}.example": drop for number in range(4)}
    with dns_server(RECORDS, behaviours) as server:
        start = time.monotonic()
        reasons = [_reason(exchange) for exchange in asyncio.run(ask())]
    assert reasons == [None] + [Reason.INTERRUPTED] * 5
    assert time.monotonic() - start < 1


def test_a_name_that_no_message_can_hold_is_a_failure() -> None:
    exchange = _ask(ResolverAddress(LOOPBACK, 1), asked=Question("dns", "a..b MX"))
    assert _reason(exchange) is Reason.MALFORMED


def test_the_identifier_is_thrown() -> None:
    """Sixteen bits that an off-path forger has to guess (RFC 5452, section 4)."""
    seen: set[int] = set()

    def note(query: dns.message.Message, streamed: bool) -> list[bytes]:
        seen.add(query.id)
        return [dns.message.make_response(query).to_wire()]

    async def ask() -> None:
        async with _transport(server.resolver) as transport:
            await asyncio.gather(*(transport.ask(question(n, "A")) for n in server.behaviours))

    with dns_server("", {f"h{number}.example": note for number in range(50)}) as server:
        asyncio.run(ask())
    assert len(seen) > 40
    assert max(seen) - min(seen) > 10_000


def test_many_questions_to_an_authoritative_server(tmp_path: Path) -> None:
    """A thousand on one socket, each with its own answer."""
    count = 1000
    zone = "\n".join(f"h{n}.example. 300 IN A 10.0.{n // 250}.{n % 250}" for n in range(count))

    async def ask(resolver: ResolverAddress) -> list[str]:
        async with _transport(resolver, limits=Limits(dns_in_flight=200)) as transport:
            asked = [transport.ask(question(f"h{n}.example", "A")) for n in range(count)]
            return [answers(await future, "A")[0].data for future in asked]

    with nsd(zone, tmp_path) as resolver:
        found = asyncio.run(ask(resolver))
    assert found == [f"10.0.{n // 250}.{n % 250}" for n in range(count)]
