"""What is not established: each fact told once, and found again by its number."""

from __future__ import annotations

import re
from dataclasses import replace

from auditor import reporting
from auditor.model.assessment import Assessment
from auditor.model.rule import Verdict
from auditor.model.text import Text
from auditor.reporting.reading import Reading
from auditor.reporting.unknowns import points
from tests.reporting import sample


def _missing(*facts: str) -> Assessment:
    """The sample, every open finding of it for want of the same *facts*."""
    whole = sample.assessment()
    texts = tuple(Text(fact, fact) for fact in facts)
    findings = tuple(
        f._replace(missing=texts) if f.verdict is Verdict.UNKNOWN else f for f in whole.findings
    )
    return replace(whole, findings=findings)


def test_a_fact_is_told_once_however_many_findings_hang_on_it() -> None:
    found = points(Reading(_missing("qui détient les clés"), "fr"))
    unknown = [f.id for f in sample.FINDINGS if f.verdict is Verdict.UNKNOWN]
    assert [point.fact for point in found] == ["Qui détient les clés"]
    assert set(found[0].findings) <= set(unknown)
    assert len(found[0].findings) > 1


def test_the_same_fact_about_several_countries_is_one() -> None:
    found = points(Reading(_missing("si elle y vend (France)", "si elle y vend (Japon)"), "fr"))
    assert [point.fact for point in found] == ["Si elle y vend (France, Japon)"]
    assert found[0].facts == ("Si elle y vend (France)", "Si elle y vend (Japon)")


def test_every_number_that_the_report_names_is_listed() -> None:
    page = reporting.render("html", sample.assessment(), "fr").decode()
    listed = set(re.findall(r'<th scope="row" id="(p\d\d)">', page))
    named = set(re.findall(r'href="#(p\d\d)"', page))
    assert listed
    assert named <= listed
    asked = re.findall(r"Préciser\u00a0: ((?:p\d\d(?:, )?)+)", page)
    assert asked
    assert {id_ for each in asked for id_ in each.split(", ")} <= listed


def test_a_reason_that_all_look_ups_share_is_told_once() -> None:
    whole = sample.assessment()
    gaps = [gap for part in whole.footprint.parts for gap in part.gaps]
    reasons = {gap.why for gap in gaps}
    assert len(reasons) > 1, "the sample shows the table with its column"
    page = reporting.render("html", whole, "fr").decode()
    assert '<th scope="col">Raison</th>' in page
