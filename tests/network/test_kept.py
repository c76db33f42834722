from __future__ import annotations

from datetime import UTC, datetime

from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply, Result
from auditor.network.kept import Kept


def _exchange(text: str, result: Result) -> Exchange:
    return Exchange(Question("dns", text), result, datetime(2026, 11, 23, tzinfo=UTC), 0.0, "")


def test_the_longest_unused_goes_first() -> None:
    kept = Kept(limit=3000, largest=1000)
    for text in "abc":
        kept.add(_exchange(text, Reply(bytes(250))))
    assert kept.get("a")
    kept.add(_exchange("d", Reply(bytes(250))))
    assert [text for text in "abcd" if kept.get(text)] == ["a", "c", "d"]


def test_a_large_reply_is_not_kept() -> None:
    """Else a few of them would push everything out."""
    kept = Kept(limit=10_000, largest=1000)
    kept.add(_exchange("a", Reply(bytes(1001))))
    assert kept.get("a") is None


def test_a_failure_is_not_kept() -> None:
    kept = Kept(limit=10_000, largest=1000)
    kept.add(_exchange("a", Failure(Reason.TIMEOUT)))
    assert kept.get("a") is None


def test_the_same_again_takes_no_more_room() -> None:
    kept = Kept(limit=2000, largest=1000)
    kept.add(_exchange("a", Reply(bytes(100))))
    for _ in range(10):
        kept.add(_exchange("b", Reply(bytes(100))))
    assert kept.get("a")
