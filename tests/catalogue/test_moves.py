"""What moves together, and the prices a user gives: refused with the place of the mistake."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from auditor.catalogue.moves import prices
from auditor.catalogue.source import compose
from auditor.errors import SourceError
from auditor.model.way_out import Prices
from tests import knowledge as world

PRICES = """currency: EUR
seats: 577
months: 48
offerings:
  homemail: {seat_month: 4.50, once: 12000}
"""


def read(tmp_path: Path, text: str) -> Prices:
    file = tmp_path / "prices.yaml"
    file.write_text(text, encoding="utf-8")
    return prices(compose(file), {"homemail"})


def test_prices(tmp_path: Path) -> None:
    given = read(tmp_path, PRICES)
    assert given.total("homemail") == Decimal(12000) + Decimal("4.50") * 577 * 48
    assert given.total("unknown") is None


@pytest.mark.parametrize(
    ("written", "instead", "place", "says"),
    [
        ("homemail:", "homemial:", "5:13", "did you mean 'homemail'"),
        ("4.50", "cheap", "5:26", "must be an amount"),
        ("4.50", "-4", "5:26", "must be an amount"),
        ("seat_month", "seat_mont", "5:14", "is that what 'seat_mont' means"),
        ("577", "many", "2:8", "whole number"),
    ],
)
def test_a_wrong_price_is_refused(
    tmp_path: Path, written: str, instead: str, place: str, says: str
) -> None:
    with pytest.raises(SourceError, match=says) as refused:
        read(tmp_path, PRICES.replace(written, instead))
    assert f"prices.yaml:{place}" in str(refused.value)


def test_no_role_moves_twice(tmp_path: Path) -> None:
    twice = world.FILES["moves.yaml"].replace("[mail.outbound]", "[mail.outbound, mail.mailbox]")
    with pytest.raises(SourceError, match=r"'mail\.mailbox' moves twice"):
        world.catalogue(tmp_path, moves=twice)
