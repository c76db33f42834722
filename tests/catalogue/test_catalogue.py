"""The whole body of knowledge: read completely, or refused with every mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import resources
from auditor.audit import knowledge
from auditor.errors import AuditorError, SourceError, SourceErrors
from tests import knowledge as world


def said(directory: Path, **changed: str) -> str:
    with pytest.raises((SourceError, SourceErrors)) as caught:
        world.catalogue(directory, **changed)
    return str(caught.value)


def test_the_knowledge_we_ship_is_whole_and_its_rules_prove_themselves() -> None:
    catalogue = knowledge(resources.rules(), fresh=True)
    assert len(catalogue.rules) >= 15
    assert len(catalogue.laws) >= 8


def test_what_we_ship_names_more_vendors_than_it_knows_the_operators_of() -> None:
    offerings = list(knowledge(resources.rules()).offerings.values())
    seen = [o for o in offerings if o.operator is None and o.fingerprints]
    assert len(seen) >= 1_500
    assert sum(len(offering.fingerprints) for offering in offerings) >= 4_000


def test_the_made_up_world_is_read(tmp_path: Path) -> None:
    catalogue = world.catalogue(tmp_path)
    assert catalogue.offerings["homemail"].operator == "homemail-sa"


def test_a_misspelt_law_in_a_rule_cannot_pass_in_silence(tmp_path: Path) -> None:
    rule = world.FILES["criteria/mail.yaml"].replace(
        "effect: disclosure, hook", "law: ol-acess, hook"
    )
    assert "unknown law 'ol-acess'; did you mean 'ol-access'?" in said(tmp_path, criteria_mail=rule)


def test_a_misspelt_field_of_a_condition_is_refused(tmp_path: Path) -> None:
    rule = world.FILES["criteria/mail.yaml"].replace("standing:", "standin:")
    assert "unknown field 'standin' of exposure; did you mean 'standing'?" in said(
        tmp_path, criteria_mail=rule
    )


def test_a_placeholder_that_is_none_is_refused(tmp_path: Path) -> None:
    rule = world.FILES["criteria/mail.yaml"].replace("Reste à savoir {missing}", "{mising}")
    assert "unknown placeholder '{mising}' in fr; did you mean 'missing'?" in said(
        tmp_path, criteria_mail=rule
    )


def test_a_fingerprint_that_no_probe_could_see_is_refused(tmp_path: Path) -> None:
    providers = world.FILES["providers/world.yaml"].replace("on: dns.dkim,", "on: dns.dkimm,")
    assert "no probe sees 'dns.dkimm' to compare; did you mean 'dns.dkim'?" in said(
        tmp_path, providers_world=providers
    )


def test_every_dangling_reference_is_told_at_once(tmp_path: Path) -> None:
    providers = (
        world.FILES["providers/world.yaml"]
        .replace("operator: homemail-sa", "operator: homemial-sa", 1)
        .replace("owner: overcloud-inc, capital: 64", "owner: overcloud, capital: 64")
    )
    message = said(tmp_path, providers_world=providers)
    assert "unknown entity 'homemial-sa'; did you mean 'homemail-sa'?" in message
    assert "unknown entity 'overcloud'" in message


def test_a_rule_that_does_not_do_what_its_example_says_is_refused(tmp_path: Path) -> None:
    rule = world.FILES["criteria/mail.yaml"].replace("expect: pass", "expect: fail")
    world.write(tmp_path, criteria_mail=rule)
    with pytest.raises(AuditorError, match="says pass for 'at home', the example expects fail"):
        knowledge(tmp_path, fresh=True)


def test_periods_of_a_law_that_overlap_are_refused(tmp_path: Path) -> None:
    law = world.FILES["laws/ol-access.yaml"].replace('from: "2026-06-13"', 'from: "2026-06-01"')
    assert "this period begins before the one above ends" in said(tmp_path, laws_ol_access=law)
