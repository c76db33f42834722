"""Frameworks applied to an organisation: whom they bind, what is declared, what prevails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.frameworks import Frameworks
from auditor.exposure.grasps import Grasps
from auditor.model.assessed import Bound, FrameworkResult, PointSpan, Span
from auditor.model.footprint import Dependency, Footprint, Part
from auditor.model.rule import Confidence
from auditor.model.subject import Domain
from auditor.model.target import Answer, Declared, Organisation, Target
from tests import knowledge
from tests.engine.assessed import answer
from tests.knowledge import FILES

DOMAIN = "city.example"
STATE = Organisation(kind="state", data=("health",))


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return knowledge.catalogue(tmp_path_factory.mktemp("rules"))


def depends(offering: str | None, role: str = "mail.mailbox", **more: object) -> Dependency:
    known = Dependency(
        id=f"{DOMAIN}/{role}/service/{offering}", domain=DOMAIN, role=role, layer="service",
        subject=DOMAIN, offering=offering, label=offering or "mx.unknown.example", location=(),
        confidence=Confidence.HIGH, because=("MX",), evidence=("0" * 12,),
    )  # fmt: skip
    return known._replace(**more)


def apply(
    catalogue: Catalogue,
    *dependencies: Dependency,
    organisation: Organisation = STATE,
    answers: dict[str, str] | None = None,
    declared: tuple[Declared, ...] = (),
    home: str | None = "HL",
    on: date = date(2026, 6, 1),
) -> FrameworkResult:
    target = Target(
        name="City", domains=(Domain(DOMAIN),), home=home, organisation=organisation,
        declared=declared,
        answers=tuple(
            Answer("some-framework", question, value, line)
            for line, (question, value) in enumerate((answers or {}).items(), 20)
        ),
    )  # fmt: skip
    footprint = Footprint((Part(DOMAIN, "mail.mailbox", dependencies, (), ()),))
    applied = Frameworks(catalogue, Grasps(catalogue, on)).apply(target, footprint, home or "EU")
    return applied[0]


@pytest.mark.parametrize(
    ("organisation", "home", "on", "bound"),
    [
        (STATE, "HL", date(2026, 1, 1), Bound.YES),
        (STATE, "HL", date(2025, 12, 31), Bound.NO),
        (STATE, "OL", date(2026, 1, 1), Bound.NO),
        (STATE, None, date(2026, 1, 1), Bound.UNKNOWN),
        (replace(STATE, kind="company"), "HL", date(2026, 1, 1), Bound.NO),
        (replace(STATE, kind=""), "HL", date(2026, 1, 1), Bound.UNKNOWN),
        (replace(STATE, data=("public", "health")), "HL", date(2026, 1, 1), Bound.YES),
        (replace(STATE, data=("public",)), "HL", date(2026, 1, 1), Bound.NO),
        (Organisation(), "HL", date(2026, 1, 1), Bound.UNKNOWN),
        (Organisation(), "OL", date(2026, 1, 1), Bound.NO),
    ],
)
def test_a_framework_binds_by_kind_data_law_and_day(
    organisation: Organisation, home: str | None, on: date, bound: Bound, catalogue: Catalogue
) -> None:
    result = apply(catalogue, depends("homemail"), organisation=organisation, home=home, on=on)
    assert result.bound is bound
    assert bool(result.missing) == (bound is Bound.UNKNOWN)
    assert bool(result.services) == (bound is not Bound.NO)


def test_what_would_tell_whether_it_binds_is_named(catalogue: Catalogue) -> None:
    result = apply(catalogue, organisation=Organisation())
    assert [each.en for each in result.missing] == [
        "what kind of body it is",
        "which data these services hold",
    ]


def test_what_no_dossier_tells_keeps_open_whether_it_binds(tmp_path: Path) -> None:
    listed = FILES["frameworks/small.yaml"].replace(
        "          text: {fr: Pour essayer",
        "          unsettled: [{kinds: [state], text: {fr: si la liste le nomme, en: whether the "
        "list names it}}]\n          text: {fr: Pour essayer",
        1,
    )
    world = knowledge.catalogue(tmp_path, frameworks_small=listed)
    result = apply(world, depends("homemail"))
    assert result.bound is Bound.UNKNOWN
    assert [each.en for each in result.missing] == ["whether the list names it"]


def test_an_answer_has_it_applied_though_it_does_not_bind(catalogue: Catalogue) -> None:
    company = replace(STATE, kind="company")
    result = apply(catalogue, depends("homemail"), organisation=company, answers={"q2": "3"})
    assert result.bound is Bound.NO
    assert [placed.label for placed in result.services] == ["homemail"]


def test_proved_and_declared_are_two_results(catalogue: Catalogue) -> None:
    """By control at home q1 is yes: L2 and 10 of 10.  q2 is open, or declared: L1 or L2.

    Even weights: 50 proved, up to 100; declared 2: 50 + 50 × 10/20 = 75.
    """
    result = apply(catalogue, depends("homemail"), answers={"q2": "2"})
    service = result.services[0].result
    assert (service.levels.proved, service.levels.declared) == (Span(1, 2), Span(1, 1))
    even = dict(service.scores)["even"]
    assert even.proved == PointSpan(Decimal(50), Decimal(100))
    assert even.declared == PointSpan(Decimal(75), Decimal(75))
    assert dict(service.scores)["skew"].declared.low == Decimal(95)


def test_evidence_prevails_over_a_declaration_that_it_excludes(catalogue: Catalogue) -> None:
    result = apply(catalogue, depends("overcloud-mail"), answers={"q1": "yes"})
    found = answer(result.services[0].result, "q1")
    assert (found.proved, found.declared, found.contradicted) == (("no",), ("no",), "yes")


def test_an_answer_names_the_line_that_gave_it(catalogue: Catalogue) -> None:
    result = apply(catalogue, depends("homemail"), answers={"q2": "3"})
    ground = answer(result.services[0].result, "q2").grounds[0]
    assert (ground.kind, ground.line, ground.says.en) == (
        "dossier", 20, "answer given in the dossier: much",
    )  # fmt: skip


def test_an_answer_on_one_service_goes_before_the_one_for_all(catalogue: Catalogue) -> None:
    result = apply(
        catalogue,
        depends("homemail"),
        depends("sold-mail"),
        answers={"q2": "3", "sold-mail/q2": "1"},
    )
    given = {p.label: answer(p.result, "q2").declared for p in result.services}
    assert given == {"homemail": ("3",), "sold-mail": ("1",)}


def test_an_answer_that_the_framework_has_lost_is_passed_over(catalogue: Catalogue) -> None:
    """A recording outlives the wording of a framework."""
    result = apply(catalogue, depends("homemail"), answers={"q2": "9", "q7": "yes"})
    assert answer(result.services[0].result, "q2").declared == ("1", "2", "3")


def test_the_weakest_service_decides(catalogue: Catalogue) -> None:
    result = apply(catalogue, depends("homemail"), depends("overcloud-mail"), answers={"q2": "3"})
    assert result.levels is not None
    assert (result.levels.proved, result.levels.declared) == (Span(0, 0), Span(0, 0))
    assert result.passing.proved is False


def test_a_service_that_nobody_identified_is_not_left_out(catalogue: Catalogue) -> None:
    result = apply(catalogue, depends("homemail"), depends(None), answers={"q2": "3"})
    unnamed = result.services[1]
    assert unnamed.label == "mx.unknown.example"
    assert unnamed.result.levels.proved == Span(0, 2)
    assert result.passing.declared is None


@pytest.mark.parametrize(
    ("answers", "minimum", "by", "proved", "declared"),
    [
        ({}, 1, "tender", None, None),
        ({"q2": "3"}, 1, "tender", None, True),
        ({"q2": "2"}, 1, "tender", None, False),  # L1 in B, of which the tender asks L2
        ({"q2": "2", "minimum.B": "L1"}, 1, "dossier", True, True),
        ({"minimum": "L2"}, 2, "dossier", None, None),
        ({"minimum": "L1"}, 1, "dossier", True, True),
        ({"minimum": "tender", "q2": "1"}, 1, "tender", None, False),
    ],
)
def test_the_minimum_is_the_one_asked_for(
    answers: dict[str, str],
    minimum: int,
    by: str,
    proved: bool | None,
    declared: bool | None,
    catalogue: Catalogue,
) -> None:
    result = apply(catalogue, depends("homemail"), answers=answers)
    assert (result.minimum, result.minimum_by) == (minimum, by)
    assert (result.passing.proved, result.passing.declared) == (proved, declared)


def test_the_weights_used_are_named(catalogue: Catalogue) -> None:
    assert apply(catalogue, depends("homemail")).weights == "even"
    assert apply(catalogue, depends("homemail"), answers={"weights": "skew"}).weights == "skew"


def test_depth_says_whom_and_which_layers_were_followed(catalogue: Catalogue) -> None:
    result = apply(catalogue, depends("homemail"), answers={"layer.compute": "followed"})
    depth = result.services[0].result.depth
    assert depth is not None
    assert (depth.entities, depth.complete, depth.followed) == (
        ("homemail-sa",), False, ("compute",),
    )  # fmt: skip


def test_a_service_is_assessed_once_in_the_roles_that_matter(catalogue: Catalogue) -> None:
    result = apply(
        catalogue,
        depends("homemail"),
        depends("homemail", "mail.inbound"),
        depends("overcloud-machines", "web"),
    )
    assert [(p.label, p.roles, len(p.dependencies)) for p in result.services] == [
        ("homemail", ("mail.mailbox",), 1)
    ]


def test_a_use_that_rests_on_a_weak_sign_decides_nothing_for_the_organisation(
    catalogue: Catalogue,
) -> None:
    """It may not be in use at all: it lowers what is proved, and puts no ceiling on the whole."""
    weak = depends("overcloud-mail", confidence=Confidence.LOW)
    result = apply(catalogue, depends("homemail"), weak, answers={"q2": "3"})
    assert [placed.doubtful for placed in result.services] == [False, True]
    assert result.services[1].passing.proved is False
    assert result.passing.proved is None
    assert result.levels is not None
    assert (result.levels.proved, result.levels.declared) == (Span(0, 2), Span(0, 2))


def test_what_depends_on_the_offering_alone_is_worked_out_once(catalogue: Catalogue) -> None:
    frameworks = Frameworks(catalogue, Grasps(catalogue, date(2026, 6, 1)))
    footprint = Footprint((Part(DOMAIN, "mail.mailbox", (depends("homemail"),), (), ()),))
    one, other = (
        frameworks.apply(
            Target(name, (Domain(DOMAIN),), home="HL", organisation=STATE), footprint, "HL"
        )[0]
        for name in ("One", "Other")
    )
    assert one.services[0].result is other.services[0].result


def test_a_question_whose_text_was_not_read_proves_nothing(tmp_path: Path) -> None:
    unread = FILES["frameworks/small.yaml"].replace(
        "- id: q1",
        '- id: q1\n                source: memory\n                checked: "2026-11-01"\n'
        "                verified: false",
        1,
    )
    found = apply(knowledge.catalogue(tmp_path, frameworks_small=unread), depends("homemail"))
    question = answer(found.services[0].result, "q1")
    assert (question.proved, question.declared) == (("no", "yes"), ("yes",))
    assert question.missing[0].en == "a reading of the requirement at its source"


def test_two_sources_that_exclude_each_other_prove_nothing(tmp_path: Path) -> None:
    at_odds = FILES["frameworks/small.yaml"].replace(
        "evidence:",
        'evidence:\n                  - {fact: seat, within: [EU], is: "yes", leaves: ["no"]}',
        1,
    )
    found = apply(knowledge.catalogue(tmp_path, frameworks_small=at_odds), depends("homemail"))
    question = answer(found.services[0].result, "q1")
    assert question.proved == ("no", "yes")
    assert question.missing[0].en == "which of two sources that exclude each other is right"
    assert len(question.grounds) == 2
