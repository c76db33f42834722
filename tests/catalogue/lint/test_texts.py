"""French as it is typeset, no verdict that is a court's, and clauses that leave a choice."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import resources
from auditor.catalogue.lint.texts import texts
from auditor.catalogue.lint.written import Written
from tests import knowledge
from tests.catalogue.lint.looking import place, said

RULES = knowledge.FILES["criteria/mail.yaml"]
LAW = knowledge.FILES["laws/ol-access.yaml"]


@pytest.mark.parametrize(
    ("french", "at", "message"),
    [
        ("Un titre ; deux", ";", "a narrow no-break space (U+202F) belongs before ';'"),
        ("Est-ce vrai?", "?", "a narrow no-break space (U+202F) belongs before '?'"),
        ("Le titre : suite", ": suite", "a no-break space (U+00A0) belongs before ':'"),
        ("Dit « oui\u202f»", "«", "a narrow no-break space (U+202F) belongs after '«'"),
        ("Dit «\u202foui »", "»", "a narrow no-break space (U+202F) belongs before '»'"),
        ("L'accès", "'accès", "the apostrophe is ’ (U+2019)"),
    ],
)
def test_french_is_typeset_as_french(french: str, at: str, message: str, tmp_path: Path) -> None:
    rules = RULES.replace("{fr: Titre,", f'{{fr: "{french}",')
    (line,) = said(tmp_path, criteria_mail=rules)

    assert line.startswith(f"{place('criteria/mail.yaml', rules, at)}: error: {message}, in '")


@pytest.mark.parametrize(
    "french",
    [
        "Voir https://loi.example/?a=b;c, à 12:30",
        "Le titre\u00a0: «\u202foui\u202f»\u202f; vrai\u202f?",
        "Le signe «\u202f?\u202f»",
    ],
)
def test_french_that_is_right_is_left_alone(french: str, tmp_path: Path) -> None:
    assert said(tmp_path, criteria_mail=RULES.replace("{fr: Titre,", f'{{fr: "{french}",')) == []


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "illégal"), ("fr", "non conforme"), ("en", "compliant")]
)
def test_a_criterion_pronounces_no_judgement(language: str, word: str, tmp_path: Path) -> None:
    usual = {"fr": "fr: Pourquoi", "en": "en: Why"}[language]
    rules = RULES.replace(usual, f'{language}: "Ce service est {word}."')
    (line,) = said(tmp_path, criteria_mail=rules)

    assert line.startswith(place("criteria/mail.yaml", rules, word))
    assert f": error: '{word}' is for a court to say" in line


def test_a_law_may_have_to_name_what_it_punishes(tmp_path: Path) -> None:
    law = LAW.replace("{fr: Résumé, en: Summary}", '{fr: Résumé, en: "Punishes illegal access."}')
    (line,) = said(tmp_path, laws_ol_access=law)

    assert ": warning: 'illegal' is for a court to say" in line


def test_conformement_is_no_judgement(tmp_path: Path) -> None:
    rules = RULES.replace("fr: Pourquoi", 'fr: "Conformément à l’article 48"')
    assert said(tmp_path, criteria_mail=rules) == []


@pytest.mark.parametrize(
    ("clause", "missing"),
    [
        ('{fr: "Un label, ou équivalent.", en: "A label, or equivalent."}', None),
        ('{fr: "Un label, ou une preuve équivalente.", en: "A label."}', "'or equivalent'"),
        ('{fr: "Un label.", en: "A label."}', "'ou équivalent' nor 'or equivalent'"),
    ],
)
def test_a_clause_leaves_a_choice(clause: str, missing: str | None, tmp_path: Path) -> None:
    before, _, after = RULES.partition("clause: ")
    rules = f"{before}clause: {clause}\n{after.partition(chr(10))[2]}"
    lines = [line for line in said(tmp_path, criteria_mail=rules) if "clause" in line]

    assert bool(lines) == (missing is not None)
    assert all(f": warning: the clause does not say {missing};" in line for line in lines)


def test_the_texts_we_ship_are_typeset_and_pronounce_nothing() -> None:
    assert [str(r) for r in texts(Written(resources.rules())) if r.error] == []
