"""Conditions read as sentences, in both languages, with no word of the machine left in them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from auditor import resources
from auditor.audit import read
from auditor.catalogue.catalogue import Catalogue, vocabulary
from auditor.cli.book import knowledge
from auditor.model.rule import (
    All,
    Any,
    Condition,
    Distinct,
    Example,
    Forbid,
    Not,
    Require,
    RequireEvery,
    Selection,
    Verdict,
)
from auditor.probes import probe
from auditor.reporting.criterion import InWords, Said
from auditor.reporting.wording import catalogue

FOREIGN = Selection("exposure", (("effect", ("disclosure",)), ("standing", ("third", "home"))))
FACT = Selection("fact", (("kind", ("dns.dmarc",)), ("p", ("reject", "quarantine"))))


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return read(resources.rules())


def lines(said: Said, depth: int = 0) -> Iterator[str]:
    yield "  " * depth + said.text
    for below in said.below:
        yield from lines(below, depth + 1)


def english(condition: Condition, known: Catalogue) -> list[str]:
    return list(lines(InWords(knowledge(known), "en").condition(condition)))


def french(condition: Condition, known: Catalogue) -> list[str]:
    return list(lines(InWords(knowledge(known), "fr").condition(condition)))


def test_what_is_forbidden(known: Catalogue) -> None:
    assert english(Forbid(FOREIGN), known) == [
        "no law reaches the service in this way:",
        "  effect: disclosure",
        "  law: third country without adequacy decision or national law",
    ]
    assert french(Forbid(FOREIGN), known) == [
        "aucune loi n’atteint le service ainsi\u00a0:",
        "  effet\u00a0: divulgation",
        "  droit\u00a0: pays tiers sans décision d’adéquation ou droit national",
    ]


def test_what_is_required(known: Catalogue) -> None:
    assert english(Require(FACT), known) == [
        "this is published:",
        "  nature: DMARC policy",
        "  p: reject or quarantine",
    ]
    assert english(RequireEvery(Selection("dependency", ())), known) == [
        "every service answers this description:",
        "  anything at all",
    ]


def test_what_is_put_together(known: Catalogue) -> None:
    condition = All((Any((Require(FACT), Distinct("operator", 2))), Not(Forbid(FOREIGN))))
    assert [line for line in english(condition, known) if not line.startswith("      ")] == [
        "all of these hold:",
        "  at least one of these holds:",
        "    this is published:",
        "    the services have several operators: 2 at least",
        "  this is not the case:",
        "    no law reaches the service in this way:",
    ]


def test_a_situation(known: Catalogue) -> None:
    offering = next(iter(known.offerings.values()))
    example = Example(
        "name",
        (
            ("role", ("mail.inbound",)),
            ("offering", (offering.id,)),
            ("offerings", ("web=none",)),
            ("home", ("FR",)),
            ("gap", ("true",)),
            ("fact", ("kind=dns.dmarc", "p=none")),
        ),
        Verdict.FAIL,
        "",
    )
    assert InWords(knowledge(known), "en").situation(example) == (
        "role: incoming mail",
        f"offering: {offering.name}",
        "offerings: Website → no service",
        "organisation of: France",
        "a look-up had no reply",
        "published: DMARC policy, p = none",
    )


def test_every_field_of_a_condition_has_a_name(known: Catalogue) -> None:
    words = vocabulary(known, probe.kinds())
    fields = {f for what in ("exposure", "dependency") for f in words.selectable(what)}
    assert {f for f in fields if f"condition.field.{f}" not in catalogue()} == set()


def test_every_rule_we_ship_reads_as_sentences(known: Catalogue) -> None:
    for language in ("fr", "en"):
        tongue = InWords(knowledge(known), language)
        for rule in known.rules.values():
            said = list(lines(tongue.condition(rule.condition)))
            assert said
            assert not [line for line in said if "_" in line], rule.id
