"""A law reaches by a path of parties, on a day; what is missing is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.exposure.grasps import Grasps
from auditor.model.assessment import Grasp, State
from auditor.model.law import Effect, Hook
from tests import knowledge as world

IN_FORCE = date(2026, 3, 1)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return world.catalogue(tmp_path)


def grasp(catalogue: Catalogue, offering: str | None, hook: Hook, day: date = IN_FORCE) -> Grasp:
    (found,) = [
        g for g in Grasps(catalogue, day).of(offering) if g.law == "ol-access" and g.hook is hook
    ]
    return found


def test_a_subsidiary_is_reached_through_its_parent(catalogue: Catalogue) -> None:
    found = grasp(catalogue, "overcloud-mail", Hook.PARENT_CONTROL)
    assert found.state is State.REACHED
    assert [(step.name, step.relation) for step in found.path] == [
        ("Overcloud Europe Ltd", "operator"),
        ("Overcloud Inc.", "owner"),
    ]


def test_a_company_at_home_that_nobody_controls_is_not_reached(catalogue: Catalogue) -> None:
    states = {g.state for g in Grasps(catalogue, IN_FORCE).of("homemail") if g.law == "ol-access"}
    assert states == {State.NOT_REACHED}


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2026, 2, 19), State.NOT_REACHED), (date(2026, 2, 20), State.REACHED)],
)
def test_ownership_counts_from_the_day_it_changed(
    catalogue: Catalogue, day: date, state: State
) -> None:
    found = [
        g.state
        for g in Grasps(catalogue, day).of("sold-mail")
        if g.law == "ol-access" and g.hook in (Hook.PARENT_CONTROL, Hook.INCORPORATION)
    ]
    assert state in found or (state is State.NOT_REACHED and State.REACHED not in found)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2017, 12, 31), State.NOT_REACHED),
        (date(2026, 6, 12), State.REACHED),
        (date(2026, 6, 13), State.UNKNOWN),
        (date(2027, 1, 1), State.NOT_REACHED),
    ],
)
def test_a_law_reaches_in_the_state_it_is_in_on_the_day(
    catalogue: Catalogue, day: date, state: State
) -> None:
    states = {
        g.state for g in Grasps(catalogue, day).of("overcloud-machines") if g.law == "ol-access"
    }
    assert state in states
    assert state is State.REACHED or State.REACHED not in states


def test_a_lapsed_law_with_a_tail_names_what_is_missing(catalogue: Catalogue) -> None:
    found = grasp(catalogue, "overcloud-mail", Hook.PARENT_CONTROL, date(2026, 7, 1))
    assert "before the text lapsed" in found.missing[0].en


def test_an_unverified_entity_is_neither_reached_nor_out_of_reach(catalogue: Catalogue) -> None:
    """What we only believe cannot decide, not even in the provider's favour."""
    found = grasp(catalogue, "rumour-mail", Hook.INCORPORATION)
    assert found.state is State.UNKNOWN
    assert "Rumour SA" in found.missing[0].en


def test_owners_nobody_knows_are_not_absent_owners(catalogue: Catalogue) -> None:
    found = grasp(catalogue, "closed-mail", Hook.PARENT_CONTROL)
    assert found.state is State.UNKNOWN
    assert found.missing[0].en == "who controls Closed SA"


def test_somebody_not_identified_is_unknown_to_every_law(catalogue: Catalogue) -> None:
    assert {g.state for g in Grasps(catalogue, IN_FORCE).of(None)} == {State.UNKNOWN}


def test_an_unsettled_hook_leaves_the_point_open(catalogue: Catalogue) -> None:
    found = grasp(catalogue, "overcloud-machines", Hook.PRESENCE)
    assert found.state is State.UNKNOWN
    assert "jurisdiction is argued" in found.missing[0].en


def test_technology_from_abroad_reaches_a_company_at_home(catalogue: Catalogue) -> None:
    """European ownership is not autonomy: the licence follows its own law."""
    (found,) = [g for g in Grasps(catalogue, IN_FORCE).of("homemail") if g.law == "ol-export"]
    assert (found.effect, found.state) == (Effect.INTERRUPTION, State.REACHED)
    assert [step.relation for step in found.path] == ["operator", "technology"]


def test_an_effect_without_the_means_for_it_is_no_exposure(catalogue: Catalogue) -> None:
    """Whoever answers for names has no content to hand over."""
    effects = {
        s.grasp.effect
        for s in Grasps(catalogue, IN_FORCE).on("overcloud-mail", "dns", "service", "HL")
    }
    assert Effect.DISCLOSURE not in effects


def test_keys_of_the_customer_cut_disclosure_and_nothing_else(tmp_path: Path) -> None:
    providers = world.FILES["providers/world.yaml"].replace(
        "name: Overcloud Mail", "name: Overcloud Mail\n            keys: customer"
    )
    catalogue = world.catalogue(tmp_path, providers_world=providers)
    found = grasp(catalogue, "overcloud-mail", Hook.PARENT_CONTROL)
    assert found.state is State.UNKNOWN
    assert "metadata" in found.missing[0].en
    (export,) = [
        g for g in Grasps(catalogue, IN_FORCE).of("overcloud-mail") if g.law == "ol-export"
    ]
    assert export.state is State.REACHED
