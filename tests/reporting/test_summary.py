"""The page on which somebody decides says no more than the evidence carries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditor.model.assessment import Assessment
from auditor.model.footprint import Footprint, Part
from auditor.model.rule import Severity, Verdict
from auditor.model.target import Contract
from auditor.reporting.chains import chains
from auditor.reporting.matrix import matrix
from auditor.reporting.reading import UNASKED, Reading
from auditor.reporting.summary import summarise
from auditor.reporting.unknowns import questions
from tests.replay import replayed
from tests.reporting import sample


def _judged(*verdicts: tuple[Verdict, Severity]) -> Assessment:
    """The sample with one finding for each of *verdicts*, and no other."""
    whole = sample.assessment()
    findings = tuple(
        whole.findings[0]._replace(id=f"f{n:02d}", verdict=verdict, severity=severity)
        for n, (verdict, severity) in enumerate(verdicts, 1)
    )
    return replace(whole, findings=findings)


@pytest.mark.parametrize(
    ("verdicts", "level"),
    [
        ([(Verdict.FAIL, Severity.HIGH), (Verdict.UNKNOWN, Severity.CRITICAL)], "serious"),
        ([(Verdict.FAIL, Severity.LOW), (Verdict.UNKNOWN, Severity.HIGH)], "open"),
        ([(Verdict.FAIL, Severity.LOW), (Verdict.UNKNOWN, Severity.LOW)], "some"),
        ([(Verdict.UNKNOWN, Severity.LOW), (Verdict.PASS, Severity.HIGH)], "open"),
        ([(Verdict.PASS, Severity.HIGH)], "clear"),
        ([(Verdict.NOT_APPLICABLE, Severity.HIGH)], "nothing"),
    ],
)
def test_what_may_turn_out_serious_comes_before_what_is_slight(
    verdicts: list[tuple[Verdict, Severity]], level: str
) -> None:
    assert summarise(Reading(_judged(*verdicts), "fr")).level == level


def test_one_sentence_never_stands_for_a_finding_that_names_others() -> None:
    """A rule may fail on two suppliers: the sentence names one of them."""
    reading = Reading(sample.assessment(), "fr")
    says = {finding.id: reading.text(finding.says) for finding in reading.assessment.findings}
    for key in summarise(reading).key:
        assert {says[id] for id in key.ids} == {key.says}


def _recorded_for(role: str) -> Assessment:
    """The sample as a recording that never asked about *role*."""
    whole = sample.assessment()
    gap = next(gap for part in whole.footprint.parts for gap in part.gaps)
    parts = tuple(
        Part(part.domain, part.role, (), (), (replace(gap, why=UNASKED),))
        if part.role == role
        else part
        for part in whole.footprint.parts
    )
    return replace(whole, footprint=Footprint(parts))


def test_what_a_recording_never_asked_is_named_and_not_put_to_suppliers() -> None:
    role = next(f.role for f in sample.assessment().findings if f.verdict is Verdict.UNKNOWN)
    reading = Reading(_recorded_for(role), "fr")
    assert role in [part.role for part in reading.uncovered]
    assert any("été examiné" in s for s in summarise(reading).sentences)
    about = {f.id for f in reading.assessment.findings if reading.is_uncovered(f)}
    assert not about & {
        id
        for ask in questions(reading)
        for id in ask.findings
        if reading.assessment.findings[int(id[1:]) - 1].verdict is Verdict.UNKNOWN
    }


def test_a_step_says_who_does_it_and_a_letter_to_whom() -> None:
    reading = Reading(sample.assessment(), "fr")
    steps = summarise(reading).steps
    assert {step.who for step in steps} == {"Informatique", "Achats", "Juridique"}
    letter = next(step.what for step in steps if step.what.startswith("Envoyer"))
    assert "ExampleCloud Office" in letter


def test_nobody_writes_to_suppliers_that_nobody_named() -> None:
    """Who looked at nothing has questions, and no addressee."""
    summary = summarise(Reading(replayed("no-mail"), "fr"))
    assert summary.headline.startswith("Ne rien décider")
    assert summary.steps[0].what.startswith("Nommer les prestataires")
    assert not any("Envoyer les" in step.what for step in summary.steps)


def test_what_can_be_looked_up_comes_before_what_must_be_asked() -> None:
    steps = [step.what for step in summarise(Reading(replayed("google"), "fr")).steps]
    live, letter = (
        next(number for number, step in enumerate(steps) if step.startswith(start))
        for start in ("Refaire l’audit", "Envoyer")
    )
    assert live < letter


@pytest.mark.parametrize(
    ("ends", "notice", "says"),
    [
        (date(2027, 4, 1), 90, "avant le 1er\u00a0janvier 2027"),
        (date(2027, 4, 1), None, "Tenir pour échéance le 1er\u00a0avril 2027"),
        (date(2027, 4, 1), 300, "est passé"),
        (date.min, 300, "est passé"),
    ],
)
def test_the_time_limit_is_that_of_the_contract(ends: date, notice: int | None, says: str) -> None:
    """None is made up: where no contract tells one, the step says so."""
    whole = sample.assessment()
    target = replace(whole.target, contract=Contract(None, ends, notice))

    def purchasing(assessment: Assessment) -> str:
        steps = summarise(Reading(assessment, "fr")).steps
        return " ".join(step.what for step in steps if step.who == "Achats")

    assert says in purchasing(replace(whole, target=target))
    assert "ne les connaît pas" in purchasing(replace(whole, target=replace(target, contract=None)))


def test_each_effect_names_the_law_that_was_found_to_have_it() -> None:
    """An interval alone answers nobody’s question."""
    summary = summarise(Reading(replayed("google"), "fr"))
    answers = {line.effect.value: line.answer for line in summary.effects}
    assert answers["disclosure"].startswith("États-Unis\u00a0: boîtes aux lettres")
    assert answers["tampering"] == "non établi"


def test_our_own_look_ups_are_not_put_to_suppliers() -> None:
    reading = Reading(sample.assessment(), "fr")
    phrase = reading.assessment.knowledge.words["missing.look-up"].fr.partition("{")[0].strip(" (")
    assert not [p for ask in questions(reading) for p in ask.points if phrase in p.lower()]


def test_an_attribution_that_nobody_verified_proves_no_exposure() -> None:
    """The engine does not let it decide; no page may look as if it did."""
    whole = sample.assessment()
    parts = tuple(
        part._replace(dependencies=tuple(d._replace(verified=False) for d in part.dependencies))
        for part in whole.footprint.parts
    )
    reading = Reading(replace(whole, footprint=Footprint(parts)), "fr")
    assert chains(Reading(whole, "fr"))
    assert chains(reading) == ()
    rows = matrix(reading).rows
    assert rows
    assert not [mark for row in rows for cell in row.cells for mark in cell.marks if mark[1]]
    assert all(row.doubt for row in rows)
