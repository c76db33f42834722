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


@pytest.mark.parametrize("section", [b"services: 3", b"services: [x]", b"- a", b"services: [{"])
def test_a_section_of_another_form_is_left_open(section: bytes) -> None:
    from auditor.network.door import Unreadable

    with pytest.raises(Unreadable):
        sight(declared, CITY, _world(section))


def test_a_dossier_without_services() -> None:
    sighting = sight(declared, CITY, _world(b""))

    assert sighting.observations == ()


def test_a_recording_that_never_asked() -> None:
    sighting = sight(declared, CITY, World())

    assert sighting.observations == ()
    assert set(gaps(sighting)) == {("declared", "unasked")}


def test_a_service_of_another_domain_of_the_organisation() -> None:
    section = b"services:\n  - {offering: example-cloud, role: web, domains: [town.example]}\n"

    assert values(declared, CITY, _world(section)) == []
    assert len(values(declared, Domain("town.example"), _world(section))) == 1


def test_a_service_that_the_catalogue_does_not_know_goes_by_its_name() -> None:
    section = b"services:\n  - {name: Our own suite, role: collaboration, keys: customer}\n"

    (value,) = values(declared, CITY, _world(section))

    assert (value.offering, value.keys) == ("Our own suite", "customer")


def test_each_document_attached_is_asked_for() -> None:
    """So that its digest is in the recording, whatever it is attached to."""
    world = World(
        results={
            "services": Reply(
                b"services: [{name: A, role: web, documents: [{path: a.pdf}, {path: b/c.pdf}]}]"
            ),
            "answers": Reply(b"answers: {some: {q1: {value: x, documents: [{path: a.pdf}]}}}"),
        }
    )

    sight(declared, CITY, world)

    asked = [text for text in world.asked if text.startswith("document")]
    assert asked == ["document a.pdf", "document b/c.pdf"]
