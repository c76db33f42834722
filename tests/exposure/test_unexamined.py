"""That no law on record reaches a party proves nothing where nobody read that State's law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.exposure.grasps import Grasps
from auditor.model.law import Effect
from tests import knowledge as world

DAY = date(2026, 3, 1)
FOREIGN = ("third", "partly-adequate", "adequate")


@pytest.fixture
def grasps(tmp_path: Path) -> Grasps:
    """Farland, of which no law is on record, holds a company incorporated at home."""
    providers = world.FILES["providers/world.yaml"].replace(
        "- {id: overcloud-inc,",
        f"- {{id: farland-inc, name: Farland Inc., incorporated_in: FL, ownership_known: true, "
        f"{world.READ}}}\n          - {{id: overcloud-inc,",
    )
    providers = providers.replace(
        "owner: overcloud-inc, capital: 64", "owner: farland-inc, capital: 64"
    )
    state = f"- {{id: FL, name: {{fr: Loin, en: Farland}}, {world.READ}}}"
    places = world.FILES["jurisdictions/world.yaml"].replace(
        "- id: OL\n", f"{state}\n          - id: OL\n"
    )
    catalogue: Catalogue = world.catalogue(
        tmp_path, providers_world=providers, jurisdictions_world=places
    )
    return Grasps(catalogue, DAY)


def told(grasps: Grasps, offering: str | None, effect: Effect, home: str = "HL") -> list[str]:
    found = grasps.unexamined(offering, "mail.mailbox", "service", home, effect, FOREIGN)
    return [text.en for text in found]


def test_the_state_of_an_owner_without_a_law_on_record_is_named(grasps: Grasps) -> None:
    (only,) = told(grasps, "sold-mail", Effect.DISCLOSURE)
    assert only.endswith("(Farland)")


def test_a_state_is_examined_for_an_effect_and_not_for_another(grasps: Grasps) -> None:
    assert told(grasps, "overcloud-machines", Effect.DISCLOSURE) == []
    assert told(grasps, "overcloud-mail", Effect.DISCLOSURE) == []
    (only,) = told(grasps, "overcloud-mail", Effect.TAMPERING)
    assert "Overland" in only


def test_the_organisations_own_space_is_not_foreign(grasps: Grasps) -> None:
    assert told(grasps, "homemail", Effect.DISCLOSURE) == []


def test_nobody_identified_has_no_state(grasps: Grasps) -> None:
    assert told(grasps, None, Effect.DISCLOSURE) == []
