"""Who stands on top of an operator, since when, and what is only believed of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.engine.holders import holders
from auditor.engine.truth import Truth
from tests import knowledge as world

PROVIDERS = world.FILES["providers/world.yaml"]
SOLD = 'control: true, from: "2026-02-20", '


@pytest.mark.parametrize(
    ("offering", "day", "expected"),
    [
        ("sold-mail", date(2026, 2, 19), False),
        ("sold-mail", date(2026, 2, 20), True),
        ("sold-mail", date(2028, 2, 19), True),
        ("sold-mail", date(2028, 2, 20), False),
        ("homemail", date(2026, 3, 1), False),
        ("overcloud-mail", date(2026, 3, 1), None),
        ("closed-mail", date(2026, 3, 1), None),
        ("rumour-mail", date(2026, 3, 1), None),
    ],
)
def test_control_changed_within_two_years(
    tmp_path: Path, offering: str, day: date, expected: Truth
) -> None:
    """Control since nobody knows when, or of which nobody read, may have changed."""
    held = holders(offering, world.catalogue(tmp_path), day)
    assert held is not None
    assert held.changed is expected


def test_control_that_was_lost_of_late_has_changed(tmp_path: Path) -> None:
    lost = PROVIDERS.replace(SOLD, 'control: true, from: "2020-01-01", to: "2026-02-20", ')
    catalogue = world.catalogue(tmp_path, providers_world=lost)
    assert lost != PROVIDERS
    before, after = (holders("sold-mail", catalogue, date(2026, 2, d)) for d in (19, 20))
    assert before is not None
    assert after is not None
    assert (before.changed, after.changed) == (False, True)


def test_a_stake_that_nobody_read_changes_nothing_for_sure(tmp_path: Path) -> None:
    believed = PROVIDERS.replace(f"{SOLD}{world.READ}", f"{SOLD}{world.BELIEVED}")
    catalogue = world.catalogue(tmp_path, providers_world=believed)
    assert believed != PROVIDERS
    held = holders("sold-mail", catalogue, date(2026, 3, 1))
    assert held is not None
    assert (held.certain, held.changed) == (False, None)


def test_the_top_is_whoever_nobody_controls(tmp_path: Path) -> None:
    catalogue = world.catalogue(tmp_path)
    day = date(2026, 3, 1)
    tops = {offering: holders(offering, catalogue, day) for offering in ("homemail", "sold-mail")}
    assert {offering: held and held.tops for offering, held in tops.items()} == {
        "homemail": frozenset({"homemail-sa"}),
        "sold-mail": frozenset({"overcloud-inc"}),
    }
