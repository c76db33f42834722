"""Shares held from outside, worked out by hand: 24 % for one holder, 39 % for all together."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.engine.frameworks_holdings import Holdings, holdings
from auditor.model.party import LegalEntity, Stake
from auditor.model.text import Period, Provenance

DAY = date(2026, 11, 24)
READ = Provenance("register", date(2026, 11, 1), verified=True)
BELIEVED = Provenance("memory", date(2026, 11, 1), verified=False)


def stake(
    owner: str,
    capital: float | None,
    *,
    control: bool = False,
    period: Period | None = None,
    read: Provenance = READ,
) -> Stake:
    return Stake(owner, capital, None, control, period or Period(), read)


def entity(
    id_: str, place: str | None, *stakes: Stake, public: bool = False, read: Provenance = READ
) -> LegalEntity:
    return LegalEntity(id_, id_, place, place, public, stakes, True, (), True, read)


STATE = entity("state", "FR", public=True)
"""Somebody of whom nobody outside holds anything."""


def held(of: LegalEntity, *others: LegalEntity, day: date = DAY) -> Holdings:
    known = {each.id: each for each in (of, STATE, *others)}

    def inside(each: LegalEntity) -> bool | None:
        return None if each.incorporated_in is None else each.incorporated_in == "FR"

    return holdings(of, known, day, lambda s: s.capital, inside)


@pytest.mark.parametrize(
    ("one", "other", "within"),
    [
        (24, 15, True),  # 24 is not above 24, 39 not above 39
        (24.01, 0, False),  # one above 24
        (20, 19.5, False),  # 39.5 together
        (0, 0, True),
    ],
)
def test_the_thresholds_themselves_are_allowed(one: float, other: float, within: bool) -> None:
    provider = entity(
        "provider", "FR",
        stake("us", one), stake("jp", other), stake("state", 100 - one - other),
    )  # fmt: skip
    found = held(provider, entity("us", "US"), entity("jp", "JP"))
    assert found.within(24, 39) is within


def test_an_indirect_share_is_the_product_of_the_shares() -> None:
    """60 % of a company that holds 50 %: 30 %."""
    fund = entity("fund", "US")
    middle = entity("middle", "FR", stake("fund", 60), stake("state", 40))
    provider = entity("provider", "FR", stake("middle", 50), stake("state", 50))
    found = held(provider, middle, fund)
    assert found.low == {"fund": pytest.approx(30)}
    assert found.within(24, 39) is False


def test_between_two_ways_of_counting_nothing_is_established() -> None:
    """Control of a company that holds 30 %: 0.55 × 30 = 16.5 by product, 30 by control."""
    fund = entity("fund", "US")
    middle = entity("middle", "FR", stake("fund", 55, control=True), stake("state", 45))
    provider = entity("provider", "FR", stake("middle", 30), stake("state", 70))
    found = held(provider, middle, fund)
    assert found.low == {"fund": pytest.approx(16.5)}
    assert found.high == {"fund": pytest.approx(30)}
    assert found.within(24, 39) is None


def test_what_nobody_is_named_for_may_be_held_outside() -> None:
    """With 70 % named one holder abroad might have 30; with 90 named, 10 at most."""
    assert held(entity("provider", "FR", stake("state", 70))).within(24, 39) is None
    assert held(entity("provider", "FR", stake("state", 90))).within(24, 39) is True


def test_a_rest_that_changes_nothing_is_no_obstacle() -> None:
    provider = entity("provider", "FR", stake("us", 40), stake("state", 20))
    assert held(provider, entity("us", "US")).within(24, 39) is False


def test_the_rest_of_an_owner_counts_by_its_share() -> None:
    """Half of the provider is held by a company of which nobody is named: 50 × 1."""
    listed = entity("listed", "FR")
    provider = entity("provider", "FR", stake("listed", 50), stake("state", 50))
    found = held(provider, listed)
    assert found.rest == pytest.approx(50)
    assert set(found.opaque) == {"listed"}
    assert found.within(24, 39) is None


def test_a_share_that_was_not_read_counts_as_not_named() -> None:
    us = entity("us", "US")
    rumoured = entity("provider", "FR", stake("us", 60, read=BELIEVED), stake("state", 40))
    assert held(rumoured, us).within(24, 39) is None
    doubtful = entity("us", "US", read=BELIEVED)
    sold = entity("provider", "FR", stake("us", 60), stake("state", 40))
    assert held(sold, doubtful).within(24, 39) is None


def test_a_share_without_a_number_counts_as_not_named() -> None:
    provider = entity("provider", "FR", stake("us", None, control=True), stake("state", 40))
    assert held(provider, entity("us", "US")).within(24, 39) is None


def test_a_holder_whose_country_is_not_known_may_be_outside() -> None:
    provider = entity("provider", "FR", stake("who", 30), stake("state", 70))
    assert held(provider, entity("who", None)).within(24, 39) is None


def test_shares_are_those_of_the_day() -> None:
    """Sold on 1 March 2026."""
    provider = entity(
        "provider", "FR",
        stake("us", 100, period=Period(None, date(2026, 2, 28))),
        stake("state", 100, period=Period(date(2026, 3, 1), None)),
    )  # fmt: skip
    us = entity("us", "US")
    assert held(provider, us, day=date(2026, 2, 28)).within(24, 39) is False
    assert held(provider, us, day=date(2026, 3, 1)).within(24, 39) is True


def test_two_ways_to_one_holder_are_added() -> None:
    """20 % directly, and 10 % of 50 %: 25."""
    fund = entity("fund", "US")
    middle = entity("middle", "FR", stake("fund", 10), stake("state", 90))
    provider = entity("provider", "FR", stake("fund", 20), stake("middle", 50), stake("state", 30))
    found = held(provider, middle, fund)
    assert found.low == {"fund": pytest.approx(25)}
    assert found.within(24, 39) is False


def test_a_ring_of_owners_ends() -> None:
    middle = entity("middle", "FR", stake("provider", 50), stake("state", 50))
    provider = entity("provider", "FR", stake("middle", 100))
    assert held(provider, middle).within(24, 39) is None
