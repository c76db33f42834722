"""Apply the laws to a footprint."""

from __future__ import annotations

from functools import partial

from auditor.exposure.grasps import Grasps
from auditor.model.assessment import Exposure
from auditor.model.deferred import Deferred
from auditor.model.footprint import Footprint


def expose(footprint: Footprint, grasps: Grasps, home: str) -> Deferred[Exposure]:
    """Every law against every dependency of *footprint*, for an organisation of *home*.

    Only effects for which a party has the technical means in that role are
    there; a law that does not reach is there once for each effect.
    """
    return Deferred(partial(_exposures, footprint, grasps, home))


def _exposures(footprint: Footprint, grasps: Grasps, home: str) -> tuple[Exposure, ...]:
    exposures: list[Exposure] = []
    for dependency in footprint.dependencies:
        id_, role, layer = dependency.id, dependency.role, dependency.layer
        first = len(exposures) + 1
        exposures += [
            Exposure(f"x{number}", id_, role, layer, standing.standing, standing.grasp)
            for number, standing in enumerate(
                grasps.on(dependency.offering, role, layer, home), first
            )
        ]
    return tuple(exposures)
