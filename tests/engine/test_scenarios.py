"""What might happen: who is hit, who is not, and of whom it cannot be told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from auditor import resources
from auditor.audit import knowledge
from auditor.catalogue import scenarios
from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.source import compose
from auditor.engine.judge import judge
from auditor.engine.scenarios import play
from auditor.engine.score import score
from auditor.engine.situation import Reader
from auditor.errors import SourceError
from auditor.exposure.expose import expose
from auditor.exposure.grasps import Grasps
from auditor.model.assessment import Assessment, Digests, Knowledge
from auditor.model.footprint import Dependency, Footprint, Location, Part
from auditor.model.rule import Confidence, Verdict
from auditor.model.scenario import Outcome, Played, Scenario
from auditor.model.sighting import Gap
from auditor.model.subject import Domain
from auditor.model.target import Contract, Target
from tests import knowledge as world

DAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
GAP = Gap(Domain("ville.example"), "mx", None, "timeout", ("web",))


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return world.catalogue(tmp_path)


def dependency(
    offering: str | None,
    sure: Confidence = Confidence.HIGH,
    *,
    verified: bool = True,
    location: tuple[Location, ...] = (),
) -> Dependency:
    return Dependency(
        id=f"ville.example/mail.mailbox/service/{offering}",
        domain="ville.example",
        role="mail.mailbox",
        layer="service",
        subject="mx.ville.example",
        offering=offering,
        label=offering or "somebody.example",
        location=location,
        confidence=sure,
        because=("ville.example MX 10 mx.ville.example",),
        evidence=("abcdefabcdef",),
        verified=verified,
    )


def assessed(
    catalogue: Catalogue, *dependencies: Dependency, contract: Contract | None = None
) -> Assessment:
    grasps = Grasps(catalogue, DAY)
    web = Part("ville.example", "web", (), (), (GAP,))
    footprint = Footprint((Part("ville.example", "mail.mailbox", dependencies, (), ()), web))
    exposures = expose(footprint, grasps, "HL")
    reader = Reader(catalogue, grasps, "HL")
    findings = judge(catalogue.rules.values(), footprint, "Ville", reader)
    target = Target("Ville", (Domain("ville.example"),), home="HL", contract=contract)
    return Assessment(
        target=target,
        as_of=DAY,
        began=NOW,
        ended=NOW,
        vantage="",
        digests=Digests("", catalogue.digest, "auditor"),
        footprint=footprint,
        controllers={},
        exposures=exposures,
        findings=findings,
        score=score(findings, catalogue.rules, catalogue.weights),
        resolvers=(),
        lookups=(),
        knowledge=Knowledge({}, {}, catalogue.laws, catalogue.jurisdictions, {}, {}, {}),
    )


def scenario(tmp_path: Path, catalogue: Catalogue, change: str) -> Scenario:
    file = tmp_path / "scenario.yaml"
    file.write_text(
        "id: ours\n"
        "title: {fr: Titre, en: Title}\n"
        "story: {fr: Récit, en: Story}\n"
        f"changes: [{{{change}}}]\n"
        f"{world.READ.replace(', ', chr(10))}\n",
        encoding="utf-8",
    )
    return scenarios.scenario(compose(file), scenarios.known_to(catalogue))


def played(
    tmp_path: Path,
    catalogue: Catalogue,
    change: str,
    *dependencies: Dependency,
    contract: Contract | None = None,
) -> Played:
    def assess(supposed: Catalogue) -> Assessment:
        return assessed(supposed, *dependencies, contract=contract)

    return play(scenario(tmp_path, catalogue, change), assess(catalogue), catalogue, "HL", assess)


BOUGHT = "acquired: {country: OL, buyer: {fr: acquéreur, en: buyer}}"
FALLS = "adequacy-ends: {country: NL, by: EU}"
ORDER = "ordered: {effect: disclosure}"
ENDS = "supplier-acts: {effect: interruption, relations: [operator]}"
LOST = "region-lost: {}"


def test_a_purchase_brings_the_buyers_law_and_turns_the_verdict(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    result = played(tmp_path, catalogue, BOUGHT, dependency("homemail"))
    (consequence,) = result.consequences
    assert consequence.outcome is Outcome.HIT
    assert consequence.laws == ("ol-access",)
    assert [step.relation for step in consequence.ways[0].path] == ["operator", "owner"]
    assert [(f.before, f.after.verdict) for f in result.flips] == [(Verdict.PASS, Verdict.FAIL)]


def test_a_purchase_changes_nothing_where_the_buyers_law_holds_already(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    result = played(tmp_path, catalogue, BOUGHT, dependency("overcloud-mail"))
    assert result.consequences[0].outcome is Outcome.SPARED
    assert result.flips == ()


@pytest.mark.parametrize("change", [BOUGHT, ORDER, ENDS, LOST])
@pytest.mark.parametrize("unclear", ["nobody", "weak", "unverified", "rumour"])
def test_what_is_not_known_is_never_spared(
    tmp_path: Path, catalogue: Catalogue, change: str, unclear: str
) -> None:
    known = "homemail" if change == BOUGHT else "overcloud-mail"
    service = {
        "nobody": dependency(None),
        "weak": dependency(known, Confidence.LOW),
        "unverified": dependency(known, verified=False),
        "rumour": dependency("rumour-mail"),
    }[unclear]
    (consequence,) = played(tmp_path, catalogue, change, service).consequences
    assert consequence.outcome is Outcome.UNKNOWN
    assert consequence.missing


def test_an_order_goes_to_whoever_the_law_reaches(tmp_path: Path, catalogue: Catalogue) -> None:
    services = dependency("overcloud-mail"), dependency("homemail")
    result = played(tmp_path, catalogue, ORDER, *services)
    assert [c.outcome for c in result.consequences] == [Outcome.HIT, Outcome.SPARED]


def test_updates_stop_for_a_home_operator_of_foreign_technology(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    change = "ordered: {effect: interruption, hooks: [technology-origin]}"
    (consequence,) = played(tmp_path, catalogue, change, dependency("homemail")).consequences
    assert consequence.outcome is Outcome.HIT
    assert consequence.laws == ("ol-export",)


def test_a_registry_does_not_tell_where_a_machine_stands(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    fixed = dependency("homemail", location=(Location("HL", "region"),))
    registered = dependency("homemail", location=(Location("HL", "registry"),))
    outcomes = [
        played(tmp_path, catalogue, LOST, service).consequences[0].outcome
        for service in (fixed, registered)
    ]
    assert outcomes == [Outcome.HIT, Outcome.UNKNOWN]


def test_roles_nobody_could_look_at_are_named(tmp_path: Path, catalogue: Catalogue) -> None:
    result = played(tmp_path, catalogue, ORDER, dependency("homemail"))
    assert result.unseen == (("ville.example", "web"),)


def test_a_law_in_another_state_is_applied(tmp_path: Path, catalogue: Catalogue) -> None:
    change = "law-stands: {law: ol-access, force: lapsed}"
    result = played(tmp_path, catalogue, change, dependency("overcloud-mail"))
    assert [(f.before, f.after.verdict) for f in result.flips] == [(Verdict.FAIL, Verdict.PASS)]


def test_days_are_counted_to_the_end_of_the_law_and_of_the_contract(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    contract = Contract(date(2024, 1, 1), date(2026, 3, 31), None)
    result = played(tmp_path, catalogue, ORDER, dependency("overcloud-mail"), contract=contract)
    assert [(d.kind, d.days) for d in result.deadlines] == [("contract", 30), ("law", 103)]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("ordred: {effect: disclosure}", "did you mean 'ordered'"),
        ("ordered: {effect: disclosur}", "did you mean 'disclosure'"),
        ("ordered: {effect: disclosure, laws: [ol-acces]}", "did you mean 'ol-access'"),
        ("acquired: {country: XX, buyer: {fr: a, en: b}}", "unknown country 'XX'"),
        ("", "exactly one change is needed"),
    ],
)
def test_a_wrong_word_is_refused_with_its_place(
    tmp_path: Path, catalogue: Catalogue, change: str, says: str
) -> None:
    with pytest.raises(SourceError, match=says) as refused:
        scenario(tmp_path, catalogue, change)
    assert "scenario.yaml:4:" in str(refused.value)


def test_the_shipped_scenarios_cover_what_is_known_to_happen() -> None:
    shipped = knowledge(resources.rules()).scenarios
    assert len(shipped) == 11
    assert all(each.precedents and each.questions for each in shipped.values())
