from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import BundleError
from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply, Unasked
from auditor.network.exchange_lines import instant, read_lines, write_lines

_moments = st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_exchanges = st.builds(
    Exchange,
    st.builds(Question, st.text(), st.text()),
    st.one_of(
        st.builds(Reply, st.binary()),
        st.builds(Failure, st.sampled_from(Reason), st.text(), st.binary()),
        st.just(Unasked()),
    ),
    _moments,
    st.floats(0, 1e6),
    st.text(),
)


def _fields(exchange: Exchange) -> tuple[object, ...]:
    return (
        exchange.question, exchange.result, exchange.asked_at, exchange.took, exchange.via,
        exchange.id,
    )  # fmt: skip


@given(st.lists(_exchanges, max_size=5))
def test_what_is_written_is_read_back_exactly(exchanges: list[Exchange]) -> None:
    """To the microsecond, and in order: a replay must give the same bytes."""
    content = write_lines(exchanges)
    again = read_lines(content)
    assert list(map(_fields, again)) == list(map(_fields, exchanges))
    assert write_lines(again) == content


def test_a_line_is_readable_json() -> None:
    exchange = Exchange(
        Question("dns", "city.example MX"), Reply(b"\0\1"),
        datetime(2026, 11, 23, 10, 0, 0, 5, tzinfo=UTC), 0.0125, "udp 192.0.2.53:53",
    )  # fmt: skip
    assert json.loads(write_lines([exchange])) == {
        "medium": "dns", "text": "city.example MX", "asked_at": "2026-11-23T10:00:00.000005Z",
        "took": 0.0125, "via": "udp 192.0.2.53:53", "reply": "AAE=",
    }  # fmt: skip


def test_a_moment_is_written_in_utc() -> None:
    paris = datetime(2026, 11, 23, 11, tzinfo=timezone(timedelta(hours=1)))
    assert instant(paris) == "2026-11-23T10:00:00.000000Z"


LINE = {
    "medium": "dns", "text": "a MX", "asked_at": "2026-11-23T10:00:00Z", "took": 0, "via": "",
    "reply": "AAE=",
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"reply": "A"},
        {"reply": "A A="},
        {"reply": 1},
        {"reply": None},
        {"asked_at": "yesterday"},
        {"asked_at": "2026-11-23T10:00:00"},
        {"took": "long"},
        {"medium": 1},
        {"via": None},
    ],
)
def test_a_line_that_is_no_exchange_is_named(change: dict[str, object]) -> None:
    content = json.dumps(LINE) + "\n" + json.dumps({**LINE, **change}) + "\n"
    with pytest.raises(BundleError, match="line 2"):
        read_lines(content.encode())


@pytest.mark.parametrize(
    "line", [b"", b"[]", b"{}", b"1", b"\xff", b"[" * 100_000, b'{"medium": "dns"}']
)
def test_neither_is_anything_else(line: bytes) -> None:
    with pytest.raises(BundleError, match="line 1"):
        read_lines(line + b"\n")
