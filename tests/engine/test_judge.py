"""One verdict for each rule and subject; a failed look-up is never a pass."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.judge import judge
from auditor.engine.situation import Reader
from auditor.exposure.grasps import Grasps
from auditor.model.assessment import Finding
from auditor.model.exchange import Exchange, Failure, Question, Reason, Unasked
from auditor.model.footprint import Dependency, Footprint, Part
from auditor.model.rule import Confidence, Verdict
from auditor.model.sighting import Gap
from auditor.model.subject import Domain
from tests import knowledge as world

DAY = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
GAP = Gap(Domain("ville.example"), "mx", None, "timeout", ("mail.mailbox",))


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return world.catalogue(tmp_path)


def dependency(offering: str | None, sure: Confidence = Confidence.HIGH) -> Dependency:
    return Dependency(
        id=f"ville.example/mail.mailbox/service/{offering}",
        domain="ville.example",
        role="mail.mailbox",
        layer="service",
        subject="mx.ville.example",
        offering=offering,
        label=offering or "somebody.example",
        location=(),
        confidence=sure,
        because=("ville.example MX 10 mx.ville.example",),
        evidence=("abcdefabcdef",),
    )


def verdict(catalogue: Catalogue, *dependencies: Dependency, gaps: tuple[Gap, ...] = ()) -> Finding:
    grasps = Grasps(catalogue, DAY)
    footprint = Footprint((Part("ville.example", "mail.mailbox", dependencies, (), gaps),))
    (finding,) = judge(
        catalogue.rules.values(),
        footprint,
        "Ville",
        Reader(catalogue, grasps, "HL"),
    )
    return finding


@pytest.mark.parametrize(("result", "cited"), [(Failure(Reason.TIMEOUT), True), (Unasked(), False)])
def test_a_look_up_that_failed_is_evidence_and_one_never_made_is_none(
    result: Failure | Unasked, cited: bool, catalogue: Catalogue
) -> None:
    asked = Exchange(Question("dns", "ville.example MX"), result, NOON, 0.0, "udp 192.0.2.53:53")
    gap = Gap.of(Domain("ville.example"), "mx", asked, ("mail.mailbox",))

    finding = verdict(catalogue, gaps=(gap,))

    assert finding.verdict is Verdict.UNKNOWN
    assert (asked.id in finding.evidence) is cited


def test_a_reached_dependency_fails(catalogue: Catalogue) -> None:
    finding = verdict(catalogue, dependency("overcloud-mail"))
    assert finding.verdict is Verdict.FAIL
    assert finding.says.en == "overcloud-mail can be ordered (Access, Overland)"
    assert finding.exposures
    assert finding.evidence == ("abcdefabcdef",)


def test_one_that_is_out_of_reach_passes(catalogue: Catalogue) -> None:
    assert verdict(catalogue, dependency("homemail")).verdict is Verdict.PASS


def test_a_gap_turns_a_pass_into_unknown(catalogue: Catalogue) -> None:
    finding = verdict(catalogue, dependency("homemail"), gaps=(GAP,))
    assert finding.verdict is Verdict.UNKNOWN


def test_a_gap_does_not_excuse_what_was_seen(catalogue: Catalogue) -> None:
    finding = verdict(catalogue, dependency("overcloud-mail"), gaps=(GAP,))
    assert finding.verdict is Verdict.FAIL


def test_nothing_but_a_gap_is_unknown(catalogue: Catalogue) -> None:
    assert verdict(catalogue, gaps=(GAP,)).verdict is Verdict.UNKNOWN


def test_proof_of_absence_is_not_applicable(catalogue: Catalogue) -> None:
    assert verdict(catalogue).verdict is Verdict.NOT_APPLICABLE


def test_somebody_not_identified_is_unknown(catalogue: Catalogue) -> None:
    assert verdict(catalogue, dependency(None)).verdict is Verdict.UNKNOWN


def test_a_past_claim_cannot_fail_an_organisation(catalogue: Catalogue) -> None:
    """A verification token proves that somebody once asked, not that the service is used."""
    finding = verdict(catalogue, dependency("overcloud-mail", Confidence.LOW))
    assert finding.verdict is Verdict.UNKNOWN
    assert "in use today" in finding.missing[0].en


def test_what_is_missing_is_said_in_both_languages(catalogue: Catalogue) -> None:
    finding = verdict(catalogue, dependency("closed-mail"))
    assert finding.says.en == "Still to be known: who controls Closed SA"
    assert finding.says.fr == "Reste à savoir qui contrôle Closed SA"


def test_a_fact_that_is_seen_does_not_decide_where_nobody_knows_whether_it_matters(
    tmp_path: Path,
) -> None:
    """Whether there is a site decides whether certificates matter; its look-up failed."""
    criteria = world.FILES["criteria/mail.yaml"]
    before, _, after = criteria.partition("forbid:")
    rest = after.split("\n", 2)[2]
    criteria = f"{before}require: {{fact: {{kind: dns.caa}}}}\n{rest}"
    criteria = criteria.replace(
        "roles: [mail.mailbox]", "roles: [certificate]\n            where: [web]"
    )
    criteria = criteria[: criteria.index("examples:")] + (
        "examples: [{name: none, given: {role: certificate, offering: none, home: HL, "
        'on: "2026-01-01"}, expect: not-applicable}]\n'
    )
    catalogue = world.catalogue(tmp_path, criteria_mail=criteria)
    grasps = Grasps(catalogue, DAY)
    silent = Gap(Domain("ville.example"), "site", None, "timeout", ("web",))
    footprint = Footprint(
        (
            Part("ville.example", "certificate", (), (), ()),
            Part("ville.example", "web", (), (), (silent,)),
        )
    )
    reader = Reader(catalogue, grasps, "HL")

    (finding,) = judge(catalogue.rules.values(), footprint, "Ville", reader)

    assert finding.verdict is Verdict.UNKNOWN
    assert finding.missing
