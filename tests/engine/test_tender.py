"""Bids compared: nothing is met or failed unless established, and nobody chooses its own scales."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.model.compared import Compared, Outcome, Purpose, Rank, Span
from tests import tenders
from tests.tenders import HOMEMAIL, OVERCLOUD, one

SEALED = """\
    certificates:
      - {scheme: Seal, from: "2025-01-01", to: "2028-01-01"}
"""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return tenders.catalogue(tmp_path_factory.mktemp("rules"))


def gate(
    directory: Path, known: Catalogue, criterion: str, *offers: tuple[str, str]
) -> list[Compared]:
    """Bids that offer each of *offers*, an offering and what is said of it, at one knock-out."""
    bids = []
    for number, (offering, said) in enumerate(offers):
        file = tenders.dossier(directory, f"bid{number}", offering, said)
        bids.append(f"  - {{id: b{number}, bidder: Bidder {number}, dossier: {file}}}\n")
    text = f"knock_outs:\n  - {{id: k, title: K, {criterion}}}\nbids:\n{''.join(bids)}"
    return list(tenders.compared(directory, text, known).bids)


@pytest.mark.parametrize(
    ("criterion", "offering", "said", "outcome"),
    [
        ("rule: mailbox-foreign-order", HOMEMAIL, "", Outcome.MET),
        ("rule: mailbox-foreign-order", OVERCLOUD, "", Outcome.FAILED),
        ("rule: mailbox-foreign-order", "closed-mail", "", Outcome.OPEN),
        ("rule: mailbox-foreign-order", "Some mail", "", Outcome.OPEN),
        ('qualification: Seal, held_on: "2027-01-01"', HOMEMAIL, "", Outcome.MET),
        ('qualification: Seal, held_on: "2027-07-01"', HOMEMAIL, "", Outcome.OPEN),
        ('qualification: Seal, held_on: "2027-01-01"', OVERCLOUD, "", Outcome.OPEN),
        ('qualification: Seal, held_on: "2028-06-01"', "Some mail", SEALED, Outcome.OPEN),
        ('qualification: Seal, held_on: "2027-01-01"', "Some mail", SEALED, Outcome.DECLARED),
        ("framework: some-framework, question: q1", HOMEMAIL, "", Outcome.MET),
        ("framework: some-framework, question: q1", OVERCLOUD, "", Outcome.FAILED),
        ("framework: some-framework, question: q1", "closed-mail", "", Outcome.OPEN),
        ("framework: some-framework, level: L1", HOMEMAIL, "", Outcome.MET),
        ("framework: some-framework, level: L1", OVERCLOUD, "", Outcome.FAILED),
        ("framework: some-framework, level: L2", HOMEMAIL, "", Outcome.OPEN),
        ("framework: some-framework, group: B, level: L1", OVERCLOUD, "", Outcome.MET),
        ("scenario: stopped", HOMEMAIL, "", Outcome.FAILED),
        ("scenario: stopped", "Some mail", "", Outcome.OPEN),
    ],
)
def test_a_knock_out_is_met_failed_or_open(
    criterion: str, offering: str, said: str, outcome: Outcome, known: Catalogue, tmp_path: Path
) -> None:
    (bid,) = gate(tmp_path, known, criterion, (offering, said))

    assert bid.admission is outcome
    assert [each.outcome for each in bid.checked] == [outcome]


def test_what_a_bidder_says_meets_a_criterion_by_its_word_only(
    known: Catalogue, tmp_path: Path
) -> None:
    answer = 'answers:\n  some-framework:\n    q2: "3"\n'
    (bid,) = gate(tmp_path, known, "framework: some-framework, level: L2", (HOMEMAIL, answer))

    (checked,) = bid.checked
    assert (checked.proved, checked.declared) == (None, True)
    (asked,) = bid.clarifications
    assert asked.purpose is Purpose.PROVE
    assert [item.id for item in asked.items] == ["q2"]


def test_a_bid_fails_by_its_own_word(known: Catalogue, tmp_path: Path) -> None:
    answer = 'answers:\n  some-framework:\n    q2: "1"\n'
    (bid,) = gate(tmp_path, known, "framework: some-framework, level: L2", (HOMEMAIL, answer))

    (checked,) = bid.checked
    assert (checked.proved, checked.declared) == (None, False)
    assert bid.admission is Outcome.FAILED
    assert checked.because


def test_a_bid_that_says_what_is_known_to_be_false_gains_nothing(
    known: Catalogue, tmp_path: Path
) -> None:
    answer = "answers:\n  some-framework:\n    q1: yes\n"
    (bid,) = gate(tmp_path, known, "framework: some-framework, question: q1", (OVERCLOUD, answer))

    assert bid.admission is Outcome.FAILED
    assert [asked.purpose for asked in bid.clarifications] == [Purpose.COMMENT]


def test_an_answer_that_evidence_excludes_is_put_to_the_bidder(
    known: Catalogue, tmp_path: Path
) -> None:
    said = tenders.dossier(
        tmp_path, "said", OVERCLOUD, 'answers:\n  some-framework:\n    q1: yes\n    q2: "3"\n'
    )
    comparison = tenders.compared(
        tmp_path,
        f"""\
        awards:
          - {{id: a, title: A, weight: "100", framework: some-framework, weights: skew}}
        bids:
          - {{id: said, bidder: Said, dossier: {said}}}
        """,
        known,
    )

    (bid,) = comparison.bids
    (asked,) = bid.clarifications
    assert bid.total is not None
    assert bid.total.declared == (10, 10)
    assert asked.purpose is Purpose.PROVE
    assert [point.en for point in asked.points] == [
        "why question q1 is answered “yes”, while what is known excludes it"
    ]


def test_a_bid_does_not_choose_its_own_minimum_or_weights(known: Catalogue, tmp_path: Path) -> None:
    own = "answers:\n  some-framework:\n    minimum: L0\n    weights: even\n    minimum.B: L1\n"
    plain = tenders.dossier(tmp_path, "plain", HOMEMAIL)
    sly = tenders.dossier(tmp_path, "sly", HOMEMAIL, own)
    comparison = tenders.compared(
        tmp_path,
        f"""\
        knock_outs:
          - {{id: k, title: K, framework: some-framework, level: L2}}
        awards:
          - {{id: a, title: A, weight: "100", framework: some-framework, weights: skew}}
        bids:
          - {{id: plain, bidder: Plain, dossier: {plain}}}
          - {{id: sly, bidder: Sly, dossier: {sly}}}
        """,
        known,
    )

    first, second = comparison.bids
    assert first.checked == second.checked
    assert first.total == second.total
    assert [question for _, question, _ in second.basis.set_aside] == [
        "minimum", "weights", "minimum.B",
    ]  # fmt: skip


def test_home_and_organisation_are_the_buyers_whatever_a_bid_says(
    known: Catalogue, tmp_path: Path
) -> None:
    (bid,) = gate(tmp_path, known, "rule: mailbox-foreign-order", (OVERCLOUD, "home: OL\n"))

    assert bid.assessment.target.home == "HL"
    assert bid.assessment.target.organisation.kind == "state"
    assert bid.assessment.as_of == date(2026, 3, 1)
    assert bid.admission is Outcome.FAILED


def test_nothing_was_looked_up_so_nothing_is_said_to_be_unseen(
    known: Catalogue, tmp_path: Path
) -> None:
    """Neither a contradiction of look-ups that nobody made, nor a role left open by them."""
    (bid,) = gate(tmp_path, known, "rule: mailbox-foreign-order", (HOMEMAIL, ""))

    assert bid.assessment.contradictions == ()
    assert bid.checked[0].outcome is Outcome.MET


def test_a_role_in_which_nothing_is_offered_establishes_nothing(
    known: Catalogue, tmp_path: Path
) -> None:
    file = tenders.dossier(tmp_path, "empty", HOMEMAIL)
    text = (tmp_path / file).read_text().replace("mail.mailbox", "mail.outbound")
    (tmp_path / file).write_text(text)
    comparison = tenders.compared(
        tmp_path,
        f"""\
        knock_outs:
          - {{id: k1, title: K, rule: mailbox-foreign-order}}
          - {{id: k2, title: K, framework: some-framework, level: L0}}
          - {{id: k3, title: K, scenario: stopped}}
          - {{id: k4, title: K, qualification: Seal, held_on: "2026-03-01"}}
        awards:
          - {{id: a1, title: A, weight: "60", framework: some-framework, weights: even}}
          - {{id: a2, title: A, weight: "40", rules: mailbox-foreign-order}}
        bids:
          - {{id: empty, bidder: Empty, dossier: {file}}}
        """,
        known,
    )

    (bid,) = comparison.bids
    assert bid.holes == ("mail.mailbox",)
    assert {each.outcome for each in bid.checked} == {Outcome.OPEN}
    assert bid.total is not None
    assert bid.total.proved == Span(Fraction(0), Fraction(100))


AWARDED = """\
awards:
  - {{id: a1, title: Score, weight: "50", framework: some-framework, weights: skew}}
  - {{id: a2, title: Rules, weight: "20", rules: mailbox-foreign-order}}
  - {{id: a3, title: Price, weight: "30", price: lowest}}
"""


def test_points_by_hand(known: Catalogue, tmp_path: Path) -> None:
    """Homemail: q1 yes gives 10 of 10, of weight 90; q2, unknown, 0 to 20 of 20, of weight 10.

    So 90 to 100 of 100, times 50: 45 to 50.  Its rule is met: 20.  Price 100 of 120: 25.
    Overcloud: q1 no: 0; q2: 0 to 10, times 50: 0 to 5.  Its rule failed: 0.  Lowest price: 30.
    """
    home = tenders.dossier(tmp_path, "home", HOMEMAIL)
    over = tenders.dossier(tmp_path, "over", OVERCLOUD)
    comparison = tenders.compared(
        tmp_path,
        AWARDED.format()
        + f"""\
bids:
  - {{id: home, bidder: Home, dossier: {home}, price: "120"}}
  - {{id: over, bidder: Over, dossier: {over}, price: "100"}}
""",
        known,
    )

    first, second = one(comparison, "home"), one(comparison, "over")
    assert first.scored is not None
    assert [each.points.proved for each in first.scored] == [(45, 50), (20, 20), (25, 25)]
    assert first.total is not None
    assert second.total is not None
    assert first.total.proved == (90, 95)
    assert second.total.proved == (30, 35)
    assert (first.proved_rank, second.proved_rank) == (Rank(1, 1), Rank(2, 2))


def test_a_declared_answer_narrows_the_second_interval_only(
    known: Catalogue, tmp_path: Path
) -> None:
    said = tenders.dossier(tmp_path, "said", HOMEMAIL, 'answers:\n  some-framework:\n    q2: "3"\n')
    comparison = tenders.compared(
        tmp_path,
        f"""\
        awards:
          - {{id: a, title: A, weight: "100", framework: some-framework, weights: skew}}
        bids:
          - {{id: said, bidder: Said, dossier: {said}}}
        """,
        known,
    )

    (bid,) = comparison.bids
    assert bid.total is not None
    assert (bid.total.proved, bid.total.declared) == ((90, 100), (100, 100))


def test_a_bid_that_is_excluded_sets_no_price_and_is_not_scored(
    known: Catalogue, tmp_path: Path
) -> None:
    home = tenders.dossier(tmp_path, "home", HOMEMAIL)
    over = tenders.dossier(tmp_path, "over", OVERCLOUD)
    comparison = tenders.compared(
        tmp_path,
        f"""\
        knock_outs: [{{id: k, title: K, rule: mailbox-foreign-order}}]
        awards: [{{id: a, title: Price, weight: "100", price: lowest}}]
        bids:
          - {{id: home, bidder: Home, dossier: {home}, price: "120"}}
          - {{id: over, bidder: Over, dossier: {over}, price: "1"}}
        """,
        known,
    )

    first, second = comparison.bids
    assert first.total is not None
    assert first.total.proved == (100, 100)
    assert (second.scored, second.total, second.proved_rank) == (None, None, None)


def test_a_cheapest_bid_that_may_yet_be_excluded_leaves_the_prices_open(
    known: Catalogue, tmp_path: Path
) -> None:
    """100 is the lowest price if the second bid is admitted, 120 if not; both stay possible."""
    home = tenders.dossier(tmp_path, "home", HOMEMAIL)
    closed = tenders.dossier(tmp_path, "closed", "closed-mail")
    comparison = tenders.compared(
        tmp_path,
        f"""\
        knock_outs: [{{id: k, title: K, rule: mailbox-foreign-order}}]
        awards: [{{id: a, title: Price, weight: "60", price: lowest}},
                 {{id: b, title: Rule, weight: "40", rules: mailbox-foreign-order}}]
        bids:
          - {{id: home, bidder: Home, dossier: {home}, price: "120"}}
          - {{id: closed, bidder: Closed, dossier: {closed}, price: "100"}}
        """,
        known,
    )

    first, second = comparison.bids
    assert first.total is not None
    assert second.total is not None
    assert first.total.proved == (50 + 40, 60 + 40)
    assert second.total.proved == (60, 100)
    assert first.proved_rank == second.proved_rank == Rank(1, 2)


def test_a_bidder_that_fails_is_heard_and_one_that_does_not_is_asked_the_same(
    known: Catalogue, tmp_path: Path
) -> None:
    failed, open_, met = gate(
        tmp_path, known, "rule: mailbox-foreign-order",
        (OVERCLOUD, ""), ("closed-mail", ""), (HOMEMAIL, ""),
    )  # fmt: skip

    (heard,), (asked,) = failed.clarifications, open_.clarifications
    assert (heard.purpose, asked.purpose) == (Purpose.COMMENT, Purpose.SETTLE)
    assert heard.ask == asked.ask
    assert heard.points
    assert asked.points
    assert met.clarifications == ()


def test_a_reply_is_kept_and_changes_no_result(known: Catalogue, tmp_path: Path) -> None:
    file = tenders.dossier(tmp_path, "bid", "closed-mail")
    text = f"""\
knock_outs: [{{id: k, title: K, rule: mailbox-foreign-order}}]
bids:
  - id: bid
    bidder: Bid
    dossier: {file}
"""
    reply = (
        '    replies: [{criterion: k, received: "2026-02-20", text: Nobody from abroad owns us.}]\n'
    )
    (before,) = tenders.compared(tmp_path, text, known).bids
    (after,) = tenders.compared(tmp_path, text + reply, known).bids

    assert after.checked == before.checked
    assert after.bid.replies[0].text == "Nobody from abroad owns us."
