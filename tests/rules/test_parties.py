"""The depth of what is shipped about companies and what they offer."""

from __future__ import annotations

from datetime import date

import pytest

from auditor import resources
from auditor.audit import knowledge
from auditor.catalogue.catalogue import Catalogue
from auditor.exposure.ownership import controllers, ownership
from auditor.model.party import Offering

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return knowledge(resources.rules())


def _traced(offering: Offering, catalogue: Catalogue) -> bool:
    """Whether operator, its place of incorporation and its owners up to the top are stated."""
    if offering.operator is None:
        return False
    operator = catalogue.entities[offering.operator]
    above = ownership(operator, catalogue.entities, DAY)
    return bool(operator.incorporated_in) and not above.unknown


def test_at_least_300_offerings_are_traced_to_the_top(catalogue: Catalogue) -> None:
    assert sum(_traced(offering, catalogue) for offering in catalogue.offerings.values()) >= 300


@pytest.mark.parametrize(
    ("offering", "from_where", "technology"),
    [
        ("microsoft-365-bleu", ("FR",), "microsoft-corporation"),
        ("azure-bleu", ("FR",), "microsoft-corporation"),
        ("s3ns-premi3ns", ("FR",), "google-llc"),
        ("s3ns-local-controls", ("FR",), "google-llc"),
        ("microsoft-365-delos", ("DE",), "microsoft-corporation"),
        ("azure-delos", ("DE",), "microsoft-corporation"),
        ("clarence", ("BE", "LU"), "google-llc"),
        ("polo-strategico-nazionale", ("IT",), "microsoft-corporation"),
        ("aws-european-sovereign-cloud", ("US",), "amazon"),
        ("open-telekom-cloud", ("DE",), "huawei"),
    ],
)
def test_a_sovereign_variant_keeps_control_and_technology_apart(
    catalogue: Catalogue, offering: str, from_where: tuple[str, ...], technology: str
) -> None:
    known = catalogue.offerings[offering]
    assert known.operator is not None
    operator = catalogue.entities[known.operator]
    assert controllers(operator, catalogue.entities, DAY) == from_where
    assert technology in {supply.entity for supply in known.technology}


def test_a_qualification_that_begins_also_ends(catalogue: Catalogue) -> None:
    for offering in catalogue.offerings.values():
        for held in offering.qualifications:
            if held.scheme.startswith("SecNumCloud") and held.period.start:
                assert held.period.end, offering.id
                years = (held.period.end - held.period.start).days / 365.25
                assert years <= 3, f"{offering.id}: a decision is valid for three years at most"


def test_the_qualification_of_one_service_is_not_that_of_its_neighbour(
    catalogue: Catalogue,
) -> None:
    def schemes(offering: str) -> set[str]:
        return {held.scheme for held in catalogue.offerings[offering].qualifications}

    assert any(scheme.startswith("SecNumCloud") for scheme in schemes("ovhcloud-secnumcloud"))
    assert not any(scheme.startswith("SecNumCloud") for scheme in schemes("ovhcloud"))
    assert not any(scheme.startswith("SecNumCloud") for scheme in schemes("s3ns-local-controls"))


def test_public_operators_are_public_bodies_or_held_by_one(catalogue: Catalogue) -> None:
    """A private vendor in that category would be read as an in-house service."""
    private = []
    for offering in catalogue.offerings.values():
        if "public-operator" not in offering.category or offering.operator is None:
            continue
        operator = catalogue.entities[offering.operator]
        above = ownership(operator, catalogue.entities, DAY)
        if not operator.public and not any(top.public for top in above.top):
            private.append(offering.id)
    assert private == []


def test_an_owner_that_nothing_stands_below_is_not_kept(catalogue: Catalogue) -> None:
    used = {o.operator for o in catalogue.offerings.values()}
    for offering in catalogue.offerings.values():
        used |= {s.entity for s in (*offering.technology, *offering.subprocessors)}
    for entity in catalogue.entities.values():
        used |= {stake.owner for stake in entity.stakes}
    assert sorted(set(catalogue.entities) - used) == []
