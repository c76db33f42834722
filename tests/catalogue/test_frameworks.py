"""Frameworks are read strictly: a misspelt word must not make an answer pass in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.frameworks import check_answer
from auditor.errors import Place, SourceError
from auditor.model.target import Answer
from tests import knowledge
from tests.knowledge import FILES

SMALL = FILES["frameworks/small.yaml"]
HERE = Place(Path("dossier.yaml"), 7, 3)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return knowledge.catalogue(tmp_path_factory.mktemp("rules"))


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("fact: controlled-from", "fact: controled-from", "did you mean 'controlled-from'?"),
        ("within: [EU], is", "within: [EUU], is", "unknown within 'EUU'"),
        ("within: [EU], is", "is", "'within' is missing"),
        ('leaves: ["no"]', "leaves: [never]", "unknown leaves 'never'"),
        ('is: "no"', "is: never", "unknown is 'never'"),
        ("level: L0}", "level: L9}", "unknown level 'L9'"),
        ("evidence:", "evidense:", "unknown key 'evidense'; did you mean 'evidence'?"),
        ("kinds: [state]", "kinds: [stat]", "unknown kinds 'stat'; did you mean 'state'?"),
        ('A: "50"', 'A: "49"', "the weights add up to 99, not to 100"),
        ('A: "50", B', 'C: "50", B', "unknown group 'C'"),
        ('maximum: "20"', 'maximum: "0"', "a score needs the 'maximum' of every group"),
        ('points: "20"', 'points: "5"', "the answers must go from the worst to the best"),
        ('points: "20"', 'points: "a lot"', "'points' must be a number"),
        ('points: "20"', 'points: "0.00001"', "'points' has more than 4 decimals"),
        ('value: "3"', 'value: "2"', "two answers have the same value"),
        ("- id: q2", "- id: q1", "'q1' stands here twice"),
        ("- id: q1", "- {id: q1, of: organisation", "not YAML"),
        ("roles: [mail.mailbox]", "roles: [mail.mailbx]", "did you mean 'mail.mailbox'?"),
    ],
)
def test_a_mistake_is_shown_where_it_stands(
    right: str, wrong: str, says: str, tmp_path: Path
) -> None:
    assert right in SMALL
    with pytest.raises(SourceError) as mistake:
        knowledge.catalogue(tmp_path, frameworks_small=SMALL.replace(right, wrong, 1))
    text = str(mistake.value)
    assert text.startswith(f"{tmp_path / 'frameworks/small.yaml'}:")
    assert says in text


def test_a_question_to_the_organisation_has_no_evidence(tmp_path: Path) -> None:
    """No look from outside answers it, and no offering does."""
    changed = SMALL.replace("- id: q1", "- id: q1\n                of: organisation", 1)
    with pytest.raises(SourceError, match="a question to the organisation has no evidence"):
        knowledge.catalogue(tmp_path, frameworks_small=changed)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("q1", "yes"),
        ("homemail/q1", "no"),
        ("minimum", "L2"),
        ("minimum", "tender"),
        ("minimum.B", "L1"),
        ("weights", "skew"),
        ("layer.compute", "followed"),
    ],
)
def test_an_answer_is_one_that_the_framework_knows(
    question: str, value: str, catalogue: Catalogue
) -> None:
    answer = Answer("some-framework", question, value, 7)
    check_answer(answer, catalogue.frameworks, catalogue.offerings, HERE)


@pytest.mark.parametrize(
    ("framework", "question", "value", "says"),
    [
        ("some-framwork", "q1", "yes", "unknown framework 'some-framwork'; did you mean"),
        ("some-framework", "q11", "yes", "unknown question of some-framework 'q11'; did you mean"),
        ("some-framework", "q1", "maybe", "answer to some-framework q1 'maybe'; known: no, yes"),
        ("some-framework", "homemial/q1", "yes", "offering 'homemial'; did you mean 'homemail'?"),
        ("some-framework", "minimum", "L7", "known: L0, L1, L2, tender"),
    ],
)
def test_another_answer_is_refused_with_its_place(
    framework: str, question: str, value: str, says: str, catalogue: Catalogue
) -> None:
    answer = Answer(framework, question, value, 7)
    with pytest.raises(SourceError) as mistake:
        check_answer(answer, catalogue.frameworks, catalogue.offerings, HERE)
    assert str(mistake.value).startswith("dossier.yaml:7:3: ")
    assert says in str(mistake.value)


def test_without_a_scale_of_its_own_a_requirement_is_met_or_not(tmp_path: Path) -> None:
    scale = SMALL[SMALL.index("        levels:") : SMALL.index("        citations:")]
    plain = SMALL.replace(scale, "")
    for block in ("q1", "q2"):
        start = plain.index("answers:", plain.index(f"id: {block}"))
        end = plain.find("evidence:", start) if block == "q1" else len(plain)
        plain = plain[:start] + (plain[end:] if block == "q1" else "\n        ")
    framework = knowledge.catalogue(tmp_path, frameworks_small=plain).frameworks["some-framework"]
    assert [level.id for level in framework.levels] == ["not-met", "met"]
    assert {tuple(c.value for c in item.choices) for item in framework.items} == {("no", "yes")}
    assert framework.questions["minimum"] == ("not-met", "met")
