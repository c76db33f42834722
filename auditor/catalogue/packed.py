"""Many things by id, of which an audit needs a few: each is rebuilt when it is asked for."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from typing import TypeVar

_Item = TypeVar("_Item")


class Packed(Mapping[str, _Item]):
    """A mapping that pickles each of its items on its own.

    Reading it back makes none of them: an item is made at its first look-up, and
    stays the same object from then on.
    """

    __slots__ = ("_made", "_packed")

    def __init__(self, items: Mapping[str, _Item]) -> None:
        self._made = dict(items)
        self._packed: dict[str, bytes] = {}

    def __getitem__(self, key: str) -> _Item:
        try:
            return self._made[key]
        except KeyError:
            item: _Item = pickle.loads(self._packed[key])  # noqa: S301 - see `cache`
            # Two threads may make it; both are given the one that was kept.
            return self._made.setdefault(key, item)

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed or self._made)

    def __len__(self) -> int:
        return len(self._packed or self._made)

    def __contains__(self, key: object) -> bool:
        return key in (self._packed or self._made)

    def __getstate__(self) -> dict[str, bytes]:
        return self._packed or {
            key: pickle.dumps(item, pickle.HIGHEST_PROTOCOL) for key, item in self._made.items()
        }

    def __setstate__(self, state: dict[str, bytes]) -> None:
        self._made = {}
        self._packed = state
