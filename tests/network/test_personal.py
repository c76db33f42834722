from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.network.personal import without_personal_data


def _entity(
    kind: str | None, *roles: str, name: str = "Jeanne Exemple", **more: str
) -> dict[str, Any]:
    card: list[Any] = [["version", {}, "text", "4.0"], ["fn", {}, "text", name]]
    if kind:
        card.append(["kind", {}, "text", kind])
    card += [[key, {}, "text", value] for key, value in more.items()]
    card += [
        ["email", {}, "text", "jeanne@city.example"],
        ["tel", {"type": "voice"}, "uri", "tel:+33-1-00-00-00-00"],
        ["adr", {"label": "1 rue du Test\nVille"}, "text", ["", "", "1 rue", "", "", "", "FR"]],
    ]
    return {"handle": "JE1-TEST", "roles": list(roles), "vcardArray": ["vcard", card]}


def _kept(*entities: dict[str, Any]) -> str:
    return json.dumps(without_personal_data({"handle": "N", "entities": list(entities)}))


@pytest.mark.parametrize("kind", ["individual", None])
def test_a_person_is_dropped(kind: str | None) -> None:
    kept = _kept(_entity(kind, "registrant", "technical"))
    assert "Jeanne" not in kept
    assert "JE1-TEST" not in kept


def test_an_organisation_keeps_its_name_and_country() -> None:
    kept = _kept(_entity("org", "registrant", name="Example Hosting"))
    assert "Example Hosting" in kept
    assert '"FR"' in kept


def test_an_organisation_loses_what_leads_to_persons() -> None:
    kept = _kept(_entity("org", "registrant", name="Example Hosting"))
    for lost in ("jeanne@", "+33", "rue"):
        assert lost not in kept


def test_the_employer_of_a_person_is_kept_without_the_person() -> None:
    kept = _kept(_entity("individual", "administrative", org="Example Hosting"))
    assert "Example Hosting" in kept
    assert "Jeanne" not in kept
    assert "JE1-TEST" not in kept


def test_a_registrar_is_a_company_without_saying_so() -> None:
    assert "Example Registrar" in _kept(_entity(None, "registrar", name="Example Registrar"))


def test_persons_beneath_an_organisation_are_dropped() -> None:
    organisation = _entity("org", "registrant", name="Example Hosting")
    organisation["entities"] = [_entity("individual", "technical")]
    assert "Jeanne" not in _kept(organisation)


def test_remarks_links_and_actors_are_dropped() -> None:
    answer = {
        "handle": "N",
        "remarks": [{"description": ["ask Jeanne"]}],
        "links": [{"href": "https://registry.example/entity/JE1-TEST"}],
        "events": [{"eventAction": "registration", "eventDate": "2020", "eventActor": "Jeanne"}],
    }
    assert without_personal_data(answer) == {
        "handle": "N",
        "events": [{"eventAction": "registration", "eventDate": "2020"}],
    }


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "entities",
                    "vcardArray",
                    "roles",
                    "handle",
                    "status",
                    "events",
                    "nameservers",
                    "x",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["entities", "status", "events", "handle"]), _json))
def test_any_json_is_taken(answer: dict[str, Any]) -> None:
    """A registry of the audited party may answer anything."""
    json.dumps(without_personal_data(answer))
