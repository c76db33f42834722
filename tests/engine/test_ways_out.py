"""What could take the place of an exposed service: judged, never presumed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.ways_out import plan
from auditor.exposure.grasps import Grasps
from auditor.model.assessment import State
from auditor.model.footprint import Dependency
from auditor.model.law import Effect
from auditor.model.rule import Confidence
from auditor.model.target import Contract
from auditor.model.way_out import Plan, Price, Prices
from tests import knowledge as world
from tests.engine.test_scenarios import DAY, assessed, dependency


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return world.catalogue(tmp_path)


def planned(
    catalogue: Catalogue,
    *dependencies: Dependency,
    prices: Prices | None = None,
    contract: Contract | None = None,
) -> Plan:
    assessment = assessed(catalogue, *dependencies, contract=contract)
    return plan(assessment, catalogue, Grasps(catalogue, DAY), "HL", prices)


def test_only_what_the_engine_finds_out_of_reach_is_proposed(catalogue: Catalogue) -> None:
    """Sold Mail is incorporated at home too, but somebody from Overland bought it."""
    (way,) = planned(catalogue, dependency("overcloud-mail")).ways
    assert dict(way.effects)[Effect.DISCLOSURE] is State.REACHED
    assert "sold-mail" not in [each.offering for each in way.alternatives]
    assert way.reached >= 1
    for alternative in way.alternatives:
        assert State.REACHED not in dict(alternative.effects).values()


def test_what_was_not_verified_is_counted_and_not_proposed(catalogue: Catalogue) -> None:
    (way,) = planned(catalogue, dependency("overcloud-mail")).ways
    named = [each.offering for each in way.alternatives]
    assert "rumour-mail" not in named
    assert "closed-mail" not in named
    assert way.unverified == 2


@pytest.mark.parametrize(
    "unclear",
    [
        dependency(None),
        dependency("overcloud-mail", Confidence.LOW),
        dependency("overcloud-mail", verified=False),
    ],
)
def test_nobody_is_told_to_leave_what_may_not_be_there(
    catalogue: Catalogue, unclear: Dependency
) -> None:
    assert planned(catalogue, unclear).ways == ()


def test_what_stays_exposed_never_grows(catalogue: Catalogue) -> None:
    proposed = planned(catalogue, dependency("overcloud-mail"), dependency("rumour-mail"))
    steps = [proposed.before, *proposed.after]
    for effect in range(len(Effect)):
        counts = [step[effect].reached for step in steps]
        assert counts == sorted(counts, reverse=True)


def test_a_home_operator_of_foreign_technology_is_reached_by_its_end(catalogue: Catalogue) -> None:
    """Homemail is out of reach of orders, but its updates can be stopped: no way out of that."""
    proposed = planned(catalogue, dependency("homemail"))
    (way,) = proposed.ways
    assert dict(way.effects)[Effect.INTERRUPTION] is State.REACHED


def test_costs_are_those_of_the_user_over_the_term(catalogue: Catalogue) -> None:
    price = Price(Decimal("4.50"), Decimal(1200))
    prices = Prices("EUR", 577, 48, (("overcloud-mail", price),))
    (way,) = planned(catalogue, dependency("overcloud-mail"), prices=prices).ways
    assert way.cost == Decimal("125832.00")
    assert [each.cost for each in way.alternatives] == [None] * len(way.alternatives)


def test_the_end_of_the_contract_is_told(catalogue: Catalogue) -> None:
    ends = date(2027, 12, 31)
    service = dependency("overcloud-mail")
    (way,) = planned(catalogue, service, contract=Contract(None, ends, None)).ways
    assert way.ends == ends


def market(tmp_path: Path, *, verified: bool = True) -> Catalogue:
    """The made-up world with two more offerings: one of home, one held from a State without law.

    *verified* tells whether it was read who holds the latter.
    """
    read, link = world.READ, world.READ if verified else world.BELIEVED
    far = f"  - {{id: FL, name: {{fr: Lointaine, en: Farland}}, {read}}}"
    entities = [
        f"  - {{id: calm-sa, name: Calm SA, incorporated_in: HL, ownership_known: true, {read}}}",
        f"  - {{id: far-inc, name: Far Inc., incorporated_in: FL, ownership_known: true, {read}}}",
        "  - {id: held-sa, name: Held SA, incorporated_in: HL, ownership_known: true, "
        f"owners: [{{owner: far-inc, capital: 51, control: true, {link}}}], {read}}}",
    ]
    offerings = [
        f"  - {{id: {name}-mail, name: {name} mail, operator: {operator}, category: [mailbox], "
        f"roles: [mail.mailbox], {read}}}"
        for name, operator in (("calm", "calm-sa"), ("a-held", "held-sa"))
    ]
    places = dedent(world.FILES["jurisdictions/world.yaml"]).rstrip() + f"\n{far}\n"
    providers = dedent(world.FILES["providers/world.yaml"]).strip()
    before, after = providers.split("offerings:\n")
    providers = "\n".join((before.rstrip(), *entities, "offerings:", *offerings, after, ""))
    return world.catalogue(tmp_path, jurisdictions_world=places, providers_world=providers)


def test_a_state_whose_law_nobody_examined_is_open_and_stands_after_those_examined(
    tmp_path: Path,
) -> None:
    """The name of the one is before that of the other: neither name nor label decides."""
    (way,) = planned(market(tmp_path), dependency("overcloud-mail")).ways
    examined, open_ = way.alternatives
    assert (examined.offering, examined.unexamined) == ("calm-mail", ())
    assert (open_.offering, open_.controlled_from) == ("a-held-mail", ("FL",))
    effects = ("disclosure", "interruption", "tampering")
    for effect, text in zip(effects, open_.unexamined, strict=True):
        assert effect in text.en
        assert text.en.endswith("not examined (Farland)")
    assert set(open_.unexamined) <= set(open_.missing)
    assert set(dict(open_.effects).values()) == {State.UNKNOWN}


def test_who_is_held_by_a_link_that_nobody_read_is_not_judged(tmp_path: Path) -> None:
    (way,) = planned(market(tmp_path, verified=False), dependency("overcloud-mail")).ways
    assert [each.offering for each in way.alternatives] == ["calm-mail"]
    assert way.unverified == 3
