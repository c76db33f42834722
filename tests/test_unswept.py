"""Garbage is looked for when that pays."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from auditor.unswept import seldom_swept, unswept


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    gc.unfreeze()


def test_nothing_is_swept_meanwhile() -> None:
    with unswept():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_whoever_swept_nothing_before_sweeps_nothing_after() -> None:
    with unswept():
        with unswept():
            pass
        assert not gc.isenabled()


def test_a_process_of_one_task_leaves_nothing_to_search_at_its_end() -> None:
    with seldom_swept():
        assert gc.isenabled()
        assert gc.get_threshold()[0] >= 1_000_000
    assert gc.get_freeze_count() > 0
