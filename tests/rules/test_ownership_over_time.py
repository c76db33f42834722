"""The shipped owners change with the day: an earlier audit reads the earlier owner."""

from __future__ import annotations

from datetime import date

import pytest

from auditor import resources
from auditor.audit import knowledge
from auditor.catalogue.catalogue import Catalogue
from auditor.exposure.ownership import controllers, ownership
from auditor.model.party import LegalEntity


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return knowledge(resources.rules())


def above(catalogue: Catalogue, entity: str, day: str) -> set[str]:
    """The ids of everybody who controlled *entity* on *day*."""
    walked = ownership(catalogue.entities[entity], catalogue.entities, date.fromisoformat(day))
    return {holding.owner.id for holding in walked.holdings}


def states(catalogue: Catalogue, entity: str, day: str) -> tuple[str, ...] | None:
    return controllers(catalogue.entities[entity], catalogue.entities, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("entity", "before", "owner_before", "after", "owner_after"),
    [
        (
            "hornetsecurity-gmbh",
            "2025-11-30",
            "hornetsecurity-founders",
            "2025-12-31",
            "proofpoint",
        ),
        ("vade-sasu", "2025-11-30", "hornetsecurity-founders", "2025-12-31", "thoma-bravo"),
        ("threema", "2026-01-13", "afinum", "2026-01-14", "comitis"),
        ("exaion-sas", "2026-02-19", "edf", "2026-02-20", "mara-holdings"),
        (
            "infomaniak-network",
            "2026-05-19",
            "boris-siegenthaler",
            "2026-05-20",
            "infomaniak-foundation",
        ),
    ],
)
def test_the_owner_is_the_one_of_the_day(
    catalogue: Catalogue,
    entity: str,
    before: str,
    owner_before: str,
    after: str,
    owner_after: str,
) -> None:
    earlier, later = above(catalogue, entity, before), above(catalogue, entity, after)
    assert owner_before in earlier
    assert owner_after not in earlier
    assert owner_after in later
    assert owner_before not in later


def test_a_gateway_that_was_german_is_american_once_it_is_sold(catalogue: Catalogue) -> None:
    assert states(catalogue, "hornetsecurity-gmbh", "2025-11-30") == ("DE",)
    assert states(catalogue, "hornetsecurity-gmbh", "2025-12-31") == ("US",)


@pytest.mark.parametrize(
    ("entity", "since", "owner"),
    [
        ("wetransfer-bv", "2024-07-31", "bending-spoons"),
        ("vimeo-inc", "2025-11-24", "bending-spoons"),
        ("zivver-bv", "2025-06-01", "kiteworks"),
        ("proton-ag", "2024-06-17", "proton-foundation"),
        ("green-ch", "2025-10-30", "ifm-investors"),
    ],
)
def test_who_owned_it_before_is_unknown_when_no_source_said(
    catalogue: Catalogue, entity: str, since: str, owner: str
) -> None:
    """That the buyer was not there yet does not make the seller nobody."""
    first = date.fromisoformat(since)
    earlier = ownership(catalogue.entities[entity], catalogue.entities, date(first.year - 1, 1, 1))
    assert catalogue.entities[entity] in earlier.unknown
    assert owner not in {holding.owner.id for holding in earlier.holdings}
    assert owner in above(catalogue, entity, since)
    assert states(catalogue, entity, f"{first.year - 1}-01-01") is None


def test_a_holder_that_left_is_a_holder_no_more(catalogue: Catalogue) -> None:
    def holders(day: str) -> set[str]:
        stakes = catalogue.entities["ionos-group"].stakes
        return {s.owner for s in stakes if s.period.holds(date.fromisoformat(day))}

    assert "warburg-pincus" in holders("2025-03-31")
    assert "warburg-pincus" not in holders("2025-04-01")
    assert states(catalogue, "ionos-group", "2025-04-01") == ("DE",)


@pytest.mark.parametrize(
    ("entity", "announced"), [("aleph-alpha-gmbh", "cohere"), ("solvinity-bv", "kyndryl")]
)
def test_a_purchase_announced_or_prohibited_is_no_purchase(
    catalogue: Catalogue, entity: str, announced: str
) -> None:
    known = catalogue.entities[entity]
    assert announced not in above(catalogue, entity, "2026-11-24")
    assert announced in known.provenance.note.lower(), "the note says why it does not count"
    assert announced not in {stake.owner for stake in known.stakes}


def test_netcup_is_held_from_austria_and_exoscale_from_mexico(catalogue: Catalogue) -> None:
    assert states(catalogue, "netcup-gmbh", "2026-11-24") == ("AT",)
    assert "america-movil" in above(catalogue, "akenes", "2026-11-24")


def _silent(entity: LegalEntity) -> bool:
    """Whether it claims to know its owners for days before the first controlling stake."""
    controlling = [stake for stake in entity.stakes if stake.control]
    starts = [stake.period.start for stake in controlling]
    first = min((start for start in starts if start), default=None)
    return bool(first) and None not in starts and entity.owners_known(date(1990, 1, 1))


def test_no_entity_takes_a_first_stake_for_the_absence_of_an_earlier_owner(
    catalogue: Catalogue,
) -> None:
    assert [e.id for e in catalogue.entities.values() if _silent(e)] == []


def test_no_more_than_the_whole_is_held_on_any_day(catalogue: Catalogue) -> None:
    for entity in catalogue.entities.values():
        turns = {stake.period.start for stake in entity.stakes} | {date(2026, 11, 24)}
        for day in filter(None, turns):
            held = sum(s.capital or 0 for s in entity.stakes if s.period.holds(day))
            assert held <= 100.5, f"{entity.id} on {day}: {held} %"
