"""A call for tenders is read strictly: nobody is excluded by a misspelt word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.source import compose_text
from auditor.catalogue.tender import tender
from auditor.catalogue.tender_schema import schema
from auditor.errors import SourceError
from auditor.model.tender import (
    AnswersWith,
    FrameworkScore,
    HoldsQualification,
    MeetsRule,
    Price,
    ReachesLevel,
    RuleScore,
    Tender,
    WithstandsScenario,
)
from tests import tenders

FILE = Path("tender.yaml")
WHOLE = (
    tenders.HEAD
    + """\
knock_outs:
  - {id: k1, title: Orders, rule: mailbox-foreign-order}
  - {id: k2, title: {fr: Sceau, en: Seal}, qualification: Seal, held_on: "2027-01-01"}
  - {id: k3, title: Level, framework: some-framework, group: B, level: L1}
  - {id: k4, title: Home, framework: some-framework, question: q1}
  - {id: k5, title: Stopped, scenario: stopped}
awards:
  - {id: a1, title: Score, weight: "40", framework: some-framework, weights: skew}
  - {id: a2, title: Rules, weight: "20.5", rules: mailbox-foreign-order}
  - {id: a3, title: Price, weight: "39.5", price: lowest}
bids:
  - id: alpha
    bidder: Alpha
    dossier: alpha.yaml
    price: "1000.50"
    replies:
      - {criterion: k2, received: "2026-02-20", text: Attached, documents: [{path: seal.pdf}]}
  - {id: beta, bidder: Beta, bundle: beta/bundle, price: "1200"}
"""
)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return tenders.catalogue(tmp_path_factory.mktemp("rules"))


def read(text: str, known: Catalogue) -> Tender:
    return tender(compose_text(text, FILE), known, lambda path: f"digest of {path}")


def test_a_tender(known: Catalogue) -> None:
    found = read(WHOLE, known)

    assert (found.buyer.home, found.buyer.organisation.kind) == ("HL", "state")
    assert [each.test for each in found.knock_outs] == [
        MeetsRule("mailbox-foreign-order"),
        HoldsQualification(("Seal",), date(2027, 1, 1)),
        ReachesLevel("some-framework", "B", 1),
        AnswersWith("some-framework", "q1", "yes"),
        WithstandsScenario("stopped"),
    ]
    assert [each.measure for each in found.awards] == [
        FrameworkScore("some-framework", "skew"),
        RuleScore(("mailbox-foreign-order",)),
        Price(),
    ]
    alpha, beta = found.bids
    assert (alpha.price, alpha.dossier, beta.bundle) == (
        Decimal("1000.50"), "alpha.yaml", "beta/bundle",
    )  # fmt: skip
    (reply,) = alpha.replies
    assert (reply.criterion, reply.on) == ("k2", date(2026, 2, 20))
    assert reply.documents[0].sha256 == "digest of seal.pdf"
    assert found.frameworks == ("some-framework",)


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ("as_of: ", "as_off: ", "name: Mail", "'as_of' is missing"),
        ("[mail.mailbox]", "[mail.mailbx]", "mail.mailbx", "did you mean 'mail.mailbox'?"),
        ("[mail.mailbox]", "[web]", "mailbox-foreign-order}", "judges none of the roles bought"),
        ("rule: mailbox-f", "rule: mailbx-f", "mailbx-f", "did you mean 'mailbox-foreign-order'?"),
        ("rule: mail", "rul: mail", "{id: k1", "exactly one of these is needed"),
        ("qualification: Seal", "qualification: Seel", "Seel", "did you mean 'Seal'?"),
        (', held_on: "2027-01-01"', "", "{id: k2", "the day on which it must be held"),
        ("level: L1", "level: L9", "L9", "unknown level 'L9'"),
        ("question: q1", "question: q9", "q9", "unknown question 'q9'"),
        ("scenario: stopped", "scenario: stoped", "stoped", "did you mean 'stopped'?"),
        ("scenario: stopped", "scenario: bought", "bought}", "to exclude by nationality; use"),
        ("weights: skew", "weights: skwe", "skwe", "did you mean 'skew'?"),
        ('"39.5"', '"39"', "- {id: a1", "the weights add up to 99.5, not to 100"),
        ("id: k2", "id: k1", "k1, title: {fr", "'k1' stands here twice"),
        ("id: a1", "id: k1", "k1, title: Score", "'k1' stands here twice"),
        ("id: k2", "id: c02", "c02", "is how contradictions are numbered"),
        ("id: alpha", "id: Alpha!", "Alpha!", "is no id"),
        ('price: "1000.50"', 'price: "0"', '"0"', "a price of 0"),
        ('    price: "1000.50"\n', "", "id: alpha", "'price' is missing"),
        ("dossier: alpha.yaml", "dosier: alpha.yaml", "id: alpha", "did you mean 'dossier'?"),
        ("criterion: k2", "criterion: k9", "k9", "unknown criterion 'k9'"),
        ("currency: EUR", "currency: euros", "euros", "a code of ISO 4217"),
        ("home: HL", "home: HX", "HX", "unknown home 'HX'"),
        ("price: lowest", "price: cheapest", "cheapest", "unknown price 'cheapest'"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    old: str, new: str, at: str, told: str, known: Catalogue
) -> None:
    wrong = WHOLE.replace(old, new, 1)
    assert wrong != WHOLE
    before = wrong[: wrong.index(at)]
    place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    with pytest.raises(SourceError) as caught:
        read(wrong, known)
    assert str(caught.value).startswith(f"tender.yaml:{place}: "), str(caught.value)
    assert told in str(caught.value)


def test_a_take_over_is_refused_with_the_scenarios_that_may_exclude(known: Catalogue) -> None:
    with pytest.raises(SourceError) as caught:
        read(WHOLE.replace("scenario: stopped", "scenario: bought"), known)
    assert str(caught.value).endswith("technology or places: stopped")
    knock_outs = schema(known)["properties"]["knock_outs"]
    assert knock_outs["items"]["properties"]["scenario"]["enum"] == ["stopped"]


def test_a_framework_is_scored_once(known: Catalogue) -> None:
    """By another weight set as well, it would count for more than its weight says."""
    twice = WHOLE.replace(
        "rules: mailbox-foreign-order}\n", "framework: some-framework, weights: even}\n"
    )
    with pytest.raises(SourceError, match="'some-framework' is scored twice"):
        read(twice, known)


def test_a_tender_without_a_criterion_is_none(known: Catalogue) -> None:
    with pytest.raises(SourceError, match="there is no criterion"):
        read(tenders.HEAD + "bids:\n  - {id: a, bidder: A, dossier: a.yaml}\n", known)
