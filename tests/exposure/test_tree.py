"""Everything held about who stands behind an offering, missing owners included."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.exposure.tree import Above, Branch, above, behind
from tests import knowledge

TODAY = date(2026, 11, 24)
PROVIDERS = knowledge.FILES["providers/world.yaml"]
INC = "name: Overcloud Inc., incorporated_in: OL, ownership_known: true,"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return knowledge.catalogue(tmp_path_factory.mktemp("rules"))


def of(id_: str, world: Catalogue, day: date = TODAY) -> Branch:
    return above(world.entities[id_], world.entities, day)


def test_an_operator_and_whoever_is_above_it(world: Catalogue) -> None:
    (operator,) = behind(world.offerings["overcloud-mail"], world.entities, TODAY)

    assert (operator.relation, operator.entity.id) == ("operator", "overcloud-europe")
    assert operator.above is Above.OWNED
    (owner,) = operator.owners
    assert owner.held is not None
    assert (owner.entity.id, owner.held.capital, owner.above) == ("overcloud-inc", 100, Above.TOP)


def test_suppliers_stand_beside_the_operator(world: Catalogue) -> None:
    branches = behind(world.offerings["homemail"], world.entities, TODAY)

    assert [(b.relation, b.entity.id) for b in branches] == [
        ("operator", "homemail-sa"),
        ("technology", "overcloud-inc"),
    ]


def test_owners_are_those_of_the_day(world: Catalogue) -> None:
    assert of("sold-sa", world, date(2026, 2, 19)).owners == ()
    assert of("sold-sa", world, date(2026, 2, 19)).above is Above.TOP
    assert of("sold-sa", world, date(2026, 2, 20)).owners[0].entity.id == "overcloud-inc"


def test_owners_who_are_not_known_are_said_to_be(world: Catalogue) -> None:
    assert of("closed-sa", world).above is Above.UNKNOWN


def test_a_small_holding_is_shown_and_controls_nothing(tmp_path: Path) -> None:
    stake = f"owners: [{{owner: homemail-sa, capital: 5, control: false, {knowledge.READ}}}],"
    world = knowledge.catalogue(tmp_path, providers_world=PROVIDERS.replace(INC, f"{INC} {stake}"))
    inc = of("overcloud-inc", world)

    assert inc.above is Above.TOP
    assert [owner.entity.id for owner in inc.owners] == ["homemail-sa"]


def test_a_circle_ends(tmp_path: Path) -> None:
    stake = f"owners: [{{owner: sold-sa, capital: 51, control: true, {knowledge.READ}}}],"
    world = knowledge.catalogue(tmp_path, providers_world=PROVIDERS.replace(INC, f"{INC} {stake}"))
    (inc,) = of("sold-sa", world).owners
    (again,) = inc.owners

    assert (again.entity.id, again.above, again.owners) == ("sold-sa", Above.SHOWN, ())
