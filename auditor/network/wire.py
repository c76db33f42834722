"""DNS messages to and from bytes (RFC 1035, section 4), quickly.

The fast reader knows what nearly every reply is made of.  At anything else it
gives up, and dnspython reads the message or refuses it; tests hold the two to
the same answers.
"""

from __future__ import annotations

import ipaddress
import struct
from socket import AF_INET6, inet_ntoa, inet_ntop
from typing import Any, Final, NamedTuple

from auditor.network.door import Unreadable

Names = dict[int, tuple[str, int]]
"""Offset in the message → the name that starts there, and its length in octets uncompressed."""

HEADER: Final = struct.Struct("!HHHHHH")
QUERY, RESPONSE = 0x0000, 0x8000
OPCODE, AUTHORITATIVE, TRUNCATED, RECURSIVE, AUTHENTIC = 0x7800, 0x0400, 0x0200, 0x0080, 0x0020
RCODE: Final = 0x000F
OPT: Final = 41

TYPES: Final = {
    "A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28,
    "SRV": 33, "NAPTR": 35, "DNAME": 39, "DS": 43, "DNSKEY": 48, "TLSA": 52, "HTTPS": 65,
    "CAA": 257,
}  # fmt: skip
_TYPE_NAMES: Final = {number: name for name, number in TYPES.items()}

_FIXED: Final = struct.Struct("!HHIH")
_SRV: Final = struct.Struct("!HHH")
_SOA: Final = struct.Struct("!IIIII")
_DS: Final = struct.Struct("!HBB")
_NAMED: Final = frozenset({2, 5, 12, 39})
_SPECIAL: Final = b'"().;\\@$'
_PLAIN: Final = bytes(code for code in range(0x21, 0x7F) if code not in _SPECIAL) + b"."
_LONGEST_NAME: Final = 255
_LONGEST_TTL: Final = 0x7FFFFFFF


class Record(NamedTuple):
    """A resource record of class IN.

    Attributes:
        name: Of the owner, lower-case, without the final dot; `.` for the root.
            Bytes that no host name holds are written `\\DDD`.
        rdtype: `MX`, `TXT` … or `TYPE65280`.
        ttl: Seconds.
        data: A, AAAA: canonical text.  CNAME, NS, PTR, DNAME: a name.
            MX: (preference, exchange).  SRV: (priority, weight, port, target).
            TXT: tuple of bytes.  CAA: (flags, tag, value bytes).
            SOA: (mname, rname, serial, refresh, retry, expire, minimum).
            DS: (key tag, algorithm, digest type, digest bytes).
            Anything else: presentation format.
    """

    name: str
    rdtype: str
    ttl: int
    data: Any


class Message(NamedTuple):
    """What a reply says.

    Attributes:
        rcode: 0 is NOERROR, 3 NXDOMAIN; the bits that EDNS adds included.
        authentic: The resolver says that it validated the answer (AD, RFC 4035).
        answers: Records of the answer section, in the order of the message.
        authority: The same of the authority section.
    """

    rcode: int
    authentic: bool
    answers: tuple[Record, ...]
    authority: tuple[Record, ...]


class _Unusual(Exception):
    """The fast reader does not know this."""


def parse(content: bytes) -> Message:
    """Read the response *content*.

    Raises:
        Unreadable: It is not a well-formed response to a query.
    """
    if len(content) < HEADER.size:
        raise Unreadable(f"a DNS message of {len(content)} bytes")
    flags = content[2] << 8 | content[3]
    if not flags & RESPONSE or flags & OPCODE:
        raise Unreadable("not a response to a DNS query")
    try:
        return _parse(content)
    except (_Unusual, IndexError, struct.error):
        # Costs a tenth of a second to import.
        from auditor.network.slow_wire import parse_slowly

        return parse_slowly(content)


def _parse(wire: bytes) -> Message:
    """Read *wire*, or raise `_Unusual`, `IndexError` or `struct.error`."""
    _, flags, questions, answers, authority, additional = HEADER.unpack_from(wire)
    if questions != 1:
        raise _Unusual
    names: Names = {}
    _, at = _name(wire, HEADER.size, names)
    at += 4
    answered, at = _section(wire, at, answers, names)
    delegated, at = _section(wire, at, authority, names) if authority else ((), at)
    rcode = flags & RCODE
    for _ in range(additional):
        if wire[at]:
            _, at = _name(wire, at, names)
        else:
            at += 1
        rdtype, _, ttl, size = _FIXED.unpack_from(wire, at)
        if rdtype == OPT:
            rcode |= ttl >> 24 << 4
        at += 10 + size
    if at != len(wire):
        raise _Unusual
    return Message(rcode, bool(flags & AUTHENTIC), answered, delegated)


def _section(wire: bytes, at: int, count: int, names: Names) -> tuple[tuple[Record, ...], int]:
    """The *count* records that start *at*, and the offset after them."""
    records = []
    for _ in range(count):
        name, at = _name(wire, at, names)
        rdtype, rdclass, ttl, size = _FIXED.unpack_from(wire, at)
        at += 10
        end = at + size
        if rdclass != 1 or end > len(wire) or ttl > _LONGEST_TTL:
            raise _Unusual
        data: Any
        if rdtype == 1 and size == 4:
            data = inet_ntoa(wire[at:end])
        elif rdtype == 16 and size:
            strings = []
            while at < end:
                after = at + 1 + wire[at]
                strings.append(wire[at + 1 : after])
                at = after
            if at != end:
                raise _Unusual
            data = tuple(strings)
        elif rdtype in _NAMED:
            data = _last_name(wire, at, end, names)
        elif rdtype == 15 and size > 2:
            data = (wire[at] << 8 | wire[at + 1], _last_name(wire, at + 2, end, names))
        elif rdtype == 28 and size == 16:
            data = _ipv6(wire[at:end])
        elif rdtype == 33 and size > 6:
            data = (*_SRV.unpack_from(wire, at), _last_name(wire, at + 6, end, names))
        elif rdtype == 6 and size > 21:
            mname, after = _name(wire, at, names)
            rname = _last_name(wire, after, end - 20, names)
            data = (mname, rname, *_SOA.unpack_from(wire, end - 20))
        elif rdtype == 257 and size > 2:
            after = at + 2 + wire[at + 1]
            tag = wire[at + 2 : after]
            if after > end or not tag.isalnum():
                raise _Unusual
            data = (wire[at], tag.decode("ascii"), wire[after:end])
        elif rdtype == 43 and size == 36 and wire[at + 3] == 2:
            data = (*_DS.unpack_from(wire, at), wire[at + 4 : end])
        else:
            raise _Unusual
        records.append(Record(name, _TYPE_NAMES[rdtype], ttl, data))
        at = end
    return tuple(records), at


def _last_name(wire: bytes, at: int, end: int, names: Names) -> str:
    """The name that fills *at* to *end*."""
    name, after = _name(wire, at, names)
    if after != end:
        raise _Unusual
    return name


def _name(wire: bytes, start: int, names: Names) -> tuple[str, int]:
    """The name at *start* and the offset after it (RFC 1035, section 4.1.4).

    A pointer may only lead to before the name it stands in, so the walk ends.
    """
    size = wire[start]
    if size >= 0xC0:
        known = names.get((size & 0x3F) << 8 | wire[start + 1])
        if known is not None:
            return known[0], start + 2
    labels = []
    at, earliest, end, length, rest = start, start, 0, 1, ""
    while size := wire[at]:
        if size >= 0xC0:
            pointer = (size & 0x3F) << 8 | wire[at + 1]
            end = end or at + 2
            if pointer >= earliest:
                raise _Unusual
            known = names.get(pointer)
            if known is not None:
                rest = known[0]
                length += known[1] - 1
                break
            earliest = at = pointer
            continue
        if size > 63:
            raise _Unusual
        labels.append(wire[at + 1 : at + 1 + size])
        at += 1 + size
        length += 1 + size
    if length > _LONGEST_NAME:
        raise _Unusual
    joined = b".".join(labels).lower()
    if joined.translate(None, _PLAIN) or joined.count(b".") > len(labels) - 1 > -1:
        text = ".".join(escape(label) for label in labels)
    else:
        text = joined.decode("ascii")
    if rest and rest != ".":
        text = f"{text}.{rest}" if text else rest
    text = text or "."
    names[start] = text, length
    return text, end or at + 1


def escape(label: bytes) -> str:
    """*label* in lower-case presentation format, with `\\DDD` for unusual bytes."""
    return "".join(
        chr(code) if 0x20 < code < 0x7F and code not in _SPECIAL else f"\\{code:03d}"
        for code in label.lower()
    )


def _ipv6(packed: bytes) -> str:
    # The C library writes addresses that embed an IPv4 one differently from `ipaddress`.
    if packed.startswith(bytes(10)):
        return str(ipaddress.IPv6Address(packed))
    return inet_ntop(AF_INET6, packed)
