"""The table gives its room to the jurisdictions that matter most."""

from __future__ import annotations

from dataclasses import replace

from auditor.model.assessment import Exposure, State
from auditor.reporting.matrix import COLUMNS, matrix
from auditor.reporting.reading import Reading
from tests.reporting import sample


def _exposures(state: State, *jurisdictions: str) -> tuple[Exposure, ...]:
    """One exposure in *state* for each of *jurisdictions*, of one dependency of the sample."""
    like = sample.EXPOSURES[0]
    return tuple(
        like._replace(
            id=f"x{number}",
            standing="third",
            grasp=like.grasp._replace(jurisdiction=jurisdiction, state=state),
        )
        for number, jurisdiction in enumerate(jurisdictions, 1)
    )


def test_room_goes_to_what_is_certain_and_then_to_those_with_most_ways_to_reach() -> None:
    crowd = [f"A{number}" for number in range(COLUMNS)]
    exposures = _exposures(State.UNKNOWN, *crowd, "Y", "Y") + _exposures(State.REACHED, "Z")

    table = matrix(Reading(replace(sample.assessment(), exposures=exposures), "en"))

    assert {"Y", "Z"} <= {column.jurisdiction for column in table.columns}
    assert table.beyond == (crowd[-2], crowd[-1])
