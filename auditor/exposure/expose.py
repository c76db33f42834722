"""Apply the laws to a footprint."""

from __future__ import annotations

from auditor.exposure.grasps import Grasps
from auditor.model.assessment import Exposure
from auditor.model.footprint import Footprint


def expose(footprint: Footprint, grasps: Grasps, home: str) -> tuple[Exposure, ...]:
    """Every law against every dependency of *footprint*, for an organisation of *home*.

    Only effects for which a party has the technical means in that role are
    there; a law that does not reach is there once for each effect.
    """
    exposures: list[Exposure] = []
    for dependency in footprint.dependencies:
        for standing in grasps.on(
            dependency.offering, dependency.role, dependency.layer, home
        ):
            exposures.append(
                Exposure(
                    id=f"x{len(exposures) + 1}",
                    dependency=dependency.id,
                    role=dependency.role,
                    layer=dependency.layer,
                    standing=standing.standing,
                    grasp=standing.grasp,
                )
            )
    return tuple(exposures)
