from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.network.door import Unreadable
from auditor.network.http import Response, compose, parse


def test_a_response_is_read_as_it_was_written() -> None:
    content = compose(200, "OK", [("Content-Type", "text/plain"), ("X", "")], b"a\r\n\r\nb")
    assert parse(content) == Response(
        200, (("content-type", "text/plain"), ("x", "")), b"a\r\n\r\nb"
    )


def test_the_first_field_of_a_name_counts() -> None:
    response = parse(b"HTTP/1.1 301 Moved\r\nLocation: https://a/\r\nLOCATION: https://b/\r\n\r\n")
    assert response.field("location") == "https://a/"
    assert response.field("server") is None


def test_a_field_cannot_add_another_one() -> None:
    content = compose(200, "OK\r\nX: 1", [("Server", "a\r\nY: 2\r\n\r\nbody")], b"")
    response = parse(content)
    assert [name for name, _ in response.fields] == ["server"]
    assert response.body == b""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"HTTP/1.1 200 OK",
        b"HTTP/1.1 200 OK\r\nA: b",
        b"HTTP/1.1 99 Low\r\n\r\n",
        b"HTTP/1.1 20x OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
        b"<html>",
    ],
)
def test_anything_else_is_unreadable(content: bytes) -> None:
    with pytest.raises(Unreadable):
        parse(content)


@given(
    st.integers(100, 599),
    st.text(),
    st.lists(st.tuples(st.sampled_from(["a", "B-c"]), st.text())),
    st.binary(),
)
def test_what_is_written_can_be_read(
    status: int, reason: str, fields: list[tuple[str, str]], body: bytes
) -> None:
    response = parse(compose(status, reason, fields, body))
    assert (response.status, response.body, len(response.fields)) == (status, body, len(fields))
