"""A DNS question on its way, and what a reply to it is worth."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from enum import Enum

from auditor.model.exchange import Exchange, Failure, Question, Reason, Result
from auditor.network.door import Unreadable
from auditor.network.wire import (
    AUTHORITATIVE,
    HEADER,
    OPCODE,
    RCODE,
    RECURSIVE,
    RESPONSE,
    TRUNCATED,
    parse,
)

_TAIL = b"\0\0\x29"
_TAIL_SIZE = 11
_STATE = RESPONSE | OPCODE | TRUNCATED | RCODE
_REASONS = {2: Reason.SERVFAIL, 5: Reason.REFUSED}


class Worth(Enum):
    """What to do with a datagram that bears the identifier of a question."""

    USABLE = "an answer"
    TRUNCATED = "ask again over TCP"
    FAILED = "the server could not or would not answer"
    OTHER_CASE = "the question came back, its letters in another case"
    FOREIGN = "not about our question"


# Looked up for every reply, and looking up a member of an Enum is slow.
_USABLE, _FOREIGN, _FAILED = Worth.USABLE, Worth.FOREIGN, Worth.FAILED


class Pending:
    """A question on its way.

    Attributes:
        waiting: Whoever asked, each with a future of their own, so that one who
            gives up does not take the answer from the others.
        section: The question section as sent; a reply must repeat it.
        query: The whole query as sent, identifier first.
        asked: Bit set of the resolvers that have it.
        failed: Bit set of the resolvers that answered without an answer.
        streamed: Bit set of the resolvers that have it over TCP.
        reopened: Bit set of the resolvers that closed the connection once before answering.
        turn: Tries so far.
        asked_at: When it was sent first, UTC; None before.
        started: The same, monotonic.
        due: Monotonic time of the next try.
        deadline: Monotonic time of giving up.
        failure: The best account so far of why there is no answer, and from whom.
        ended: Whether everybody who waited has been told.
    """

    # The defaults stand with the class: most questions are put once, and answered.
    section = b""
    query = b""
    asked = failed = streamed = reopened = 0
    turn = 0
    asked_at: datetime | None = None
    started = due = deadline = 0.0
    failure: tuple[Failure, str] | None = None
    ended = False

    def __init__(self, question: Question, future: asyncio.Future[Exchange]) -> None:
        self.question = question
        self.waiting = [future]

    def wanted(self) -> bool:
        """Whether anybody still waits."""
        return any(not future.done() for future in self.waiting)

    def settle(self, result: Result, via: str) -> Exchange:
        """Hand *result* to everybody who waits."""
        self.ended = True
        asked_at, took = self.asked_at, 0.0
        if asked_at is None:
            asked_at = datetime.now(UTC)
        else:
            # Whole microseconds; `round` takes three times as long.
            took = int((time.monotonic() - self.started) * 1e6) / 1e6
        exchange = Exchange(self.question, result, asked_at, took, via)
        for future in self.waiting:
            if not future.done():
                future.set_result(exchange)
        return exchange


def judge(content: bytes, section: bytes, *, exact: bool) -> Worth:
    """What *content*, whose identifier matched, is worth to who sent *section*.

    Over TCP the question need not come back *exact*: the case of its letters
    protects against those who cannot see it, and they cannot speak there.
    """
    end = 12 + len(section)
    if content[12:end] != section or content[4:6] != b"\0\1":
        worth = _unlike(content, section, exact)
        if worth is not None:
            return worth
    flags = content[2] << 8 | content[3]
    if flags & _STATE == RESPONSE and content[6:8] != b"\0\0":
        return _USABLE
    if flags & (RESPONSE | OPCODE) != RESPONSE:
        return _FOREIGN
    if flags & TRUNCATED:
        return Worth.TRUNCATED
    rcode = flags & RCODE
    if rcode not in (0, 3):
        return _FAILED
    # "There is none" counts only from who looked for it.  A referral does not say that, nor
    # does a server that cannot read our version of EDNS and says BADVERS in the OPT record.
    if not flags & (RECURSIVE | AUTHORITATIVE) or _extended_rcode(content, end):
        return _FAILED
    return _USABLE


def _unlike(content: bytes, section: bytes, exact: bool) -> Worth | None:
    """What a message is worth that does not repeat *section* as sent; None: what it says."""
    if len(content) < HEADER.size or content[2] << 8 & (RESPONSE | OPCODE) != RESPONSE:
        return _FOREIGN
    if content[4:6] != b"\0\1":
        # Some servers refuse without repeating the question.  A forged one only costs an answer.
        unrepeated = content[4:6] == b"\0\0" and content[3] & RCODE not in (0, 3)
        return _FAILED if unrepeated else _FOREIGN
    if content[12 : 12 + len(section)].lower() != section.lower():
        return _FOREIGN
    return Worth.OTHER_CASE if exact else None


def refusal(content: bytes) -> Failure:
    """The failure that the reply *content* states."""
    rcode = content[3] & RCODE
    if rcode in (0, 3):
        return Failure(Reason.REFUSED, "neither an answer nor a proof that there is none", content)
    reason = _REASONS.get(rcode, Reason.STATUS)
    return Failure(reason, f"response code {rcode}", content)


def _extended_rcode(content: bytes, end: int) -> int:
    """The upper bits of the response code (RFC 6891, section 6.1.3); 1 when nobody can tell."""
    if content[10:12] == b"\0\0":
        return 0
    if len(content) - end >= _TAIL_SIZE and content[-_TAIL_SIZE : 3 - _TAIL_SIZE] == _TAIL:
        return content[-6]
    try:
        return parse(content).rcode >> 4
    except Unreadable:
        return 1
