"""The audit as a function: what is known and what was seen, to what it means."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from auditor import __version__, audit, reporting
from auditor.catalogue.catalogue import Catalogue
from auditor.errors import AuditorError
from auditor.model.assessment import Assessment
from auditor.model.exchange import Failure, Reason, Result
from auditor.model.rule import Verdict
from auditor.model.subject import Domain
from auditor.model.target import Target
from auditor.network.recorded import RecordedNetwork
from auditor.network.recorder import Recorder
from auditor.settings import INTERACTIVE
from tests import knowledge
from tests.probes.world import World

CITY = Target("city.example", (Domain("city.example"),), home="HL")
LINES = """
city.example MX 10 city.mx.overcloud.example.
city.mx.overcloud.example A 9.9.9.25
"""
BEGAN = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return knowledge.catalogue(tmp_path_factory.mktemp("rules"))


def _assessed(
    catalogue: Catalogue,
    lines: str = LINES,
    results: Mapping[str, Result] | None = None,
    target: Target = CITY,
    day: date = DAY,
) -> Assessment:
    async def looked() -> Assessment:
        recorder = Recorder(World(lines, {} if results is None else results))
        seen = await audit.look(target, catalogue, recorder, "file", INTERACTIVE)
        record = audit.Record(recorder.exchanges, BEGAN, BEGAN, "a test", "d1")
        return audit.Assessor(catalogue, day).assess(target, seen, record)

    return asyncio.run(looked())


def _verdict(assessment: Assessment) -> Verdict:
    (finding,) = assessment.findings
    return finding.verdict


def test_a_mailbox_within_reach_of_a_foreign_order(catalogue: Catalogue) -> None:
    assert _verdict(_assessed(catalogue)) is Verdict.FAIL


def test_a_mailbox_out_of_reach(catalogue: Catalogue) -> None:
    lines = "city.example MX 10 mx.homemail.example."

    assert _verdict(_assessed(catalogue, lines)) is Verdict.PASS


@pytest.mark.parametrize("reason", list(Reason))
def test_a_question_without_answer_is_unknown(reason: Reason, catalogue: Catalogue) -> None:
    """For every way in which it may fail: neither pass, nor not applicable."""
    results = {"city.example MX": Failure(reason)}

    assert _verdict(_assessed(catalogue, results=results)) is Verdict.UNKNOWN


def test_nothing_is_answered(catalogue: Catalogue) -> None:
    class Dead(dict[str, Result]):
        def get(self, key: str, default: object = None) -> Result:  # type: ignore[override]
            return Failure(Reason.TIMEOUT)

    assessment = _assessed(catalogue, results=Dead())

    assert _verdict(assessment) is Verdict.UNKNOWN
    assert (assessment.score.low, assessment.score.high) == (0, 100)


def test_the_day_decides_which_law_holds(catalogue: Catalogue) -> None:
    assert _verdict(_assessed(catalogue, day=date(2027, 6, 1))) is not Verdict.FAIL


def test_the_same_bytes_from_the_same_exchanges(catalogue: Catalogue) -> None:
    first = _assessed(catalogue)

    async def again() -> Assessment:
        network = RecordedNetwork(first.lookups, BEGAN)
        seen = await audit.look(CITY, catalogue, network, "file", INTERACTIVE)
        record = audit.Record(first.lookups, BEGAN, BEGAN, "a test", "d1")
        return audit.Assessor(catalogue, DAY).assess(CITY, seen, record)

    second = asyncio.run(again())

    assert reporting.render("json", second, "en") == reporting.render("json", first, "en")


def test_one_assessor_serves_many_targets(catalogue: Catalogue) -> None:
    """What it keeps between them belongs to the catalogue and the day alone."""
    alone = _assessed(catalogue)
    assessor = audit.Assessor(catalogue, DAY)

    async def seen(name: str, home: str) -> Assessment:
        target = replace(CITY, name=name, domains=(Domain(name),), home=home)
        world = World(LINES.replace("city.example MX", f"{name} MX"))
        sightings = await audit.look(target, catalogue, world, "file", INTERACTIVE)
        return assessor.assess(target, sightings, audit.Record((), BEGAN, BEGAN, "", ""))

    asyncio.run(seen("elsewhere.example", "OL"))
    again = asyncio.run(seen("city.example", "HL"))

    assert [(f.verdict, f.says, f.exposures) for f in again.findings] == [
        (f.verdict, f.says, f.exposures) for f in alone.findings
    ]
    assert again.exposures == alone.exposures


def test_an_organisation_that_did_not_say_where_it_is(catalogue: Catalogue) -> None:
    """It is taken to be in the Union, and the law of a third country stays foreign to it."""
    assert _verdict(_assessed(catalogue, target=replace(CITY, home=None))) is Verdict.FAIL


def test_an_organisation_at_home_in_the_third_country(catalogue: Catalogue) -> None:
    assert _verdict(_assessed(catalogue, target=replace(CITY, home="OL"))) is not Verdict.FAIL


def test_what_it_was_made_from(catalogue: Catalogue) -> None:
    assessment = _assessed(catalogue)

    assert assessment.as_of == DAY
    assert assessment.vantage == "a test"
    assert assessment.digests == type(assessment.digests)("d1", catalogue.digest, audit.tool())
    assert "city.example MX" in [exchange.question.text for exchange in assessment.lookups]


def test_only_those_it_names_are_described(catalogue: Catalogue) -> None:
    named = _assessed(catalogue).knowledge

    assert set(named.offerings) == {"overcloud-mail"}
    assert set(named.entities) == {"overcloud-europe", "overcloud-inc"}


def test_control_that_rests_on_a_link_nobody_read_is_told_as_unconfirmed(tmp_path: Path) -> None:
    stated = knowledge.FILES["providers/world.yaml"]
    read = f"owners: [{{owner: overcloud-inc, capital: 100, control: true, {knowledge.READ}}}]"
    assert stated.count(read) == 1
    believed = stated.replace(read, read.replace(knowledge.READ, knowledge.BELIEVED))
    doubtful = _assessed(knowledge.catalogue(tmp_path, providers_world=believed))

    assert doubtful.controllers == {"overcloud-mail": ("OL",)}
    assert doubtful.unconfirmed == {"overcloud-mail"}


def test_control_of_which_every_link_was_read_is_confirmed(catalogue: Catalogue) -> None:
    assessment = _assessed(catalogue)

    assert assessment.controllers == {"overcloud-mail": ("OL",)}
    assert not assessment.unconfirmed


def test_media_that_are_left_out_are_not_asked(catalogue: Catalogue) -> None:
    world = World(LINES)

    asyncio.run(audit.look(CITY, catalogue, world, "file", INTERACTIVE, ("rdap", "declared")))

    assert not [text for text in world.asked if text.startswith(("domain/", "ip/", "services"))]


def test_a_rule_is_not_used_before_its_examples_hold(tmp_path: Path) -> None:
    mail = knowledge.FILES["criteria/mail.yaml"].replace("expect: fail", "expect: pass")
    rules = knowledge.write(tmp_path, criteria_mail=mail)

    with pytest.raises(AuditorError, match="mailbox-foreign-order"):
        audit.knowledge(rules)


def test_rules_that_changed_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    rules = knowledge.write(tmp_path / "rules")
    before = audit.knowledge(rules)
    mail = knowledge.FILES["criteria/mail.yaml"].replace("severity: high", "severity: low")

    knowledge.write(rules, criteria_mail=mail)

    assert before.rules["mailbox-foreign-order"].severity == "high"
    assert audit.knowledge(rules).rules["mailbox-foreign-order"].severity == "low"


def test_the_tool_names_its_version_and_its_code() -> None:
    name, version, digest = audit.tool().split()

    assert (name, version, len(digest)) == ("auditor", __version__, 64)
