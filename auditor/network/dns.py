"""Reading exchanges of the medium `dns`, for probes."""

from __future__ import annotations

from functools import lru_cache

from auditor.model.exchange import Exchange, Question, Reply
from auditor.network.door import Unreadable
from auditor.network.query import encode_name
from auditor.network.wire import HEADER, TYPES, Message, Record, parse

__all__ = [
    "Message",
    "Record",
    "Unreadable",
    "absent",
    "aliases",
    "answers",
    "no_such_name",
    "question",
    "read",
    "txt",
]

# A reply of ordinary size is kept by the thousand; one large enough to be an attack, by the dozen.
_ORDINARY = 2048
_parse_ordinary = lru_cache(maxsize=4096)(parse)
_parse_large = lru_cache(maxsize=16)(parse)


def question(name: str, rdtype: str) -> Question:
    """The question for the records of type *rdtype* at *name*, an A-label name.

    Raises:
        ValueError: *name* cannot be asked for: an empty or overlong label, or
            bytes that would have to be escaped.
    """
    if rdtype not in TYPES:
        raise ValueError(f"{rdtype!r} is not a record type we ask for")
    name = name.lower()
    if name[-1:] == "." and name != ".":
        name = name[:-1]
    encode_name(name)
    return Question("dns", f"{name} {rdtype}")


def read(exchange: Exchange) -> Message:
    """What the reply in *exchange* says; read once however often it is asked for.

    Raises:
        Unreadable: The bytes are no well-formed response.
        ValueError: There is no reply.
    """
    match exchange.result:
        case Reply(content):
            return _read(content)
    raise ValueError(f"{exchange.question} has no reply to read")


def absent(exchange: Exchange) -> bool:
    """Whether the reply proves that there is no such record: NXDOMAIN or NODATA.

    Read from the header alone.  False when there is no reply: failed is not absent.

    Raises:
        Unreadable: The reply is too short to have a header.
    """
    if not isinstance(exchange.result, Reply):
        return False
    content = exchange.result.content
    if len(content) < HEADER.size:
        raise Unreadable(f"a DNS message of {len(content)} bytes")
    return content[3] & 0xF == 3 or (content[3] & 0xF == 0 and content[6:8] == b"\0\0")


def no_such_name(exchange: Exchange) -> bool:
    """Whether the reply says that the name does not exist at all: NXDOMAIN (RFC 8020)."""
    return isinstance(exchange.result, Reply) and read(exchange).rcode == 3


def answers(exchange: Exchange, rdtype: str) -> tuple[Record, ...]:
    """The records of *rdtype* at the end of the CNAME chain from the question's name.

    For `CNAME` itself, those at the question's name.  Empty when the records
    are proved absent, and when there is no reply: the survey makes the gap.

    Raises:
        Unreadable: The bytes of the reply are no well-formed response.
    """
    if not isinstance(exchange.result, Reply) or _header_says_none(exchange.result.content):
        return ()
    records = _read(exchange.result.content).answers
    name = exchange.question.text.partition(" ")[0]
    if rdtype != "CNAME":
        name = _chain(records, name)[-1]
    return tuple(record for record in records if record.rdtype == rdtype and record.name == name)


def aliases(exchange: Exchange) -> tuple[str, ...]:
    """The targets of the CNAME chain from the question's name, in order; a loop is cut.

    Raises:
        Unreadable: The bytes of the reply are no well-formed response.
    """
    if not isinstance(exchange.result, Reply) or exchange.result.content[6:8] == b"\0\0":
        return ()
    records = _read(exchange.result.content).answers
    return tuple(_chain(records, exchange.question.text.partition(" ")[0])[1:])


def txt(exchange: Exchange) -> tuple[bytes, ...]:
    """The text of each TXT record, its strings joined without a space (RFC 7208, section 3.3).

    Raises:
        Unreadable: The bytes of the reply are no well-formed response.
    """
    return tuple(b"".join(record.data) for record in answers(exchange, "TXT"))


def _read(content: bytes) -> Message:
    return _parse_ordinary(content) if len(content) <= _ORDINARY else _parse_large(content)


def _header_says_none(content: bytes) -> bool:
    return len(content) >= HEADER.size and content[6:8] == b"\0\0"


def _chain(records: tuple[Record, ...], name: str) -> list[str]:
    """*name* and the names that it is an alias of; ends before the first repetition."""
    # A dict keeps the order and knows its members; one message can hold thousands of aliases.
    chain = {name: None}
    targets = {record.name: record.data for record in records if record.rdtype == "CNAME"}
    target = targets.get(name)
    while target is not None and target not in chain:
        chain[target] = None
        target = targets.get(target)
    return list(chain)
