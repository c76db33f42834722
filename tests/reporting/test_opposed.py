"""Contradictions and waivers on the page: nothing is hidden, nothing looks better than it is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from auditor import reporting
from auditor.model.assessment import Assessment
from auditor.model.rule import Verdict
from auditor.reporting.reading import Reading
from auditor.reporting.summary import summarise
from auditor.reporting.terminal import terminal
from tests.reporting import sample


def _text(assessment: Assessment, language: str = "fr") -> str:
    """What a reader of the page reads."""
    page = reporting.render("html", assessment, language).decode("utf-8")
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return _plain(re.sub(r"<[^>]+>", " ", page))


def _plain(text: str) -> str:
    """*text* with every space as an ordinary one."""
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_contradiction_has_both_statements_and_the_question(language: str) -> None:
    text = _text(sample.assessment(), language)

    for each in sample.CONTRADICTIONS:
        for part in (each.title, each.one, each.other, each.question):
            assert _plain(part.in_language(language)) in text
        assert each.id in text


def test_the_questions_of_contradictions_are_among_those_to_send() -> None:
    text = _text(sample.assessment())

    section = text[text.index("5. ", text.index("Contradictions")) :]
    assert "À quoi sert ExampleCloud ? (c01, c02)" in section


def test_what_is_shaken_is_named() -> None:
    shaken = sample.PARTS[0].dependencies[0].label

    assert f"La déclaration seule ({shaken}) ne décide plus" in _text(sample.assessment())


def test_a_dossier_that_nothing_contradicts_is_told_so() -> None:
    agreed = replace(sample.assessment(), contradictions=())

    assert "aucune contradiction n’a été relevée" in _text(agreed)


def test_every_waiver_is_printed_whatever_it_does() -> None:
    text = _text(sample.assessment())

    for use in sample.WAIVERS:
        assert use.waiver.id in text
    for word in ("en vigueur", "échue", "sans objet", "risque accepté", "constat contesté"):
        assert word in text
    assert "Mme Martin, directrice générale des services, le 1er mars 2026" in text
    assert "jusqu’au 30 juin 2027" in text


def test_a_report_without_waivers_has_no_section_of_them() -> None:
    assert 'id="waivers"' not in reporting.render("html", sample.spotless(), "fr").decode()


def test_waivers_change_neither_the_advice_nor_what_weighs_most() -> None:
    """A report that every accepted risk makes better would soon be all well."""
    before = replace(
        sample.assessment(),
        findings=tuple(
            f._replace(verdict=f.judged or f.verdict, judged=None, waiver="")
            for f in sample.assessment().findings
        ),
    )
    after = replace(
        before,
        findings=tuple(
            f._replace(verdict=Verdict.WAIVED, judged=f.verdict, waiver="w1")
            if f.verdict is Verdict.FAIL
            else f
            for f in before.findings
        ),
    )

    then, now = (summarise(Reading(each, "fr")) for each in (before, after))

    assert (now.level, now.headline, now.effects) == (then.level, then.headline, then.effects)
    assert [finding.says for finding in now.key] == [finding.says for finding in then.key]
    assert all("sous dérogation w1" in finding.subjects for finding in now.key)


def test_the_terminal_tells_of_both() -> None:
    text = " ".join(terminal(sample.assessment(), "en", 100, color=False).split())

    assert "sources: 2, of which certain contradictions: 1." in text
    assert "Findings under a waiver in force: 1; open again" in text
