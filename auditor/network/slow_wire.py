"""DNS messages read by dnspython: the judge of whatever the fast reader does not know."""

from __future__ import annotations

import ipaddress
import struct
from typing import Any

import dns.exception
import dns.flags
import dns.message
import dns.rdata
import dns.rdataclass
import dns.rdatatype

from auditor.network.door import Unreadable
from auditor.network.wire import Message, Record, escape


def parse_slowly(content: bytes) -> Message:
    """Read the response *content*.

    Raises:
        Unreadable: dnspython refuses it.
    """

    def records(section: list[Any]) -> tuple[Record, ...]:
        return tuple(
            Record(
                _presentation(rrset.name),
                dns.rdatatype.to_text(rrset.rdtype),
                rrset.ttl,
                _fields(rdata),
            )
            for rrset in section
            if rrset.rdclass == dns.rdataclass.IN
            for rdata in rrset
        )

    try:
        message = dns.message.from_wire(content, one_rr_per_rrset=True)
        return Message(
            int(message.rcode()),
            bool(message.flags & dns.flags.AD),
            records(message.answer),
            records(message.authority),
        )
    except (
        dns.exception.DNSException,
        ArithmeticError,
        LookupError,
        ValueError,
        struct.error,
    ) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from None


def _presentation(name: Any) -> str:
    return ".".join(escape(label) for label in name.labels if label) or "."


def _fields(rdata: dns.rdata.Rdata) -> Any:
    """The `data` of a record that dnspython read."""
    record: Any = rdata
    match int(rdata.rdtype):
        case 1:
            return record.address
        case 28:
            return str(ipaddress.IPv6Address(record.address))
        case 2 | 5 | 12 | 39:
            return _presentation(record.target)
        case 15:
            return record.preference, _presentation(record.exchange)
        case 33:
            return record.priority, record.weight, record.port, _presentation(record.target)
        case 16:
            return tuple(record.strings)
        case 6:
            return (
                _presentation(record.mname), _presentation(record.rname), record.serial,
                record.refresh, record.retry, record.expire, record.minimum,
            )  # fmt: skip
        case 257:
            return record.flags, record.tag.decode("ascii"), record.value
        case 43:
            return record.key_tag, int(record.algorithm), int(record.digest_type), record.digest
        case _:
            return rdata.to_text()
