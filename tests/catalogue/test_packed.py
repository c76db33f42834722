"""Many things, of which a few are made."""

from __future__ import annotations

import pickle

import pytest

from auditor.catalogue.packed import Packed


class Counted:
    made = 0

    def __init__(self, name: str) -> None:
        self.name = name

    def __setstate__(self, state: dict[str, str]) -> None:
        Counted.made += 1
        self.__dict__.update(state)


@pytest.fixture
def again() -> Packed[Counted]:
    Counted.made = 0
    packed = Packed({name: Counted(name) for name in ("b", "a", "c")})
    read: Packed[Counted] = pickle.loads(pickle.dumps(packed))  # noqa: S301 - our own
    return read


def test_reading_back_makes_nothing(again: Packed[Counted]) -> None:
    assert (list(again), len(again), "a" in again, "d" in again) == (
        ["b", "a", "c"],
        3,
        True,
        False,
    )
    assert Counted.made == 0


def test_an_item_is_made_once_and_stays_the_same(again: Packed[Counted]) -> None:
    assert again["a"] is again["a"]
    assert (again["a"].name, Counted.made) == ("a", 1)


def test_what_is_not_there_is_not_there(again: Packed[Counted]) -> None:
    with pytest.raises(KeyError):
        again["d"]
    assert again.get("d") is None


def test_it_is_packed_again_without_making_anything(again: Packed[Counted]) -> None:
    twice: Packed[Counted] = pickle.loads(pickle.dumps(again))  # noqa: S301 - our own
    assert (Counted.made, twice["c"].name) == (0, "c")
