from __future__ import annotations

from datetime import UTC, datetime

from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply, Result
from auditor.network.kept import Kept


def _exchange(text: str, result: Result) -> Exchange:
    return Exchange(Question("dns", text), result, datetime(2026, 11, 23, tzinfo=UTC), 0.0, "")


def test_what_is_used_stays_and_the_rest_goes() -> None:
    kept = Kept(limit=20_000, largest=1000)
    for number in range(1000):
        kept.add(_exchange(f"{number}", Reply(bytes(300))))
        assert kept.get("0")
    assert kept.get("995")
    assert kept.get("500") is None


def test_a_large_reply_is_not_kept() -> None:
    """Else a few of them would push everything out."""
    kept = Kept(limit=10_000, largest=1000)
    kept.add(_exchange("a", Reply(bytes(1001))))
    assert kept.get("a") is None


def test_a_failure_is_not_kept() -> None:
    kept = Kept(limit=10_000, largest=1000)
    kept.add(_exchange("a", Failure(Reason.TIMEOUT)))
    assert kept.get("a") is None


def test_a_reply_that_fills_it_alone_is_not_kept() -> None:
    kept = Kept(limit=2000, largest=1000)
    kept.add(_exchange("a", Reply(bytes(900))))
    assert kept.get("a") is None


def test_the_same_again_takes_no_more_room() -> None:
    kept = Kept(limit=4000, largest=1000)
    kept.add(_exchange("a", Reply(bytes(100))))
    for _ in range(10):
        kept.add(_exchange("b", Reply(bytes(100))))
    assert kept.get("a")
