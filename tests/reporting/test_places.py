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
        part._replace(dependencies=tuple(d._replace(location=locations) for d in part.dependencies))
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


def _unconfirmed(*offerings: str) -> Reading:
    return Reading(replace(sample.assessment(), unconfirmed=frozenset(offerings)), "fr")


def test_a_control_to_be_confirmed_fills_no_square_and_says_so() -> None:
    reading = _unconfirmed("hebergeur-exemple")
    france = next(place for place in places(reading) if place.code == "FR")
    assert "Hébergeur Exemple" not in france.controlled
    assert france.services(reading)[-1] == "Hébergeur Exemple (à confirmer)"


def test_a_state_of_which_all_is_to_be_confirmed_is_drawn_dashed() -> None:
    reading = _unconfirmed("mesure-exemple")
    greece = next(place for place in places(reading) if place.code == "GR")
    assert (greece.controlled, greece.supposed) == ((), ("Παράδειγμα Analytics",))
    sure = str(Pictures(_unconfirmed(), str).tiles(places(_unconfirmed())))
    drawn = str(Pictures(reading, str).tiles(places(reading)))
    assert drawn.count("stroke-dasharray") == sure.count("stroke-dasharray") + 1
    assert "Παράδειγμα Analytics (à confirmer)" in drawn


def test_a_square_is_filled_where_one_control_was_read_whatever_else_is_believed() -> None:
    filled = str(tiles("titre", {"FR": (0, 0)}, [Tile("FR", "France", True, False, True, True)]))
    assert "stroke-dasharray" not in filled


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
