"""A tuple that is made when somebody reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

_Item = TypeVar("_Item")


class Deferred(Sequence[_Item]):
    """What *make* returns, called once, at the first look.

    For what a report prints and a run over thousands of organisations never reads.
    """

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], tuple[_Item, ...]]) -> None:
        """Hold what *make* will return; it must be pure."""
        self._make = make
        self._made: tuple[_Item, ...] | None = None

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[_Item]:
        return iter(self._all())

    @overload
    def __getitem__(self, place: int) -> _Item: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[_Item, ...]: ...
    def __getitem__(self, place: int | slice) -> _Item | tuple[_Item, ...]:
        return self._all()[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Deferred) and self._all() == other._all()

    __hash__ = None  # type: ignore[assignment]

    def _all(self) -> tuple[_Item, ...]:
        if self._made is None:
            self._made = self._make()
        return self._made
