"""Reading exchanges of the medium `http`, and writing what is kept of a response.

What is kept is a whole HTTP/1.1 response (RFC 9112, section 2.1): status line,
fields, empty line, body.  The body is neither chunked nor compressed any more,
and the fields that said it was are gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.exchange import Exchange, Question, Reply
from auditor.network.door import Unreadable

_STATUS_LINE = re.compile(rb"HTTP/\d\.\d ([1-5]\d\d)(?: [^\r\n]*)?")
_FIELD_NAME = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_BREAKS = str.maketrans("\r\n\0", "   ")


@dataclass(frozen=True, slots=True)
class Response:
    """A response.

    Attributes:
        status: 100 to 599.
        fields: (lower-case name, value) in the order they came.
        body: As the server meant it, at most the limit of `settings`.
    """

    status: int
    fields: tuple[tuple[str, str], ...]
    body: bytes

    def field(self, name: str) -> str | None:
        """The value of the first field called *name*, a lower-case word."""
        return next((value for key, value in self.fields if key == name), None)


def question(url: str) -> Question:
    """The question for what stands at *url*."""
    return Question("http", f"GET {url}")


def read(exchange: Exchange) -> Response:
    """The response in *exchange*.

    Raises:
        Unreadable: The bytes are no HTTP response.
        ValueError: There is no reply.
    """
    match exchange.result:
        case Reply(content):
            return parse(content)
    raise ValueError(f"{exchange.question} has no reply to read")


def parse(content: bytes) -> Response:
    """Read a response as `compose` writes it.

    Raises:
        Unreadable: The bytes are no HTTP response.
    """
    head, empty_line, body = content.partition(b"\r\n\r\n")
    status_line, *lines = head.split(b"\r\n")
    match = _STATUS_LINE.fullmatch(status_line)
    if not match or not empty_line:
        raise Unreadable("not an HTTP/1.1 response")
    fields = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not _FIELD_NAME.fullmatch(name):
            raise Unreadable("a header field without a name")
        fields.append((name.decode("ascii").lower(), value.strip(b" \t").decode("latin-1")))
    return Response(int(match[1]), tuple(fields), body)


def compose(status: int, reason: str, fields: Iterable[tuple[str, str]], body: bytes) -> bytes:
    """A response as bytes; line breaks inside a field become spaces."""
    lines = [f"HTTP/1.1 {status} {reason.translate(_BREAKS)}".rstrip()]
    lines += [f"{name}: {value.translate(_BREAKS)}" for name, value in fields]
    head = "\r\n".join(lines) + "\r\n\r\n"
    return head.encode("latin-1", "replace") + body
