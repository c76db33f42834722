"""Asking a time-stamp authority."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from auditor.model.exchange import Failure, Reason, Reply
from auditor.network import timestamp
from auditor.settings import INTERACTIVE
from tests.sealing.timestamping import answering
from tests.servers import LOOPBACK, free_port


def test_the_answer_as_it_came() -> None:
    with answering(lambda query: (200, b"\x30" + query)) as (url, queries):
        assert timestamp.ask(url, b"\x01\x02", INTERACTIVE) == Reply(b"\x30\x01\x02")
    assert queries == [b"\x01\x02"]


def test_nobody_there() -> None:
    result = timestamp.ask(f"http://{LOOPBACK}:{free_port()}/", b"", INTERACTIVE)

    assert isinstance(result, Failure)
    assert result.reason is Reason.REFUSED


@pytest.mark.parametrize("status", [302, 403, 500])
def test_another_status_is_no_answer(status: int) -> None:
    """A redirect names a host that the user did not."""
    with answering(lambda query: (status, b"")) as (url, _):
        result = timestamp.ask(url, b"", INTERACTIVE)

    assert isinstance(result, Failure)
    assert (result.reason, str(status) in result.detail) == (Reason.STATUS, True)


def test_an_endless_answer() -> None:
    with answering(lambda query: (200, bytes(2**20 + 1))) as (url, _):
        result = timestamp.ask(url, b"", INTERACTIVE)

    assert isinstance(result, Failure)
    assert result.reason is Reason.TOO_LARGE


def test_an_authority_that_says_nothing() -> None:
    def silent(query: bytes) -> tuple[int, bytes]:
        time.sleep(0.5)
        return 200, b""

    with answering(silent) as (url, _):
        result = timestamp.ask(url, b"", replace(INTERACTIVE, http_deadline=0.1))

    assert isinstance(result, Failure)
    assert result.reason is Reason.TIMEOUT


def test_no_proxy_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would learn whom we ask."""
    monkeypatch.setenv("http_proxy", f"http://{LOOPBACK}:{free_port()}/")
    with answering(lambda query: (200, b"\x30")) as (url, _):
        assert timestamp.ask(url, b"", INTERACTIVE) == Reply(b"\x30")
