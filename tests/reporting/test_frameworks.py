"""Frameworks in the report: two results side by side, each answer with the fact that gave it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from auditor import reporting
from auditor.model.assessed import Bound
from auditor.reporting import frameworks
from auditor.reporting.drawing import Bullet, bullets
from auditor.reporting.reading import Reading
from auditor.reporting.strokes import PAGE
from auditor.reporting.terminal import terminal
from tests.reporting import sample

STEPS = ("SEAL-0", "SEAL-1", "SEAL-2", "SEAL-3", "SEAL-4")


@pytest.fixture
def sections() -> tuple[frameworks.Section, ...]:
    return frameworks.sections(Reading(sample.assessment(), "fr"))


def _page(language: str = "fr") -> str:
    return reporting.render("html", sample.assessment(), language).decode()


def test_every_framework_is_listed_and_only_those_applied_have_a_section(
    sections: tuple[frameworks.Section, ...],
) -> None:
    lines = frameworks.overview(Reading(sample.assessment(), "fr"))
    assert [(line.bound, line.proved, line.passing) for line in lines] == [
        ("s’applique si l’acheteur le choisit", "de NIV-0 à NIV-1", "non atteint"),
        ("portée non établie", "non satisfait", "non atteint"),
    ]
    assert frameworks.unbound(Reading(sample.assessment(), "fr")) == "Exigences"
    assert lines[1].missing == "de quelle sorte d’organisme il s’agit"
    assert [section.framework.id for section in sections] == ["cadre-gradue", "exigences"]


def test_a_level_is_given_as_proved_and_as_declared(
    sections: tuple[frameworks.Section, ...],
) -> None:
    card = sections[0].cards[0]
    assert [(group.id, group.proved, group.declared) for group in card.groups] == [
        ("OBJ-1", "de NIV-0 à NIV-1", "idem"),
        ("OBJ-2", "de NIV-0 à NIV-4", "NIV-2"),
        ("OBJ-3", "NIV-4", "idem"),
        ("OBJ-4", "de NIV-0 à NIV-4", "idem"),
    ]


def test_the_question_that_caps_a_group_is_named(sections: tuple[frameworks.Section, ...]) -> None:
    assert sections[0].cards[1].groups[0].caps == ()
    known = [line.item.id for line in sections[0].cards[0].lines]
    assert known == ["1.1", "2.1", "3.1"]


def test_every_answer_names_the_fact_that_gave_it(
    sections: tuple[frameworks.Section, ...],
) -> None:
    lines = {line.item.id: line for line in sections[0].cards[0].lines}
    assert re.fullmatch(
        r"lois étrangères \[x\d+(, x\d+)*(, et \d+ autres?)?\]", *lines["1.1"].grounds
    )
    assert lines["2.1"].grounds == ("réponse moyenne (ligne 31)",)
    assert lines["3.1"].grounds == ("siège statutaire\u00a0: Irlande",)


def test_a_declaration_that_the_facts_exclude_is_shown_as_such() -> None:
    assert "que les faits excluent" in _page()
    assert "which the facts exclude" in _page("en")


def test_the_weight_set_used_and_the_minimum_are_named(
    sections: tuple[frameworks.Section, ...],
) -> None:
    assert sections[0].minimum == (
        "Seuil retenu\u00a0: NIV-2 (appel d’offres). Par objectif\u00a0: OBJ-1 NIV-3."
    )
    assert sections[1].minimum == "Seuil\u00a0: toutes les exigences."
    assert [used for *_, used in sections[0].cards[0].scores] == [True]


def test_depth_names_whom_and_which_layers_were_not_followed(
    sections: tuple[frameworks.Section, ...],
) -> None:
    depth = sections[0].cards[0].depth
    assert "Rien n’établit que cette liste soit complète." in depth
    assert "Couches techniques où les fournisseurs restent à suivre\u00a0: stockage." in depth


def test_requirements_are_told_by_service(sections: tuple[frameworks.Section, ...]) -> None:
    rows = {row.item.id: row for row in sections[1].rows}
    assert (rows["a"].met, rows["a"].unmet) == ("ExampleCloud Office", "Hôte inconnu")
    assert rows["b"].told == "ExampleCloud Office, Hôte inconnu"
    assert rows["c"].open == "ExampleCloud Office, Hôte inconnu"


def test_a_figure_is_followed_by_its_table() -> None:
    page = _page()
    assert page.index("<title>Niveaux de ExampleCloud Office") < page.index('"plain objectives"')


def test_the_terminal_says_it_in_a_line() -> None:
    lines = terminal(sample.assessment(), "fr", 100, color=False).splitlines()
    assert [line for line in lines if line.startswith("Référentiels")] == [
        "Référentiels  Cadre gradué\u00a0: de NIV-0 à NIV-1"
    ]


def test_without_frameworks_the_terminal_says_nothing_of_them() -> None:
    silent = replace(sample.assessment(), frameworks=())
    assert "Référentiels" not in terminal(silent, "fr", 100, color=False)


def test_a_framework_that_binds_is_in_the_line_whatever_its_scale() -> None:
    whole = sample.assessment()
    bound = tuple(replace(each, bound=Bound.YES) for each in whole.frameworks)
    said = frameworks.in_a_line(Reading(replace(whole, frameworks=bound), "en"))
    assert said == "Graded framework: NIV-0 to NIV-1; Requirements: not met"


def _rows(*spans: tuple[int, int]) -> list[Bullet]:
    return [
        Bullet(f"SOV-{n} Souveraineté de la chaîne d’approvisionnement", low, high, (low, high))
        for n, (low, high) in enumerate(spans, 1)
    ]


@pytest.mark.parametrize("least", [None, 0, 4])
def test_a_figure_of_levels_stays_in_its_frame(least: int | None) -> None:
    svg = str(bullets("titre", _rows((0, 0), (0, 4), (4, 4), (2, 3)), STEPS, least))
    breadth, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)', svg)[0])
    assert breadth <= PAGE
    for x, y, b, h in re.findall(
        r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)', svg
    ):
        assert float(x) + float(b) <= breadth
        assert float(y) + float(h) <= height
    assert all(float(x) >= 0 for x in re.findall(r'<text x="(-?[\d.]+)', svg))
    assert "text-anchor" not in svg


def test_the_alternative_of_the_figure_says_all_of_it() -> None:
    title = re.findall(r"<title>(Niveaux[^<]*)</title>", _page())[0]
    assert "OBJ-1 Objectif 1\u00a0: de NIV-0 à NIV-1" in title
    assert title.count("NIV-4") == 3


def test_json_gives_each_answer_its_exposures_evidence_and_line() -> None:
    from auditor.reporting.formats import json as format_

    document: dict[str, Any] = format_.document(sample.assessment())
    graded, plain, unbound = document["frameworks"]
    assert (graded["kinds"], plain["kinds"]) == (["gate", "score"], ["gate"])
    assert unbound["questions"] == unbound["services"] == []
    service = graded["services"][0]
    ids = {x["id"] for x in document["exposures"]}
    grounds = [ground for answer in service["answers"] for ground in answer["grounds"]]
    assert grounds[0]["exposures"]
    assert set(grounds[0]["exposures"]) <= ids
    assert [ground["line"] for ground in grounds] == [None, 31, None]
    assert set(service["evidence"]) <= {look["id"] for look in document["lookups"]}
    assert service["proved"] == {"low": "NIV-0", "high": "NIV-1"}
    assert service["scores"][0]["proved"] == {"low": 25.002, "high": 100.008}
    questions = {q["id"]: [a["value"] for a in q["answers"]] for q in graded["questions"]}
    assert all(set(a["proved"]) <= set(questions[a["question"]]) for a in service["answers"])
