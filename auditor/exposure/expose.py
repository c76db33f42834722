"""Apply the laws to a footprint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from auditor.exposure.grasps import Grasps, Standing
from auditor.model.assessment import Exposure
from auditor.model.footprint import Dependency, Footprint


def expose(footprint: Footprint, grasps: Grasps, home: str) -> Exposures:
    """Every law against every dependency of *footprint*, for an organisation of *home*.

    Only effects for which a party has the technical means in that role are
    there; a law that does not reach is there once for each effect.
    """
    return Exposures(
        [(d, grasps.on(d.offering, d.role, d.layer, home)) for d in footprint.dependencies]
    )


class Exposures(Sequence[Exposure]):
    """The exposures of one footprint, made when somebody reads them.

    They are as many as there are laws times dependencies, and a run over
    thousands of organisations reads the findings alone.
    """

    __slots__ = ("_behind", "_made")

    def __init__(self, behind: list[tuple[Dependency, tuple[Standing, ...]]]) -> None:
        """Those of the grasps *behind* each dependency, in order."""
        self._behind = behind
        self._made: tuple[Exposure, ...] | None = None

    def __len__(self) -> int:
        return sum(len(standings) for _, standings in self._behind)

    def __iter__(self) -> Iterator[Exposure]:
        return iter(self._all())

    @overload
    def __getitem__(self, place: int) -> Exposure: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Exposure]: ...
    def __getitem__(self, place: int | slice) -> Exposure | Sequence[Exposure]:
        return self._all()[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exposures) and self._all() == other._all()

    __hash__ = None  # type: ignore[assignment]

    def _all(self) -> tuple[Exposure, ...]:
        if self._made is None:
            made: list[Exposure] = []
            for dependency, standings in self._behind:
                id_, role, layer = dependency.id, dependency.role, dependency.layer
                first = len(made) + 1
                made += [
                    Exposure(f"x{number}", id_, role, layer, standing.standing, standing.grasp)
                    for number, standing in enumerate(standings, first)
                ]
            self._made = tuple(made)
        return self._made
