"""Kleene's strong three-valued logic."""

from __future__ import annotations

import itertools

from auditor.engine.truth import every, negate, some

VALUES = (True, False, None)


def test_de_morgan_holds_for_every_pair() -> None:
    for pair in itertools.product(VALUES, repeat=2):
        assert negate(every(pair)) is some(map(negate, pair))


def test_not_known_never_becomes_known_by_itself() -> None:
    assert every((True, None)) is None
    assert some((False, None)) is None
    assert negate(None) is None


def test_one_value_can_settle_the_whole() -> None:
    assert every((None, False)) is False
    assert some((None, True)) is True
