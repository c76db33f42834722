"""The map of where control and hosting lie."""

from __future__ import annotations

import re
from dataclasses import replace

from auditor.model.footprint import Footprint, Location, Part
from auditor.reporting.pictures import Pictures
from auditor.reporting.places import grid, places
from auditor.reporting.reading import Reading
from auditor.reporting.tile_drawing import Tile, tiles
from auditor.reporting.wording import Wording
from tests.reporting import sample


def _with(*locations: Location) -> Reading:
    """The sample, its dependencies at *locations*."""
    whole = sample.assessment()
    parts = tuple(
        replace(part, dependencies=tuple(replace(d, location=locations) for d in part.dependencies))
        for part in whole.footprint.parts
    )
    return Reading(replace(whole, footprint=Footprint(parts)), "fr")


def test_the_country_of_a_registry_is_no_location() -> None:
    registered = places(_with(Location("IS", "registry", "192.0.2.1")))
    assert "IS" not in [place.code for place in registered]
    fixed = places(_with(Location("IS", "region")))
    assert next(place.located for place in fixed if place.code == "IS")


def test_a_service_whose_place_is_open_stands_under_not_established() -> None:
    last = places(_with())[-1]
    assert last.code == ""
    assert set(last.located) == {d.label for d in sample.DEPENDENCIES}


def test_one_state_alone_makes_no_map() -> None:
    whole = sample.assessment()
    part = Part("ville.example", "web", (whole.footprint.dependencies[0],), (), ())
    alone = replace(whole, footprint=Footprint((part,)))
    assert places(Reading(alone, "fr")) == ()


def test_every_square_has_a_place_and_a_country_of_its_own() -> None:
    assert len(set(grid().values())) == len(grid()) > 40
    for code in grid():
        assert Wording("fr").country(code) != code


def test_what_is_off_the_grid_stands_beside_it_with_its_name() -> None:
    marked = [Tile("FR", "France", True, False), Tile("US", "États-Unis", True, True)]
    svg = str(tiles("titre", {"FR": (0, 0)}, marked))
    assert "États-Unis" in svg
    assert ">France<" not in svg
    assert svg.count("<circle") == 1


def test_the_alternative_names_the_services() -> None:
    reading = _with(Location("IS", "region"))
    title = re.findall(r"<title>(.*?)</title>", str(Pictures(reading, str).tiles(places(reading))))
    assert sample.DEPENDENCIES[0].label in title[0]
    assert "Islande" in title[0]
