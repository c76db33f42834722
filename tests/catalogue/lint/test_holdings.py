"""Nobody is owned more than wholly, and nobody controls themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import knowledge
from tests.catalogue.lint.looking import place, said

PROVIDERS = knowledge.FILES["providers/world.yaml"]
OWNERS = f'owners: [{{owner: overcloud-inc, capital: 64, control: true, from: "2026-02-20", {knowledge.READ}}}'  # noqa: E501


def owned(*more: str) -> str:
    """Sold SA with further owners."""
    assert OWNERS in PROVIDERS
    return PROVIDERS.replace(
        OWNERS,
        ", ".join([OWNERS, *(f"{{{owner}, control: false, {knowledge.READ}}}" for owner in more)]),
    )


def test_the_owners_of_one_day_hold_no_more_than_the_whole(tmp_path: Path) -> None:
    wrong = owned("owner: homemail-sa, capital: 40")
    (line,) = said(tmp_path, providers_world=wrong)

    assert line.startswith(place("providers/world.yaml", wrong, "40"))
    assert ": error: sold-sa: the owners hold 104 % of the capital on 2026-02-20" in line


def test_owners_who_follow_one_another_are_not_added_up(tmp_path: Path) -> None:
    assert (
        said(tmp_path, providers_world=owned('owner: homemail-sa, capital: 100, to: "2026-02-19"'))
        == []
    )


def test_shares_may_be_rounded(tmp_path: Path) -> None:
    assert said(tmp_path, providers_world=owned("owner: homemail-sa, capital: 36.4")) == []


def test_votes_are_added_up_apart_from_capital(tmp_path: Path) -> None:
    wrong = owned("owner: homemail-sa, votes: 60", "owner: rumour-sa, votes: 50")
    (line,) = said(tmp_path, providers_world=wrong)

    assert "the owners hold 110 % of the votes" in line


@pytest.mark.parametrize(("from_", "told"), [("2026-02-20", True), ("2027-01-01", True)])
def test_control_in_a_circle_is_told_from_its_first_day(
    from_: str, told: bool, tmp_path: Path
) -> None:
    circle = PROVIDERS.replace(
        "name: Overcloud Inc., incorporated_in: OL, ownership_known: true,",
        "name: Overcloud Inc., incorporated_in: OL, ownership_known: true, owners: "
        f'[{{owner: sold-sa, capital: 51, control: true, from: "{from_}", {knowledge.READ}}}],',
    )
    (line,) = said(tmp_path, providers_world=circle)

    assert f": error: controlled in a circle on {from_}: " in line
    assert "overcloud-inc → sold-sa → overcloud-inc" in line


def test_owners_that_never_meet_are_no_circle(tmp_path: Path) -> None:
    before = PROVIDERS.replace(
        "name: Overcloud Inc., incorporated_in: OL, ownership_known: true,",
        "name: Overcloud Inc., incorporated_in: OL, ownership_known: true, owners: "
        f'[{{owner: sold-sa, capital: 51, control: true, to: "2026-02-19", {knowledge.READ}}}],',
    )
    assert said(tmp_path, providers_world=before) == []


def test_holding_a_few_shares_of_a_parent_is_no_circle(tmp_path: Path) -> None:
    cross = PROVIDERS.replace(
        "name: Overcloud Inc., incorporated_in: OL, ownership_known: true,",
        "name: Overcloud Inc., incorporated_in: OL, ownership_known: true, owners: "
        f"[{{owner: sold-sa, capital: 2, control: false, {knowledge.READ}}}],",
    )
    assert said(tmp_path, providers_world=cross) == []
