"""The graph of owners, walked upwards as of a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from auditor.exposure.ownership import controllers, ownership
from tests import knowledge as world

DAY = date(2026, 3, 1)


def test_control_is_traced_to_the_top(tmp_path: Path) -> None:
    entities = world.catalogue(tmp_path).entities
    assert controllers(entities["overcloud-europe"], entities, DAY) == ("OL",)


def test_whom_nobody_controls_controls_itself(tmp_path: Path) -> None:
    entities = world.catalogue(tmp_path).entities
    assert controllers(entities["homemail-sa"], entities, DAY) == ("HL",)


def test_unknown_owners_leave_control_unknown(tmp_path: Path) -> None:
    entities = world.catalogue(tmp_path).entities
    assert controllers(entities["closed-sa"], entities, DAY) is None


def test_a_ring_of_owners_ends(tmp_path: Path) -> None:
    providers = world.FILES["providers/world.yaml"].replace(
        "name: Overcloud Inc., incorporated_in: OL,",
        "name: Overcloud Inc., incorporated_in: OL, "
        "owners: [{owner: overcloud-europe, control: true, source: s, "
        'checked: "2026-11-01", verified: true}],',
    )
    entities = world.catalogue(tmp_path, providers_world=providers).entities
    above = ownership(entities["overcloud-europe"], entities, DAY)
    assert [holding.owner.id for holding in above.holdings] == ["overcloud-inc", "overcloud-europe"]


def test_owners_are_unknown_before_the_day_from_which_they_are_stated(tmp_path: Path) -> None:
    providers = world.FILES["providers/world.yaml"].replace(
        "name: Sold SA\n            incorporated_in: HL\n            ownership_known: true",
        "name: Sold SA\n            incorporated_in: HL\n            ownership_known: true\n"
        '            ownership_since: "2026-02-20"',
    )
    entities = world.catalogue(tmp_path, providers_world=providers).entities
    assert entities["sold-sa"].ownership_since == date(2026, 2, 20)
    assert controllers(entities["sold-sa"], entities, date(2026, 2, 19)) is None
    assert controllers(entities["sold-sa"], entities, date(2026, 2, 20)) == ("OL",)
