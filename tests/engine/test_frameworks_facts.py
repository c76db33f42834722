"""The facts of frameworks, each in its three values and with what it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.framework_questions import FACTS
from auditor.engine import frameworks_facts
from auditor.engine.frameworks_facts import read
from auditor.engine.frameworks_scene import Reading, Scene
from auditor.exposure.grasps import Grasps
from auditor.exposure.parties import World
from auditor.model.framework import Clause
from auditor.model.party import Offering, Qualification
from auditor.model.target import Certificate, Declared, Exit
from auditor.model.text import Period, Provenance, Text
from tests import knowledge

DAY = date(2026, 3, 1)
READ = Provenance("register", date(2026, 11, 1), verified=True)
BELIEVED = Provenance("memory", date(2026, 11, 1), verified=False)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return knowledge.catalogue(tmp_path_factory.mktemp("rules"))


def reading(
    catalogue: Catalogue,
    fact: str,
    offering: str | Offering,
    *said: Declared,
    entities: bool = False,
    **parameters: str,
) -> Reading:
    known = catalogue.offerings[offering] if isinstance(offering, str) else offering
    world = World(catalogue.entities, catalogue.jurisdictions, DAY, catalogue.words)
    grasps = Grasps(catalogue, DAY)
    scene = Scene(known, said, world, grasps, catalogue.laws, "HL", entities)
    given = tuple((name, (word,)) for name, word in parameters.items())
    return read(Clause(fact, given, True, ()), scene)


def told(**said: object) -> Declared:
    return replace(Declared("mail.mailbox", "homemail", 9), **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fact", "offering", "truth"),
    [
        ("seat", "homemail", True),
        ("seat", "overcloud-machines", False),
        ("seat", "rumour-mail", None),
        ("controlled-from", "homemail", True),
        ("controlled-from", "overcloud-mail", False),
        ("controlled-from", "sold-mail", False),
        ("controlled-from", "closed-mail", None),
        ("technology-from", "homemail", False),
        ("technology-from", "sold-mail", None),
        ("sub-processors-from", "homemail", None),
        ("head-office", "homemail", None),
        ("data-kept", "homemail", True),
        ("data-kept", "overcloud-mail", None),
    ],
)
def test_a_fact_about_the_parties(
    fact: str, offering: str, truth: bool | None, catalogue: Catalogue
) -> None:
    found = reading(catalogue, fact, offering, within="EU")
    assert found.truth is truth
    assert bool(found.grounds) == (truth is not None)
    assert bool(found.missing) == (truth is None)
    assert not found.said


def test_the_party_against_is_named(catalogue: Catalogue) -> None:
    found = reading(catalogue, "controlled-from", "overcloud-mail", within="EU")
    assert [g.says.en for g in found.grounds] == [
        "in the chain of control, Overcloud Inc.: Overland"
    ]


def test_asked_of_each_entity_a_fact_needs_the_whole_list(catalogue: Catalogue) -> None:
    """That the operator lies within says nothing of sub-processors that nobody lists."""
    assert reading(catalogue, "seat", "homemail", within="EU").truth is True
    deep = reading(catalogue, "seat", "homemail", within="EU", entities=True)
    assert deep.truth is None
    assert "sub-processors" in deep.missing[0].en


def test_one_entity_outside_is_enough(catalogue: Catalogue) -> None:
    homemail = catalogue.offerings["homemail"]
    below = replace(homemail, subprocessors=homemail.technology)
    assert reading(catalogue, "seat", below, within="EU", entities=True).truth is False
    assert reading(catalogue, "sub-processors-from", below, within="EU").truth is False


@pytest.mark.parametrize(
    ("offering", "effect", "truth"),
    [
        ("overcloud-mail", "disclosure", True),
        ("homemail", "interruption", True),
        ("homemail", "disclosure", False),
        ("closed-mail", "disclosure", None),
    ],
)
def test_whether_a_law_from_outside_reaches_it(
    offering: str, effect: str, truth: bool | None, catalogue: Catalogue
) -> None:
    found = reading(catalogue, "reached", offering, effect=effect, outside="EU")
    assert found.truth is truth
    laws = {"disclosure": "ol-access", "interruption": "ol-export"}
    assert [g.laws for g in found.grounds if g.laws] == ([(laws[effect],)] if truth else [])


def test_a_law_can_be_looked_for_by_one_hook(catalogue: Catalogue) -> None:
    found = reading(
        catalogue, "reached", "homemail", effect="interruption", hook="incorporation", outside="EU"
    )
    assert found.truth is False


def test_keys_that_an_operator_holds_by_default_may_be_held_otherwise(
    catalogue: Catalogue,
) -> None:
    homemail = replace(catalogue.offerings["homemail"], keys="operator")
    assert reading(catalogue, "keys-held-by", homemail, by="customer").truth is None
    said = reading(catalogue, "keys-held-by", homemail, told(keys="customer"), by="customer")
    assert (said.truth, said.said, said.grounds[0].line) == (True, True, 9)
    only = replace(homemail, keys="customer")
    assert reading(catalogue, "keys-held-by", only, by="customer").truth is True


def test_what_the_catalogue_knows_of_the_place_prevails_over_what_is_said(
    catalogue: Catalogue,
) -> None:
    said = told(regions=("OL",))
    found = reading(catalogue, "data-kept", "homemail", said, within="EU")
    assert (found.truth, found.said) == (True, False)
    elsewhere = reading(catalogue, "data-kept", "overcloud-mail", said, within="EU")
    assert (elsewhere.truth, elsewhere.said) == (False, True)


def test_only_a_contract_tells_from_where_a_service_is_administered(catalogue: Catalogue) -> None:
    assert reading(catalogue, "administered-from", "homemail", within="EU").truth is None
    said = told(support=("HL", "OL"))
    assert reading(catalogue, "administered-from", "homemail", said, within="EU").truth is False


@pytest.mark.parametrize(
    ("period", "provenance", "truth"),
    [
        (Period(date(2025, 1, 1), date(2026, 3, 1)), READ, True),
        (Period(date(2025, 1, 1), date(2026, 2, 28)), READ, None),
        (Period(date(2025, 1, 1), None), BELIEVED, None),
    ],
)
def test_a_qualification_holds_for_its_period_and_when_it_was_read(
    period: Period, provenance: Provenance, truth: bool | None, catalogue: Catalogue
) -> None:
    held = Qualification("Seal", None, "", period, provenance)
    offering = replace(catalogue.offerings["homemail"], qualifications=(held,))
    assert reading(catalogue, "qualified", offering, scheme="Seal").truth is truth


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (Text("courrier", "mail"), "Seal (courrier)"),
        (None, "Seal, périmètre non lu"),
    ],
)
def test_a_qualification_is_told_with_its_scope(
    scope: Text | None, said: str, catalogue: Catalogue
) -> None:
    held = Qualification("Seal", scope, "", Period(None, None), READ)
    offering = replace(catalogue.offerings["homemail"], qualifications=(held,))
    (ground,) = reading(catalogue, "qualified", offering, scheme="Seal").grounds
    assert ground.says.fr.endswith(said)


def test_that_no_qualification_is_on_record_proves_nothing(catalogue: Catalogue) -> None:
    found = reading(catalogue, "qualified", "homemail", scheme="Seal")
    assert found.truth is None
    assert "Seal" in found.missing[0].en


def test_a_declared_certificate_counts_as_declared(catalogue: Catalogue) -> None:
    certificate = Certificate("seal", "", "", Period(date(2026, 1, 1), None), 14)
    found = reading(
        catalogue, "qualified", "homemail", told(certificates=(certificate,)), scheme="Seal"
    )
    assert (found.truth, found.said, found.grounds[0].line) == (True, True, 14)


def test_an_exit_is_agreed_when_formats_are_named(catalogue: Catalogue) -> None:
    assert reading(catalogue, "exit-agreed", "homemail").truth is None
    said = told(exit=Exit(("mbox",), None, None))
    found = reading(catalogue, "exit-agreed", "homemail", said)
    assert (found.truth, found.said) == (True, True)
    assert "mbox" in found.grounds[0].says.en


def test_recipients_are_judged_by_how_their_law_stands_to_the_organisation(
    catalogue: Catalogue,
) -> None:
    known = replace(catalogue.offerings["homemail"], subprocessors_known=True)
    assert reading(catalogue, "recipients-under", known, standing="home").truth is True
    assert reading(catalogue, "recipients-under", known, standing="third").truth is False


def test_holdings_are_read_for_capital_and_for_votes(tmp_path: Path) -> None:
    """100 % of the capital, votes not known: the capital is enough for a no."""
    world = knowledge.catalogue(tmp_path)
    found = reading(
        world, "holdings-within", "overcloud-mail", within="EU", each="24", together="39"
    )
    assert found.truth is False
    assert [g.says.en for g in found.grounds] == [
        "share of Overcloud Inc. (Overland) in the capital of Overcloud Europe Ltd: at least 100%"
    ]


def test_every_fact_that_a_framework_may_name_is_known_here() -> None:
    assert set(FACTS) == set(frameworks_facts.KNOWN)
