"""What rests on a fact, so that the heaviest is read first."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.exposure.freshness import DatedFact, dated_facts
from tests import knowledge


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return knowledge.catalogue(tmp_path_factory.mktemp("rules"))


def facts(world: Catalogue, day: date, kind: str, id_: str) -> list[DatedFact]:
    return [f for f in dated_facts(world, day) if (f.kind, f.id) == (kind, id_)]


def test_on_an_owner_rests_what_those_below_it_operate(world: Catalogue) -> None:
    (before,) = facts(world, date(2026, 2, 19), "entity", "overcloud-inc")
    (after,) = facts(world, date(2026, 2, 20), "entity", "overcloud-inc")

    # It runs one offering, owns the operator of one, supplies one, and then buys another.
    assert (before.dependents.offerings, after.dependents.offerings) == (3, 4)
    assert before.dependents.fingerprints == 7


def test_on_a_law_rests_what_rests_on_its_state(world: Catalogue) -> None:
    law = facts(world, date(2026, 11, 24), "law", "ol-access")
    state = facts(world, date(2026, 11, 24), "jurisdiction", "OL")

    assert {fact.dependents for fact in law} == {fact.dependents for fact in state}
    assert law[0].dependents.offerings > 0
    assert [str(fact.end) for fact in law if fact.end] == ["2026-06-12", "2026-12-31"]


def test_a_fingerprint_without_a_source_of_its_own_is_no_statement(world: Catalogue) -> None:
    (offering,) = facts(world, date(2026, 11, 24), "offering", "overcloud-mail")
    assert str(offering.statement) == ""
