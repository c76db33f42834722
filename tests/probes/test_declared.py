from __future__ import annotations

import pytest

from auditor.model.exchange import Reply
from auditor.model.subject import Domain
from auditor.probes.declared import declared
from tests.probes.world import World, gaps, sight, values

CITY = Domain("city.example")


def _world(section: bytes) -> World:
    return World(results={"services": Reply(section)})


def test_a_service_and_the_line_that_names_it() -> None:
    section = b"\n\nservices:\n  - offering: example-cloud\n    role: collaboration\n"

    (value,) = values(declared, CITY, _world(section))

    assert (value.offering, value.roles(), value.line) == ("example-cloud", ("collaboration",), 4)


@pytest.mark.parametrize(
    "section", [b"services: 3", b"services: [x]", b"- a", b"", b"services: [{"]
)
def test_a_section_of_another_form_is_left_open(section: bytes) -> None:
    from auditor.network.door import Unreadable

    with pytest.raises(Unreadable):
        sight(declared, CITY, _world(section))


def test_a_dossier_without_services() -> None:
    sighting = sight(declared, CITY, World())

    assert sighting.observations == ()
    assert gaps(sighting) == [("declared", "unasked")]
