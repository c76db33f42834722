from __future__ import annotations

import time
from datetime import UTC, datetime

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply, Result, Unasked
from auditor.network.dns import absent, aliases, answers, question, read, txt
from auditor.network.door import Unreadable

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def _exchange(asked: str, *records: str, rcode: dns.rcode.Rcode = dns.rcode.NOERROR) -> Exchange:
    name, rdtype = asked.split()
    response = dns.message.make_response(dns.message.make_query(name + ".", rdtype))
    response.flags |= dns.flags.RA
    response.set_rcode(rcode)
    for record in records:
        owner, rest = record.split(" ", 1)
        response.answer.append(
            dns.rrset.from_text(owner, 300, "IN", *rest.split(" ", 1))  # type: ignore[arg-type]
        )
    return _with(asked, Reply(response.to_wire(max_size=65535)))


def _with(asked: str, result: Result) -> Exchange:
    return Exchange(Question("dns", asked), result, NOW, 0.01, "udp 192.0.2.53:53")


def test_a_question_is_written_in_lower_case_without_final_dot() -> None:
    assert question("City.Example.", "MX") == Question("dns", "city.example MX")


@pytest.mark.parametrize("name", ["", "a b.example", "a..example", "é.example"])
def test_a_name_that_cannot_be_asked_for_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="DNS"):
        question(name, "A")


def test_a_type_that_nobody_asks_for_is_refused() -> None:
    with pytest.raises(ValueError, match="AXFR"):
        question("city.example", "AXFR")


def test_records_are_read_at_the_end_of_the_chain() -> None:
    exchange = _exchange(
        "www.city.example A",
        "www.city.example. CNAME a.host.example.",
        "a.host.example. CNAME b.host.example.",
        "b.host.example. A 192.0.2.1",
        "unrelated.example. A 192.0.2.66",
    )
    assert [record.data for record in answers(exchange, "A")] == ["192.0.2.1"]
    assert aliases(exchange) == ("a.host.example", "b.host.example")


def test_an_alias_that_was_asked_for_is_the_answer() -> None:
    exchange = _exchange(
        "s1._domainkey.city.example CNAME", "s1._domainkey.city.example. CNAME s1.sender.example."
    )
    assert [record.data for record in answers(exchange, "CNAME")] == ["s1.sender.example"]


def test_a_loop_of_aliases_ends() -> None:
    exchange = _exchange(
        "a.example A", "a.example. CNAME b.example.", "b.example. CNAME a.example."
    )
    assert aliases(exchange) == ("b.example",)
    assert answers(exchange, "A") == ()


def test_a_chain_of_thousands_is_walked_in_no_time() -> None:
    """As many aliases as a message over TCP can hold; walking it must not take their square."""
    count = 1500
    links = (f"h{n}.example. CNAME h{n + 1}.example." for n in range(count))
    exchange = _exchange("h0.example A", *links)
    start = time.process_time()
    assert len(aliases(exchange)) == count
    assert time.process_time() - start < 0.5


def test_the_case_of_the_reply_does_not_matter() -> None:
    exchange = _exchange("city.example MX", "CiTy.eXample. MX 10 MAIL.city.example.")
    assert [record.data for record in answers(exchange, "MX")] == [(10, "mail.city.example")]


def test_strings_of_one_text_are_joined_without_space() -> None:
    exchange = _exchange("city.example TXT", 'city.example. TXT "v=spf1 incl" "ude:x.example"')
    assert txt(exchange) == (b"v=spf1 include:x.example",)


def test_no_such_name_is_absence() -> None:
    exchange = _exchange("none.example MX", rcode=dns.rcode.NXDOMAIN)
    assert absent(exchange)
    assert answers(exchange, "MX") == ()


def test_no_such_record_is_absence() -> None:
    assert absent(_exchange("city.example MX"))


def test_a_record_is_no_absence() -> None:
    assert not absent(_exchange("city.example MX", "city.example. MX 0 ."))


@pytest.mark.parametrize("result", [Failure(Reason.TIMEOUT), Unasked()])
def test_failed_is_not_absent(result: Result) -> None:
    exchange = _with("city.example MX", result)
    assert not absent(exchange)
    assert answers(exchange, "MX") == aliases(exchange) == txt(exchange) == ()


def test_there_is_nothing_to_read_in_a_failure() -> None:
    with pytest.raises(ValueError, match="no reply"):
        read(_with("city.example MX", Failure(Reason.TIMEOUT)))


@pytest.mark.parametrize("content", [b"", b"short", bytes(12)])
def test_a_reply_that_is_no_message_is_unreadable(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read(_with("city.example MX", Reply(content)))


def test_a_reply_without_header_proves_no_absence() -> None:
    with pytest.raises(Unreadable):
        absent(_with("city.example MX", Reply(b"\0\0")))


def test_a_reply_is_read_once() -> None:
    exchange = _exchange("once.example MX", "once.example. MX 10 mail.once.example.")
    assert read(exchange) is read(exchange)
