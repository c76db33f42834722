"""Each form of condition, in each of the three values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.engine.conditions import evaluate
from auditor.engine.situation import Reader, Situation
from auditor.engine.truth import Truth
from auditor.exposure.grasps import Grasps
from auditor.model.footprint import Dependency, Fact, Location
from auditor.model.rule import (
    All,
    Any,
    Condition,
    Confidence,
    Distinct,
    Forbid,
    Not,
    Require,
    RequireEvery,
    Selection,
)
from auditor.model.sighting import Gap
from auditor.model.subject import Domain
from tests import knowledge as world

GAP = Gap(Domain("ville.example"), "ns", None, "timeout", ("dns",))
SIGNED = Selection("fact", (("kind", ("dns.dnssec",)), ("signed", ("yes",))))
ABROAD = Selection("dependency", (("controller", ("third",)),))
AT_HOME = Selection("dependency", (("controller", ("home", "shared")),))


def served_by(*offerings: str | None, layer: str = "service") -> tuple[Dependency, ...]:
    return tuple(
        Dependency(
            id=f"ville.example/dns/{layer}/{offering}/{number}",
            domain="ville.example",
            role="dns",
            layer=layer,
            subject="ns.example",
            offering=offering,
            label=offering or f"unknown{number}.example",
            location=(),
            confidence=Confidence.HIGH,
            because=("fact",),
            evidence=("abcdefabcdef",),
        )
        for number, offering in enumerate(offerings)
    )


def fact(signed: str) -> Fact:
    return Fact(
        "ville.example", "dns", "dns.dnssec", "ville.example", (("signed", signed),), "", ("a",)
    )


@pytest.mark.parametrize(
    ("condition", "offerings", "facts", "gaps", "expected"),
    [
        (Require(SIGNED), (), ("yes",), False, True),
        (Require(SIGNED), (), ("no",), False, False),
        (Require(SIGNED), (), (), False, False),
        (Require(SIGNED), (), (), True, None),
        (Forbid(SIGNED), (), (), True, None),
        (Forbid(SIGNED), (), ("yes",), True, False),
        (Not(Require(SIGNED)), (), ("no",), False, True),
        (Forbid(ABROAD), ("homemail",), (), False, True),
        (Forbid(ABROAD), ("homemail", "overcloud-mail"), (), False, False),
        (Forbid(ABROAD), ("homemail", "closed-mail"), (), False, None),
        (Forbid(ABROAD), ("homemail", None), (), False, None),
        (Require(AT_HOME), ("overcloud-mail", "homemail"), (), False, True),
        (RequireEvery(AT_HOME), ("overcloud-mail", "homemail"), (), False, False),
        (RequireEvery(AT_HOME), ("homemail", None), (), False, None),
        (RequireEvery(AT_HOME), ("homemail",), (), True, None),
        (Distinct("operator", 2), ("homemail", "overcloud-mail"), (), False, True),
        (Distinct("operator", 2), ("homemail", "homefilter"), (), False, False),
        (Distinct("operator", 2), ("homemail", None), (), False, None),
        (Distinct("operator", 2), ("homemail",), (), True, None),
        (All((Forbid(ABROAD), Require(SIGNED))), ("homemail",), ("no",), False, False),
        (Any((Forbid(ABROAD), Require(SIGNED))), ("overcloud-mail",), ("yes",), False, True),
        (Any((Forbid(ABROAD), Require(SIGNED))), ("overcloud-mail",), (), True, None),
    ],
)
def test_condition(
    tmp_path: Path,
    condition: Condition,
    offerings: tuple[str | None, ...],
    facts: tuple[str, ...],
    gaps: bool,
    expected: Truth,
) -> None:
    catalogue = world.catalogue(tmp_path)
    reader = Reader(catalogue, Grasps(catalogue, date(2026, 3, 1)), "HL")
    situation = Situation(
        "ville.example",
        "dns",
        served_by(*offerings),
        tuple(map(fact, facts)),
        (GAP,) if gaps else (),
    )
    assert evaluate(condition, situation, reader).truth is expected


def test_what_is_undecided_says_what_would_decide_it(tmp_path: Path) -> None:
    catalogue = world.catalogue(tmp_path)
    reader = Reader(catalogue, Grasps(catalogue, date(2026, 3, 1)), "HL")
    situation = Situation("ville.example", "dns", served_by("closed-mail"), (), ())
    outcome = evaluate(Forbid(ABROAD), situation, reader)
    assert [text.en for text in outcome.missing] == ["who controls closed-mail"]


def test_somebody_of_whom_there_is_but_a_hint_is_no_second_operator(tmp_path: Path) -> None:
    catalogue = world.catalogue(tmp_path)
    reader = Reader(catalogue, Grasps(catalogue, date(2026, 3, 1)), "HL")
    sure, hinted = served_by("homemail", "overcloud-mail")
    hinted = hinted._replace(confidence=Confidence.LOW)
    situation = Situation("ville.example", "dns", (sure, hinted), (), ())

    outcome = evaluate(Distinct("operator", 2), situation, reader)

    assert outcome.truth is None
    assert [text.en for text in outcome.missing] == [
        "whether overcloud-mail is in use today: only a weak sign was seen"
    ]


def read_on(tmp_path: Path, selection: Selection, offering: str, **changed: str) -> Truth:
    """Whether every service is as *selection* says, on the first of March 2026."""
    catalogue = world.catalogue(tmp_path, **changed)
    reader = Reader(catalogue, Grasps(catalogue, date(2026, 3, 1)), "HL")
    regions = catalogue.offerings[offering].regions
    placed = tuple(Location(region, "region") for region in regions)
    (service,) = served_by(offering)
    situation = Situation("ville.example", "dns", (service._replace(location=placed),), (), ())
    return evaluate(RequireEvery(selection), situation, reader).truth


PROVIDERS = world.FILES["providers/world.yaml"]
QUALIFIED = Selection("dependency", (("qualification", ("Shield",)),))


@pytest.mark.parametrize(
    ("period", "provenance", "expected"),
    [
        ('from: "2025-01-01", ', world.READ, True),
        ('to: "2026-02-28", ', world.READ, False),
        ('from: "2026-03-02", ', world.READ, False),
        ('from: "2025-01-01", ', world.BELIEVED, None),
    ],
)
def test_a_qualification_counts_on_its_days_alone(
    tmp_path: Path, period: str, provenance: str, expected: Truth
) -> None:
    held = f"qualifications: [{{scheme: Shield, {period}{provenance}}}]"
    regions = "            regions: [HL]\n"
    providers = PROVIDERS.replace(regions, f"{regions}            {held}\n")
    assert providers != PROVIDERS
    assert read_on(tmp_path, QUALIFIED, "homemail", providers_world=providers) is expected


def test_a_qualification_of_which_nobody_read_may_exist(tmp_path: Path) -> None:
    assert read_on(tmp_path, QUALIFIED, "homemail") is None


@pytest.mark.parametrize(
    ("field", "word"), [("keys", "customer"), ("location", "home"), ("controller", "home")]
)
def test_what_is_said_of_an_offering_from_memory_decides_nothing(
    tmp_path: Path, field: str, word: str
) -> None:
    """A holder of keys, a region and an owner are facts like any other: they need a source."""
    offering = f"""\
            regions: [HL]
            keys: customer
            fingerprints: [{{on: dns.mx, under: homemail.example}}]
            {world.READ.replace(", ", chr(10) + "            ")}"""
    read = PROVIDERS.replace(
        "            regions: [HL]\n", "            regions: [HL]\n            keys: customer\n"
    )
    believed = read.replace(offering, offering.replace("verified: true", "verified: false"))
    assert believed != read
    selection = Selection("dependency", ((field, (word,)),))
    known = read_on(tmp_path / "read", selection, "homemail", providers_world=read)
    guessed = read_on(tmp_path / "believed", selection, "homemail", providers_world=believed)
    assert (known, guessed) == (True, None)


@pytest.mark.parametrize(
    ("known", "said", "expected"),
    [
        ("operator", "", None),
        ("operator", "customer", None),
        ("operator", "third-party", None),
        ("operator", "operator", False),
        ("unknown", "operator", False),
        ("unknown", "", None),
        ("customer", "", True),
        ("customer", "operator", True),
    ],
)
def test_keys_that_an_operator_holds_by_default_may_be_the_customers(
    tmp_path: Path, known: str, said: str, expected: Truth
) -> None:
    """What is declared in one's own favour shows nothing; what is admitted does."""
    regions = "            regions: [HL]\n"
    providers = PROVIDERS.replace(regions, f"{regions}            keys: {known}\n")
    catalogue = world.catalogue(tmp_path, providers_world=providers)
    reader = Reader(catalogue, Grasps(catalogue, date(2026, 3, 1)), "HL")
    (service,) = served_by("homemail")
    situation = Situation("ville.example", "dns", (service._replace(keys=said),), (), ())
    held = Selection("dependency", (("keys", ("customer",)),))
    outcome = evaluate(RequireEvery(held), situation, reader)
    assert outcome.truth is expected
    asked = "whether an option that leaves the keys of homemail with the customer alone"
    assert any(asked in text.en for text in outcome.missing) is (
        known == "operator" and expected is None
    )
    default = Selection("dependency", (("default-keys", ("customer",)),))
    by_default = {"operator": False, "customer": True, "unknown": None}
    assert evaluate(RequireEvery(default), situation, reader).truth is by_default[known]


@pytest.mark.parametrize(
    ("domain", "home", "expected"),
    [
        ("ville.example", "HL", True),
        ("ville.example", "OL", False),
        ("ville.com", "HL", None),
    ],
)
def test_a_name_ends_in_a_legal_space_or_in_none(
    tmp_path: Path, domain: str, home: str, expected: Truth
) -> None:
    catalogue = world.catalogue(tmp_path)
    reader = Reader(catalogue, Grasps(catalogue, date(2026, 3, 1)), home)
    condition = Require(Selection("ending", (("standing", ("home", "shared")),)))

    outcome = evaluate(condition, Situation(domain, "registration", (), (), ()), reader)

    assert outcome.truth is expected
    assert bool(outcome.missing) is (expected is None)
    contrary = evaluate(
        Forbid(condition.selection), Situation(domain, "registration", (), (), ()), reader
    )
    assert contrary.truth is (None if expected is None else not expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("lookups void-lookups", True),
        ("lookups", True),
        ("void-lookups", False),
        ("active, client transfer prohibited", True),
        ("client transfer prohibited", True),
        ("client update prohibited", False),
        ("", False),
    ],
)
def test_a_field_that_lists_several_words_has_each_of_them(
    tmp_path: Path, value: str, expected: bool
) -> None:
    catalogue = world.catalogue(tmp_path)
    reader = Reader(catalogue, Grasps(catalogue, date(2026, 3, 1)), "HL")
    listed = Fact(
        "ville.example", "dns", "rdap.domain", "ville.example", (("status", value),), "", ("a",)
    )
    selection = Selection(
        "fact",
        (("kind", ("rdap.domain",)), ("status", ("lookups", "client transfer prohibited"))),
    )
    situation = Situation("ville.example", "dns", (), (listed,), ())
    assert evaluate(Require(selection), situation, reader).truth is expected
