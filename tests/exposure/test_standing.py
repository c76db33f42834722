"""How foreign a law is depends on who asks, and when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.exposure.standing import standing
from tests import knowledge as world


@pytest.mark.parametrize(
    ("home", "foreign", "day", "expected"),
    [
        ("HL", "HL", date(2026, 1, 1), "home"),
        ("HL", "SL", date(2026, 1, 1), "shared"),
        ("HL", "EU", date(2026, 1, 1), "shared"),
        ("EU", "HL", date(2026, 1, 1), "shared"),
        ("HL", "NL", date(2026, 1, 1), "adequate"),
        ("HL", "NL", date(2027, 1, 1), "third"),
        ("HL", "NL", date(2019, 1, 1), "third"),
        ("HL", "OL", date(2026, 1, 1), "third"),
        ("OL", "NL", date(2026, 1, 1), "third"),
    ],
)
def test_standing(tmp_path: Path, home: str, foreign: str, day: date, expected: str) -> None:
    jurisdictions = world.catalogue(tmp_path).jurisdictions
    assert standing(home, foreign, jurisdictions, day) == expected


def test_a_contested_decision_is_only_partly_adequate(tmp_path: Path) -> None:
    contested = world.FILES["jurisdictions/world.yaml"].replace(
        "scope: general,", "scope: general, contested: true,"
    )
    jurisdictions = world.catalogue(tmp_path, jurisdictions_world=contested).jurisdictions
    assert standing("HL", "NL", jurisdictions, date(2026, 1, 1)) == "partly-adequate"
