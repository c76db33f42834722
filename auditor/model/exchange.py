"""What was asked of the world, and what came back: the unit of evidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple


class Question(NamedTuple):
    """Something to ask; the key of a replay and the text of a report at once.

    Attributes:
        medium: `dns`, `http`, `tls`, `rdap`, `prefixes` (a local table) or `declared` (a
            dossier).
        text: `city.example MX`; `GET https://www.city.example/`; `www.city.example:443`;
            `ip/192.0.2.1`; `192.0.2.1`; `services`.
    """

    medium: str
    text: str

    def __str__(self) -> str:
        return f"{self.medium} {self.text}"


class Reason(StrEnum):
    """Why a question has no usable reply.  Closed: one table in `network.live` maps to it."""

    TIMEOUT = "timeout"
    REFUSED = "refused"
    SERVFAIL = "servfail"
    UNREACHABLE = "unreachable"
    MALFORMED = "malformed"
    MISMATCHED = "mismatched"
    TLS = "tls"
    BLOCKED = "blocked"
    TOO_LARGE = "too-large"
    INTERRUPTED = "interrupted"
    STATUS = "status"


# Final, and not frozen: every question makes one of these two, and a frozen one takes
# four times as long to make.
@dataclass(slots=True, unsafe_hash=True)
class Reply:
    """A usable reply.

    Attributes:
        content: The bytes as they came: a DNS message; an HTTP/1.1 response
            (status line, header fields, empty line, body); a certificate, as
            `network.tls` writes it; a section of a dossier.
    """

    content: Final[bytes]


@dataclass(frozen=True, slots=True)
class Failure:
    """No usable reply.

    Attributes:
        reason: Why.
        detail: One technical line, for the annex.
        content: What came, if anything did (a SERVFAIL message, say).
    """

    reason: Reason
    detail: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Unasked:
    """The recording never put this question."""


Result = Reply | Failure | Unasked


@dataclass(slots=True, eq=False)
class Exchange:
    """A question and what happened.

    Attributes:
        question: What was asked.
        result: What happened.
        asked_at: When, UTC.
        took: Seconds until the result.
        via: Who was asked and how: `udp 192.0.2.53:53`, `https 192.0.2.80`, `dossier`.
    """

    question: Final[Question]
    result: Final[Result]
    asked_at: Final[datetime]
    took: Final[float]
    via: Final[str]

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits of the SHA-256 of the question and the result's bytes."""
        match self.result:
            case Reply(content):
                outcome = b"reply\0" + content
            case Failure(reason, _, content):
                outcome = b"failure\0" + reason.encode() + b"\0" + content
            case Unasked():
                outcome = b"unasked"
        return hashlib.sha256(str(self.question).encode() + b"\0" + outcome).hexdigest()[:12]
