from __future__ import annotations

import contextlib
import string
import struct

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.network.door import Unreadable
from auditor.network.slow_wire import parse_slowly
from auditor.network.wire import Message, Record, _parse, parse

_LETTERS = (string.ascii_letters + string.digits + "-_").encode()
_labels = st.one_of(
    st.lists(st.sampled_from(_LETTERS), min_size=1, max_size=12).map(bytes),
    st.binary(min_size=1, max_size=20),
    st.sampled_from([b"example", b"mail", b"a.b", b"\xff", b" ", b"x" * 63]),
)
_names = st.lists(_labels, max_size=5).filter(lambda labels: sum(map(len, labels)) < 200)
_octets = st.integers(0, 255)
_shorts = st.integers(0, 65535)
_longs = st.integers(0, 2**32 - 1)
_REPLY = bytes.fromhex("1234 8180 0001 0001 0000 0000".replace(" ", ""))


def _wire(labels: list[bytes]) -> bytes:
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


_rdata = st.one_of(
    st.tuples(st.just("A"), st.binary(min_size=4, max_size=4)),
    st.tuples(st.just("AAAA"), st.binary(min_size=16, max_size=16)),
    st.tuples(st.just("AAAA"), st.binary(min_size=4, max_size=4).map(lambda b: bytes(12) + b)),
    st.tuples(st.sampled_from(["NS", "CNAME", "PTR", "DNAME"]), _names.map(_wire)),
    st.tuples(
        st.just("MX"),
        st.tuples(_shorts, _names).map(lambda f: struct.pack("!H", f[0]) + _wire(f[1])),
    ),
    st.tuples(
        st.just("SRV"),
        st.tuples(_shorts, _shorts, _shorts, _names).map(
            lambda f: struct.pack("!HHH", *f[:3]) + _wire(f[3])
        ),
    ),
    st.tuples(
        st.just("TXT"),
        st.lists(st.binary(max_size=255), min_size=1, max_size=4).map(
            lambda texts: b"".join(bytes([len(text)]) + text for text in texts)
        ),
    ),
    st.tuples(
        st.just("SOA"),
        st.tuples(_names, _names, _longs, _longs, _longs, _longs, _longs).map(
            lambda f: _wire(f[0]) + _wire(f[1]) + struct.pack("!IIIII", *f[2:])
        ),
    ),
    st.tuples(
        st.just("CAA"),
        st.tuples(_octets, st.sampled_from([b"issue", b"issuewild", b"iodef"]), st.binary()).map(
            lambda f: bytes([f[0], len(f[1])]) + f[1] + f[2]
        ),
    ),
    st.tuples(
        st.just("DS"),
        st.tuples(_shorts, st.binary(min_size=32, max_size=32)).map(
            lambda f: struct.pack("!HBB", f[0], 13, 2) + f[1]
        ),
    ),
)
_records = st.lists(st.tuples(_names, st.integers(0, 2**31 - 1), _rdata, st.booleans()), max_size=6)


@st.composite
def messages(draw: st.DrawFn) -> bytes:
    """A response as dnspython writes it, names compressed."""
    owner = dns.name.Name([*draw(_names), b""])
    query = dns.message.make_query(owner, "MX", use_edns=draw(st.sampled_from([False, 0])))
    response = dns.message.make_response(query)
    response.flags |= draw(st.sampled_from([0, dns.flags.RA, dns.flags.AD | dns.flags.RA]))
    response.set_rcode(draw(st.sampled_from([0, 2, 3, 5])))
    for labels, ttl, (rdtype, wire), answer in draw(_records):
        name = owner if not labels else dns.name.Name([*labels, b""])
        number = dns.rdatatype.from_text(rdtype)
        rdata = dns.rdata.from_wire(dns.rdataclass.IN, number, wire, 0, len(wire))
        section = response.answer if answer else response.authority
        section.append(dns.rrset.from_rdata(name, ttl, rdata))
    return response.to_wire(max_size=65535)


@given(messages())
def test_the_fast_reader_agrees_with_dnspython(wire: bytes) -> None:
    assert _parse(wire) == parse_slowly(wire)


@given(messages(), st.lists(st.tuples(st.integers(0, 400), _octets), min_size=1, max_size=4))
def test_altered_bytes_are_read_alike_or_refused(wire: bytes, edits: list[tuple[int, int]]) -> None:
    """Never a crash, never a loop; and what dnspython also accepts, it reads the same way."""
    altered = bytearray(wire)
    for at, octet in edits:
        altered[at % len(altered)] = octet
    content = bytes(altered)
    try:
        ours = parse(content)
    except Unreadable:
        return
    try:
        theirs = parse_slowly(content)
    except Unreadable:
        return
    assert ours == theirs


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(parse(content), Message)


@given(messages(), st.integers(1, 100))
def test_a_message_cut_short_is_refused(wire: bytes, missing: int) -> None:
    with pytest.raises(Unreadable):
        parse(wire[: max(0, len(wire) - missing)])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(b"\xc0\x0c", id="to itself"),
        pytest.param(b"\x01a\xc0\x0c", id="back to its start"),
        pytest.param(b"\xc0\x50", id="beyond the end"),
        pytest.param(b"\x41a\0", id="a label type that nobody uses"),
        pytest.param(b"\x3f" + b"a" * 63 + b"\xc0\x0c", id="a label and back"),
    ],
)
def test_a_name_that_never_ends_is_refused(name: bytes) -> None:
    with pytest.raises(Unreadable):
        parse(
            _REPLY + name + b"\0\x01\0\x01" + name + b"\0\x01\0\x01\0\0\0\0\0\x04\x01\x02\x03\x04"
        )


def test_a_chain_of_pointers_may_not_build_an_overlong_name() -> None:
    """RFC 1035, section 3.1: 255 octets, however they are put together."""
    question = b"".join(b"\x3f" + bytes([97 + part]) * 63 for part in range(3)) + b"\0"
    owner = b"\x3f" + b"z" * 63 + b"\xc0\x0c"
    record = owner + b"\0\x01\0\x01\0\0\0\0\0\x04\x01\x02\x03\x04"
    with pytest.raises(Unreadable):
        parse(_REPLY + question + b"\0\x01\0\x01" + record)


def test_unusual_bytes_in_a_name_are_escaped() -> None:
    """So that no reader takes the name for a host: a dot inside a label above all."""
    owner = b"\x03a.b\x02\x00\xff\x07EXAMPLE\0"
    record = b"\xc0\x0c\0\x01\0\x01\0\0\x01\x2c\0\x04\xc0\0\x02\x01"
    message = parse(_REPLY + owner + b"\0\x01\0\x01" + record)
    expected = Record(r"a\046b.\000\255.example", "A", 300, "192.0.2.1")
    assert message.answers == (expected,)


def test_a_type_that_the_fast_reader_does_not_know_goes_to_dnspython() -> None:
    query = dns.message.make_query("city.example.", "HTTPS")
    response = dns.message.make_response(query)
    response.answer.append(dns.rrset.from_text("city.example.", 60, "IN", "HTTPS", '1 . alpn="h2"'))
    assert parse(response.to_wire()).answers == (
        Record("city.example", "HTTPS", 60, '1 . alpn="h2"'),
    )


def test_the_response_code_includes_what_edns_adds() -> None:
    response = dns.message.make_response(dns.message.make_query("city.example.", "A", use_edns=0))
    response.set_rcode(dns.rcode.BADVERS)
    assert parse(response.to_wire()).rcode == dns.rcode.BADVERS


def test_a_query_is_no_response() -> None:
    with pytest.raises(Unreadable, match="not a response"):
        parse(dns.message.make_query("city.example.", "A").to_wire())
