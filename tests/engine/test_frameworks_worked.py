"""Every framework on cases whose results were worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from auditor import resources
from auditor.audit import knowledge
from auditor.catalogue.catalogue import Catalogue
from auditor.engine.frameworks import Frameworks
from auditor.engine.frameworks_levels import overall, score
from auditor.exposure.grasps import Grasps
from auditor.model.assessed import Bound, GroupResult, Levels, Points, PointSpan, Span
from auditor.model.footprint import Footprint
from auditor.model.framework import Framework, Scope
from auditor.model.subject import Domain
from auditor.model.target import Organisation, Target
from tests.engine.assessed import answer, service

CSF = "eu-csf"
NOBODY = ""
"""A service of which nothing is known: only what is declared counts."""
TODAY = date(2026, 11, 24)
YES = {"*": "yes"}
"""Every question on the service is answered yes, unless another answer stands beside it."""
STATE = Organisation(kind="state", data=("particular-sensitivity",))
MET, UNMET, OPEN = Span(1, 1), Span(0, 0), Span(0, 1)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return knowledge(resources.rules())


@pytest.fixture(scope="module")
def csf(catalogue: Catalogue) -> Framework:
    return catalogue.frameworks[CSF]


def _best(framework: Framework) -> dict[str, str]:
    return {item.id: item.choices[-1].value for item in framework.items}


def _worst(framework: Framework) -> dict[str, str]:
    return {item.id: item.choices[0].value for item in framework.items}


def test_the_calculator_has_48_questions_and_its_own_maxima(csf: Framework) -> None:
    """Five answers worth 125 and three worth 125.01 in SOV-1; six of 167 in SOV-2; and so on."""
    assert {group.id: len(group.items) for group in csf.groups} == {
        "SOV-1": 8, "SOV-2": 6, "SOV-3": 5, "SOV-4": 6,
        "SOV-5": 7, "SOV-6": 5, "SOV-7": 7, "SOV-8": 4,
    }  # fmt: skip
    assert [sum(i.choices[-1].points for i in group.items) for group in csf.groups] == [
        Decimal("1000.03"), 1002, 1000, 1002, 1001, 1000, 1001, 1000,
    ]  # fmt: skip


def test_the_inert_questions_are_those_whose_answers_all_grant_seal_4(csf: Framework) -> None:
    assert {item.id for item in csf.items if item.inert} == {
        "1.2", "1.4", "1.5", "1.6", "1.7", "2.5", "5.3", "7.2", "8.4",
    }  # fmt: skip


def test_all_best_answers_give_seal_4_and_a_little_over_100(
    catalogue: Catalogue, csf: Framework
) -> None:
    """The divisor is nominally 1 000.

    June 2026: 20 × 1.00003 + 10 × 1.002 + 10 + 15 × 1.002 + 10 × 1.001 + 15 + 15 × 1.001 + 5.
    v1.2.1: 15 × 1.00003 + 10 × 1.002 + 10 + 15 × 1.002 + 20 × 1.001 + 15 + 10 × 1.001 + 5.
    """
    result = service(catalogue, CSF, NOBODY, _best(csf))
    assert result.levels == Levels(Span(0, 4), Span(4, 4))
    by_set = {name: points.declared for name, points in result.scores}
    assert by_set["calculator-2026-06"] == PointSpan(Decimal("100.0756"), Decimal("100.0756"))
    assert by_set["v1.2.1"] == PointSpan(Decimal("100.08045"), Decimal("100.08045"))


def test_all_worst_answers_give_seal_0_and_nought(catalogue: Catalogue, csf: Framework) -> None:
    result = service(catalogue, CSF, NOBODY, _worst(csf))
    assert result.levels.declared == Span(0, 0)
    assert [group.levels.declared.high for group in result.groups] == [0] * 8
    assert all(points.declared == PointSpan(Decimal(0), Decimal(0)) for _, points in result.scores)


def test_a_case_between_by_hand(catalogue: Catalogue, csf: Framework) -> None:
    """All best but four.

    2.2 shielded: 125.25 of 167, SEAL-2; 3.4 default: 150 of 200, SEAL-1; 6.3 single-company: 100
    of 200, SEAL-3; 1.4 balanced: 62.5 of 125, SEAL-4.
    June 2026: 100.0756 − 10 × 0.04175 − 10 × 0.05 − 15 × 0.1 − 20 × 0.0625 = 96.4081.
    """
    changed = {"2.2": "shielded", "3.4": "default", "6.3": "single-company", "1.4": "balanced"}
    result = service(catalogue, CSF, NOBODY, _best(csf) | changed)
    levels = {group.group: group.levels.declared for group in result.groups}
    assert levels == {
        "SOV-1": Span(4, 4), "SOV-2": Span(2, 2), "SOV-3": Span(1, 1), "SOV-4": Span(4, 4),
        "SOV-5": Span(4, 4), "SOV-6": Span(3, 3), "SOV-7": Span(4, 4), "SOV-8": Span(4, 4),
    }  # fmt: skip
    assert result.levels.declared == Span(1, 1)
    assert dict(result.scores)["calculator-2026-06"].declared.low == Decimal("96.4081")


def test_a_question_left_open_caps_the_level(catalogue: Catalogue, csf: Framework) -> None:
    """2.3 can be as low as SEAL-1, so no more is reached; its 167 points are open: 10 × 0.167."""
    answers = _best(csf)
    del answers["2.3"]
    result = service(catalogue, CSF, NOBODY, answers)
    assert result.levels.declared == Span(1, 4)
    assert dict(result.scores)["calculator-2026-06"].declared == PointSpan(
        Decimal("98.4056"), Decimal("100.0756")
    )


def test_an_inert_question_left_open_caps_the_score_alone(
    catalogue: Catalogue, csf: Framework
) -> None:
    answers = _best(csf)
    del answers["1.2"]
    result = service(catalogue, CSF, NOBODY, answers)
    assert result.levels.declared == Span(4, 4)
    assert dict(result.scores)["calculator-2026-06"].declared.low == Decimal("97.5756")


def test_the_formula_gives_the_score_that_others_published(csf: Framework) -> None:
    """The card of PREMI3NS on csf.hop3.abilian.com: eight objectives, 66.8 %, SEAL-2.

    20 × .73 + 10 × .75 + 10 × .75 + 15 × .79 + 10 × .432 + 15 × .45 + 15 × .785 + 5 × .5 = 66.795.
    """
    points = (730, 750, 750, 790, 432, 450, 785, 500)
    levels = (2, 2, 2, 3, 2, 2, 3, 2)
    groups = []
    for group, earned, level in zip(csf.groups, points, levels, strict=True):
        span, reached = PointSpan(Decimal(earned), Decimal(earned)), Span(level, level)
        groups.append(GroupResult(group.id, Levels(reached, reached), Points(span, span)))
    assert score(csf, "calculator-2026-06", groups).proved.low == Decimal("66.795")
    assert overall(groups).proved == Span(2, 2)


@pytest.mark.parametrize(
    ("offering", "seal"),
    [
        ("ovhcloud", 3),
        ("clever-cloud", 3),
        ("stackit", 3),
        ("scaleway", 3),
        ("s3ns-premi3ns", 2),
    ],
)
def test_no_published_award_is_contradicted(offering: str, seal: int, catalogue: Catalogue) -> None:
    """Award of 17 April 2026: what we hold to be proved leaves the level that was awarded."""
    proved = service(catalogue, CSF, offering, on=date(2026, 4, 17)).levels.proved
    assert proved.low <= seal <= proved.high


def test_foreign_technology_holds_the_qualified_platform_at_the_level_it_was_awarded(
    catalogue: Catalogue,
) -> None:
    """SEAL-2 for the consortium on Google technology; the questions that cut-off and origin cap."""
    result = service(catalogue, CSF, "s3ns-premi3ns", on=date(2026, 4, 17))
    assert result.levels.proved.high == 2
    assert "autonomy" not in answer(result, "1.8").proved
    assert answer(result, "3.4").proved == ("only",)


def test_a_group_under_foreign_control_cannot_pass_seal_1(catalogue: Catalogue) -> None:
    """Whatever is declared: “entirely inside” is excluded by who controls the operator."""
    result = service(catalogue, CSF, "microsoft-365", {"1.1": "inside", "2.2": "immune"})
    assert result.levels.proved.high == 1
    assert result.levels.declared.high == 1
    control = answer(result, "1.1")
    assert control.contradicted == "inside"
    assert control.declared == control.proved == ("outside", "mostly-outside")
    assert "Microsoft Corporation" in control.grounds[0].says.en
    law = answer(result, "2.2")
    assert law.contradicted == "immune"
    assert law.grounds[0].laws == ("us-cloud-act",)


@pytest.mark.parametrize("framework", [
    "eu-csf", "eu-data-act", "eu-dora", "eu-gdpr-transfers", "eu-nis2",
    "fr-achats-numeriques-2026", "fr-cloud-au-centre-r9", "fr-hds", "fr-sren-31", "secnumcloud-3.2",
])  # fmt: skip
def test_by_declaration_the_best_answers_reach_the_top_and_the_worst_the_bottom(
    framework: str, catalogue: Catalogue
) -> None:
    known = catalogue.frameworks[framework]
    top = len(known.levels) - 1
    for scope in {item.scope for item in known.items}:
        best = service(catalogue, framework, NOBODY, _best(known), scope=scope).levels
        worst = service(catalogue, framework, NOBODY, _worst(known), scope=scope).levels
        assert best == Levels(Span(0, top), Span(top, top))
        assert worst.declared == Span(0, 0)


def test_every_framework_is_worked_here(catalogue: Catalogue) -> None:
    """The list above, and the cases below, are to grow with the folder."""
    assert set(catalogue.frameworks) == {
        "eu-csf", "eu-data-act", "eu-dora", "eu-gdpr-transfers", "eu-nis2",
        "fr-achats-numeriques-2026", "fr-cloud-au-centre-r9", "fr-hds", "fr-sren-31",
        "secnumcloud-3.2",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("framework", "offering", "on", "answers", "proved", "declared"),
    [
        # Qualified since 17 December 2025: all of chapter 19 is settled by the decision.
        ("secnumcloud-3.2", "s3ns-premi3ns", date(2025, 12, 17), {}, MET, MET),
        ("secnumcloud-3.2", "s3ns-premi3ns", date(2025, 12, 16), {}, OPEN, OPEN),
        # 100 % of the capital outside the Union: above 24 %, and above 39 %.
        ("secnumcloud-3.2", "microsoft-365", TODAY, YES, UNMET, UNMET),
        # Nothing against it is proved, and all is declared; the exit clause alone is missing.
        ("secnumcloud-3.2", "scaleway", TODAY, YES, OPEN, MET),
        ("secnumcloud-3.2", "scaleway", TODAY, YES | {"19.1.h": "no"}, OPEN, UNMET),
        # The order of 12 August 2026 was not read at its source: it settles nothing alone.
        ("fr-sren-31", "s3ns-premi3ns", TODAY, {}, OPEN, MET),
        # A parent abroad can be ordered to open the data: the protection is not there.
        ("fr-sren-31", "microsoft-365", TODAY, YES, UNMET, UNMET),
        ("fr-cloud-au-centre-r9", "s3ns-premi3ns", TODAY, {}, MET, MET),
        ("fr-cloud-au-centre-r9", "microsoft-365", TODAY, YES, UNMET, UNMET),
        # Key technologies come from the United States.
        ("fr-achats-numeriques-2026", "s3ns-premi3ns", TODAY, YES, UNMET, UNMET),
        ("fr-achats-numeriques-2026", "scaleway", TODAY, YES, OPEN, MET),
        # The offering keeps the data in France; the rest is for the host to say.
        ("fr-hds", "s3ns-premi3ns", TODAY, {}, OPEN, OPEN),
        ("fr-hds", "s3ns-premi3ns", TODAY, YES, OPEN, MET),
        ("eu-gdpr-transfers", "microsoft-365", TODAY, YES, OPEN, MET),
        ("eu-gdpr-transfers", "microsoft-365", TODAY, YES | {"44": "no"}, OPEN, UNMET),
        ("eu-data-act", "scaleway", TODAY, YES | {"29": "no"}, OPEN, UNMET),
        ("eu-nis2", "scaleway", TODAY, {"21.3-supplier": "yes"}, OPEN, MET),
        ("eu-dora", "scaleway", TODAY, {"30.2.b": "yes"}, OPEN, OPEN),
        ("eu-dora", "scaleway", TODAY, YES, OPEN, MET),
    ],
)  # fmt: skip
def test_a_gate_by_hand(
    framework: str,
    offering: str,
    on: date,
    answers: dict[str, str],
    proved: Span,
    declared: Span,
    catalogue: Catalogue,
) -> None:
    known = catalogue.frameworks[framework]
    others = answers.get("*")
    given = {i.id: others for i in known.items if others and i.scope is Scope.SERVICE}
    given |= {question: value for question, value in answers.items() if question != "*"}
    result = service(catalogue, framework, offering, given, on=on)
    assert result.levels == Levels(proved, declared)


def test_a_holding_above_the_threshold_is_named_with_its_share(catalogue: Catalogue) -> None:
    result = service(catalogue, "secnumcloud-3.2", "microsoft-365")
    held = answer(result, "19.6.b-holdings")
    assert held.proved == ("no",)
    assert "Microsoft Corporation (United States)" in held.grounds[0].says.en
    assert "at least 100%" in held.grounds[0].says.en
    assert "au moins 100\u00a0%" in held.grounds[0].says.fr


@pytest.mark.parametrize(
    ("framework", "organisation", "home", "on", "bound"),
    [
        ("fr-sren-31", STATE, "FR", date(2026, 8, 15), Bound.YES),
        ("fr-sren-31", STATE, "FR", date(2026, 8, 14), Bound.NO),
        ("fr-sren-31", STATE, "DE", date(2026, 8, 15), Bound.NO),
        ("fr-sren-31", replace(STATE, data=("internal",)), "FR", TODAY, Bound.NO),
        ("fr-sren-31", replace(STATE, kind="local-authority"), "FR", TODAY, Bound.NO),
        ("fr-sren-31", replace(STATE, kind="constitutional-body"), "FR", TODAY, Bound.UNKNOWN),
        # On a list that no dossier tells.
        ("fr-sren-31", replace(STATE, kind="state-operator"), "FR", TODAY, Bound.UNKNOWN),
        ("fr-sren-31", Organisation(), "FR", TODAY, Bound.UNKNOWN),
        ("fr-cloud-au-centre-r9", STATE, "FR", TODAY, Bound.YES),
        ("fr-achats-numeriques-2026", STATE, "FR", date(2026, 2, 12), Bound.NO),
        ("fr-achats-numeriques-2026", STATE, "FR", date(2026, 2, 13), Bound.YES),
        ("fr-hds", Organisation(kind="company", data=("health",)), "FR", TODAY, Bound.YES),
        ("fr-hds", STATE, "FR", TODAY, Bound.NO),
        ("eu-gdpr-transfers", Organisation(data=("personal",)), "NO", TODAY, Bound.YES),
        ("eu-gdpr-transfers", Organisation(data=("personal",)), "CH", TODAY, Bound.NO),
        ("eu-gdpr-transfers", Organisation(), "FR", TODAY, Bound.UNKNOWN),
        ("eu-data-act", Organisation(), "FR", date(2025, 9, 11), Bound.NO),
        ("eu-data-act", Organisation(), "FR", date(2025, 9, 12), Bound.YES),
        ("eu-dora", Organisation(kind="financial-entity"), "FR", date(2025, 1, 16), Bound.NO),
        ("eu-dora", Organisation(kind="financial-entity"), "FR", date(2025, 1, 17), Bound.YES),
        ("eu-dora", STATE, "FR", TODAY, Bound.NO),
        # By size and by national law, which no dossier tells.
        ("eu-nis2", Organisation("hospital", "health"), "FR", TODAY, Bound.UNKNOWN),
        ("eu-nis2", Organisation("association", "culture"), "FR", TODAY, Bound.NO),
        ("eu-csf", Organisation(), None, TODAY, Bound.VOLUNTARY),
        ("secnumcloud-3.2", Organisation(), "DE", TODAY, Bound.VOLUNTARY),
    ],
)
def test_whom_it_binds_and_from_when(
    framework: str,
    organisation: Organisation,
    home: str | None,
    on: date,
    bound: Bound,
    catalogue: Catalogue,
) -> None:
    target = Target("Body", (Domain("body.example"),), home=home, organisation=organisation)
    results = Frameworks(catalogue, Grasps(catalogue, on)).apply(
        target, Footprint(()), home or "EU"
    )
    (found,) = [result for result in results if result.framework.id == framework]
    assert found.bound is bound
