"""What `docs/the-case*.md` says is what the engine finds, word by word and cell by cell."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.cli import group
from auditor.model.assessed import Bound
from auditor.model.assessment import Assessment, State
from auditor.model.law import Effect
from auditor.model.scenario import Outcome
from auditor.reporting.reading import NEAR
from tests import case_pages
from tests.case_changes import foreign, verdicts
from tests.case_pages import PAGES, TABLES
from tests.checkout import ROOT
from tests.replay import FIXTURES
from tests.the_case import DAYS, OPTIONS, THEN, VARIANTS, assessment, plan, plays, varied

MICROSOFT, BLEU, TWAKE, CLEVER = OPTIONS
LANGUAGES = tuple(PAGES)
EVERY_DAY = pytest.mark.parametrize("day", DAYS, ids=str)
EVERY_OPTION = pytest.mark.parametrize("story", OPTIONS)


def _reached(found: Assessment, effect: Effect) -> set[tuple[str, str]]:
    """Law and last party of each established path to a law from outside the Union."""
    return {(x.grasp.law, x.grasp.path[-1].entity) for x in foreign(found, effect, State.REACHED)}


def _outcomes(story: str, scenario: str) -> set[Outcome]:
    (played,) = (each for each in plays(story) if each.scenario.id == scenario)
    return {each.outcome for each in played.consequences}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_is_what_the_engine_finds(language: str) -> None:
    assert PAGES[language].read_text(encoding="utf-8") == case_pages.page(language), (
        "run: make docs, and read the diff"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_pages_hold_every_table_in_one_order(language: str) -> None:
    assert case_pages.names(language) == case_pages.names("fr")
    assert set(case_pages.names(language)) == set(TABLES)


@EVERY_OPTION
def test_the_dossier_that_is_shown_is_the_one_that_was_recorded(story: str) -> None:
    shown = (FIXTURES / story / "dossier.yaml").read_bytes()
    assert shown == (FIXTURES / story / "bundle" / "dossier.yaml").read_bytes()


@EVERY_OPTION
def test_nobody_was_asked(story: str) -> None:
    found = assessment(story)
    assert {each.via for each in found.lookups} == {"dossier"}
    assert found.target.organisation.notice is not None


@EVERY_DAY
def test_microsoft_is_reached_through_its_parent_to_open_and_to_cut(day: date) -> None:
    found = assessment(MICROSOFT, day)
    assert _reached(found, Effect.DISCLOSURE) == {("us-cloud-act", "microsoft-corporation")}
    assert _reached(found, Effect.INTERRUPTION) == {
        ("us-export-controls", "microsoft-corporation"),
        ("us-sanctions", "microsoft-corporation"),
    }


@EVERY_DAY
def test_bleu_is_reached_through_its_technology_to_cut_and_not_to_open(day: date) -> None:
    found = assessment(BLEU, day)
    assert _reached(found, Effect.DISCLOSURE) == set()
    assert _reached(found, Effect.INTERRUPTION) == {("us-export-controls", "microsoft-corporation")}
    (way,) = {x.grasp.path for x in foreign(found, Effect.INTERRUPTION, State.REACHED)}
    assert [step.relation for step in way] == ["operator", "technology"]


@EVERY_DAY
@pytest.mark.parametrize("story", [TWAKE, CLEVER])
def test_no_established_path_leads_from_twake_to_a_law_outside(story: str, day: date) -> None:
    for effect in Effect:
        assert _reached(assessment(story, day), effect) == set()


@EVERY_DAY
@EVERY_OPTION
def test_nobody_is_out_of_reach(story: str, day: date) -> None:
    found = assessment(story, day)
    for effect in Effect:
        assert foreign(found, effect, State.UNKNOWN)
    assert any(x.standing in NEAR and x.grasp.state is State.REACHED for x in found.exposures)


@EVERY_OPTION
def test_no_verdict_changes_in_the_year(story: str) -> None:
    assert verdicts(assessment(story, THEN)) == verdicts(assessment(story))


@EVERY_OPTION
def test_whether_the_sren_act_binds_an_assembly_is_left_open(story: str) -> None:
    results = {each.framework.id: each for each in assessment(story).frameworks}
    assert results["fr-sren-31"].bound is Bound.UNKNOWN
    assert any("ne les" in text.fr or "il ne" in text.fr for text in results["fr-sren-31"].missing)
    assert results["fr-cloud-au-centre-r9"].bound is Bound.NO


@pytest.mark.parametrize(("story", "ceiling"), [(MICROSOFT, 1), (BLEU, 2), (TWAKE, 4), (CLEVER, 4)])
def test_the_floor_is_the_same_and_the_ceiling_differs(story: str, ceiling: int) -> None:
    (result,) = (each for each in assessment(story).frameworks if each.framework.id == "eu-csf")
    assert result.levels is not None
    assert result.levels.proved == (0, ceiling)


def test_only_the_host_of_option_3_has_a_known_qualification() -> None:
    for story in OPTIONS:
        known = assessment(story).knowledge.offerings
        qualified = {
            id_
            for id_, offering in known.items()
            if any(each.scheme == "SecNumCloud 3.2" for each in offering.qualifications)
        }
        assert qualified == ({"outscale-secnumcloud"} if story == TWAKE else set())


def test_a_foreign_technology_that_stops_hits_microsoft_and_bleu() -> None:
    found = {story: _outcomes(story, "technology-cut-off") for story in OPTIONS}
    assert found[MICROSOFT] == found[BLEU] == {Outcome.HIT}
    assert found[TWAKE] == found[CLEVER] == {Outcome.UNKNOWN}


def test_a_purchase_hits_whom_nobody_there_controls_yet() -> None:
    found = {story: _outcomes(story, "acquisition") for story in OPTIONS}
    assert found.pop(MICROSOFT) == {Outcome.SPARED}
    assert all(outcomes == {Outcome.HIT} for outcomes in found.values())


@EVERY_OPTION
def test_the_end_of_an_adequacy_decision_stops_no_service(story: str) -> None:
    """What a transfer rests on says nothing of who can stop the technology of a service."""
    (played,) = (each for each in plays(story) if each.scenario.id == "adequacy-falls")
    assert {each.effect for each in played.consequences} == {Effect.DISCLOSURE}


@EVERY_OPTION
def test_the_end_of_the_supplier_hits_every_option(story: str) -> None:
    assert _outcomes(story, "supplier-ends") == {Outcome.HIT}


def test_there_is_a_way_out_of_what_is_reached_and_of_nothing_else() -> None:
    assert [bool(plan(story).ways) for story in OPTIONS] == [True, True, False, False]


@pytest.mark.parametrize("name", ["qualified", "transparent-bleu"])
def test_neither_a_qualification_nor_openness_ends_the_dependence_of_bleu(name: str) -> None:
    (variant,) = (each for each in VARIANTS if each.id == name)
    assert _reached(varied(variant), Effect.INTERRUPTION) == _reached(
        assessment(BLEU), Effect.INTERRUPTION
    )


def test_keys_that_are_declared_against_what_is_known_change_no_verdict() -> None:
    (variant,) = (each for each in VARIANTS if each.id == "keys")
    assert verdicts(varied(variant)) == verdicts(assessment(MICROSOFT))
    assert {each.kind for each in varied(variant).contradictions} == {"keys"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_calls_nothing_compliant_or_illegal(language: str) -> None:
    text = PAGES[language].read_text(encoding="utf-8").lower()
    assert not re.search(r"\bconformes?\b|\bill[ée]ga|\bcompliant\b|\bnon-compliant\b", text)


def _commands() -> list[str]:
    return list(
        dict.fromkeys(
            line.strip()
            for path in PAGES.values()
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.startswith("    auditor ")
        )
    )


@pytest.mark.slow
@pytest.mark.parametrize("line", _commands())
def test_a_command_of_the_page_does_what_it_says(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    monkeypatch.chdir(tmp_path)
    words = shlex.split(line)[1:]
    result = CliRunner().invoke(group, words)
    assert result.exit_code == 0, result.output
    if words[0] == "report":
        made = tmp_path / words[words.index("-o") + 1]
        languages = words[words.index("--lang") + 1].split(",")
        assert all((made / f"report.{language}.pdf").exists() for language in languages)
    else:
        assert "llustration" in result.stdout
