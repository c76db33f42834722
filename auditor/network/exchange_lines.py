"""Exchanges as lines of JSON: of bytes that are the same whenever the exchange is."""

from __future__ import annotations

import json
from binascii import Error as BinasciiError
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable
from datetime import UTC, datetime
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

from auditor.errors import BundleError
from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply, Result, Unasked


def write_lines(exchanges: Iterable[Exchange]) -> bytes:
    """*exchanges* in their order, one on a line."""
    return "".join(map(_line, exchanges)).encode("ascii")


def read_lines(content: bytes) -> tuple[Exchange, ...]:
    """The exchanges that `write_lines` wrote as *content*.

    Raises:
        BundleError: A line is no exchange.
    """
    exchanges = []
    for number, text in enumerate(content.splitlines(), 1):
        try:
            exchanges.append(_exchange(json.loads(text)))
        except (BinasciiError, KeyError, RecursionError, TypeError, ValueError) as error:
            raise BundleError(
                f"line {number} of the bundle's exchanges is not an exchange: {error}"
            ) from None
    return tuple(exchanges)


def instant(moment: datetime) -> str:
    """*moment* in UTC, to the microsecond: `2026-11-23T10:00:00.000000Z`."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")[:-6] + "Z"


def read_instant(text: str) -> datetime:
    """The moment that `instant` wrote as *text*.

    Raises:
        ValueError: It is none, or of no time zone.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} says no time zone")
    return moment.astimezone(UTC)


def _line(exchange: Exchange) -> str:
    question = exchange.question
    match exchange.result:
        case Reply(content):
            result = f'"reply":"{_base64(content)}"'
        case Failure(reason, detail, content):
            result = (
                f'"failure":"{reason.value}","detail":{quoted(detail)},'
                f'"content":"{_base64(content)}"'
            )
        case Unasked():
            result = '"unasked":true'
    return (
        f'{{"medium":{quoted(question.medium)},"text":{quoted(question.text)},'
        f'"asked_at":"{instant(exchange.asked_at)}","took":{exchange.took!r},'
        f'"via":{quoted(exchange.via)},{result}}}\n'
    )


def _base64(content: bytes) -> str:
    return b2a_base64(content, newline=False).decode("ascii")


def _exchange(fields: dict[str, Any]) -> Exchange:
    return Exchange(
        Question(_text(fields["medium"]), _text(fields["text"])),
        _result(fields),
        read_instant(fields["asked_at"]),
        float(fields["took"]),
        _text(fields["via"]),
    )


def _result(fields: dict[str, Any]) -> Result:
    if "reply" in fields:
        return Reply(a2b_base64(fields["reply"], strict_mode=True))
    if "failure" in fields:
        content = a2b_base64(fields["content"], strict_mode=True)
        return Failure(Reason(fields["failure"]), _text(fields["detail"]), content)
    if fields.get("unasked") is True:
        return Unasked()
    raise ValueError("neither reply nor failure")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value
