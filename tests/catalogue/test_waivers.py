"""A file of waivers holds nothing that nobody could answer for."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from auditor.catalogue.waivers import waivers
from auditor.errors import SourceError, SourceErrors
from auditor.model.waiver import Decision

FILE = Path("waivers.yaml")
RULES = ("mailbox-foreign-order", "dnssec")
WAIVER = """\
waivers:
  - id: W-2026-01
    rule: mailbox-foreign-order
    subject: ville.example mail.mailbox
    decision: accepted
    justification: Migration en cours, marché 2026-14.
    approved_by: Mme Martin, DGS
    approved_on: "2026-03-01"
    expires_on: "2026-12-31"
    evidence: [délibération 2026-45, ticket 12]
"""


def test_a_waiver() -> None:
    read = waivers(WAIVER.encode(), FILE, RULES)

    (waiver,) = read.waivers
    assert (waiver.id, waiver.rule) == ("W-2026-01", "mailbox-foreign-order")
    assert (waiver.subject, waiver.decision) == ("ville.example mail.mailbox", Decision.ACCEPTED)
    assert (waiver.approved_on, waiver.expires_on) == (date(2026, 3, 1), date(2026, 12, 31))
    assert waiver.evidence == ("délibération 2026-45", "ticket 12")
    assert (waiver.place.line, read.digest) == (2, hashlib.sha256(WAIVER.encode()).hexdigest())


@pytest.mark.parametrize(
    ("old", "new", "place", "told"),
    [
        ("mailbox-foreign-order", "mailbox-foreign-orders", "3:11", "did you mean 'mailbox-f"),
        ("mailbox-foreign-order", '"*"', "3:11", "unknown rule '*'"),
        ("mailbox-foreign-order", "mailbox-*", "3:11", "unknown rule 'mailbox-*'"),
        ("ville.example mail.mailbox", "ville.example mail.*", "4:14", "'*' alone stands for"),
        ("ville.example mail.mailbox", '""', "4:14", "'subject' says nothing"),
        ("    subject: ville.example mail.mailbox\n", "", "2:5", "'subject' is missing"),
        ("accepted", "acepted", "5:15", "did you mean 'accepted'?"),
        ("Migration en cours, marché 2026-14.", '"…"', "6:20", "'justification' says nothing"),
        ("    justification: Migration en cours, marché 2026-14.\n", "", "2:5", "is missing"),
        ("Mme Martin, DGS", '" "', "7:18", "'approved_by' says nothing"),
        ('"2026-03-01"', "hier", "8:18", "must be a day, such as"),
        ('"2026-12-31"', '"2026-02-01"', "9:17", "it expires before it is approved"),
        ('    expires_on: "2026-12-31"\n', "", "2:5", "'expires_on' is missing"),
        ("expires_on", "expire_on", "9:5", "is that what 'expire_on' means?"),
        ("waivers:", "waiver:", "1:1", "'waivers' is missing; is that what 'waiver' means?"),
    ],
)
def test_a_mistake_is_shown_where_it_stands(old: str, new: str, place: str, told: str) -> None:
    assert old in WAIVER
    with pytest.raises(SourceError) as mistake:
        waivers(WAIVER.replace(old, new, 1).encode(), FILE, RULES)

    assert str(mistake.value).startswith(f"waivers.yaml:{place}: ")
    assert told in mistake.value.message


def test_every_subject_must_be_asked_for() -> None:
    text = WAIVER.replace("ville.example mail.mailbox", '"*"')

    assert waivers(text.encode(), FILE, RULES).waivers[0].subject == "*"


def test_nothing_is_waived_twice() -> None:
    again = WAIVER.removeprefix("waivers:\n")

    with pytest.raises(SourceErrors) as mistakes:
        waivers((WAIVER + again).encode(), FILE, RULES)

    assert [mistake.message for mistake in mistakes.value.errors] == [
        "'W-2026-01' stands here twice",
        "'W-2026-01' waives what 'W-2026-01' waives already",
    ]


def test_all_mistakes_are_told_at_once() -> None:
    text = WAIVER.replace("accepted", "no") + WAIVER.removeprefix("waivers:\n").replace(
        "mailbox-foreign-order", "none"
    )

    with pytest.raises(SourceErrors) as mistakes:
        waivers(text.encode(), FILE, RULES)

    assert len(mistakes.value.errors) == 2
