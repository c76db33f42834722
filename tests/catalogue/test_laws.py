"""Laws and jurisdictions: read as they are written, and those we ship complete."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from auditor import resources
from auditor.audit import knowledge
from auditor.catalogue.catalogue import Catalogue
from auditor.errors import SourceError, SourceErrors
from auditor.model.law import Force, Law
from auditor.model.text import Text
from tests import knowledge as world


@pytest.fixture(scope="module")
def ours() -> Catalogue:
    """The knowledge we ship."""
    return knowledge(resources.rules())


def places(before: str, after: str) -> str:
    text = world.FILES["jurisdictions/world.yaml"]
    assert before in text
    return text.replace(before, after)


def test_a_law_against_foreign_orders_is_read_with_its_days(tmp_path: Path) -> None:
    (shield,) = world.catalogue(tmp_path).jurisdictions["OL"].blocking

    assert shield.citation == "Shield Act, section 2"
    assert shield.what == Text(fr="Interdit de répondre.", en="Forbids to answer.")
    assert shield.period.holds(date(2026, 6, 30))
    assert not shield.period.holds(date(2026, 7, 1))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("what: {fr: Interdit", "waht: {fr: Interdit", "is that what 'waht' means"),
        ('from: "2000-01-01"', 'from: "2027-01-01"', "'to' lies before 'from'"),
        ("{by: EU", "{by: LN", "NL: unknown jurisdiction 'LN'"),
        ("{id: SL,", "{id: SL, assumed: true,", "the home to assume is EU already"),
    ],
)
def test_a_mistake_in_a_jurisdiction_is_told(
    before: str, after: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises((SourceError, SourceErrors), match=r"world\.yaml:\d+:\d+") as caught:
        world.catalogue(tmp_path, jurisdictions_world=places(before, after))

    assert message in str(caught.value)


def test_every_law_says_what_is_secret_and_what_speaks_against_it(ours: Catalogue) -> None:
    silent = {
        law.id
        for law in ours.laws.values()
        if law.secrecy is None or not law.counter_arguments or not law.validity
    }
    assert not silent
    assert len(ours.laws) >= 35


def test_a_law_that_takes_hold_of_nobody_says_why(ours: Catalogue) -> None:
    unexplained = {
        law.id for law in ours.laws.values() if not law.reaches and "exposure" not in law.summary.en
    }
    assert not unexplained


def test_a_law_lapsed_proposed_to_come_or_contested_decides_nothing(ours: Catalogue) -> None:
    """It decides when it is in force, and its text and its state were read in a source."""
    day = date(2026, 11, 24)

    def decides(law: Law) -> bool:
        state = law.on(day)
        read = law.provenance.verified and state is not None and state.provenance.verified
        return read and state is not None and state.force is Force.IN_FORCE

    undecided = {law.id for law in ours.laws.values() if not decides(law)}
    assert {"us-fisa-702", "ca-c22", "in-data-protection", "za-rica"} <= undecided
    assert {"us-cloud-act", "us-sanctions", "eu-e-evidence", "fr-requisitions"}.isdisjoint(
        undecided
    )


def test_periods_of_adequacy_by_one_decider_do_not_overlap(ours: Catalogue) -> None:
    def overlaps() -> Iterator[str]:
        for place in ours.jurisdictions.values():
            held = sorted(place.adequacy, key=lambda d: (d.by, d.period.start or date.min))
            for earlier, later in pairwise(held):
                end = earlier.period.end or date.max
                if earlier.by == later.by and (later.period.start or date.min) <= end:
                    yield place.id

    assert not list(overlaps())


@pytest.mark.parametrize(
    ("place", "day", "held"),
    [
        ("US", "2015-10-05", "2000/520/EC"),
        ("US", "2015-10-06", None),
        ("US", "2020-07-16", None),
        ("US", "2026-11-24", "(EU) 2023/1795"),
        ("GB", "2026-11-24", "(EU) 2021/1772, (EU) 2025/2574"),
        ("GB", "2031-12-28", None),
        ("BR", "2026-01-25", None),
        ("BR", "2026-01-26", "(EU) 2026/179"),
    ],
)
def test_adequacy_is_that_of_the_day(
    place: str, day: str, held: str | None, ours: Catalogue
) -> None:
    decision = ours.jurisdictions[place].adequate_on(
        date.fromisoformat(day), frozenset(("FR", "EU", "EEA"))
    )
    assert (decision and decision.decision) == held


def test_every_state_of_the_union_and_of_the_area_is_there(ours: Catalogue) -> None:
    def inside(space: str) -> int:
        states = (place for place in ours.jurisdictions.values() if place.id != "EU")
        return sum(space in place.within for place in states)

    assert (inside("EU"), inside("EEA")) == (27, 30)
