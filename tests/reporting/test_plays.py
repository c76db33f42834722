"""The scenarios of a report, service by service."""

from __future__ import annotations

from dataclasses import replace

from auditor import reporting
from auditor.model.scenario import Outcome
from auditor.reporting.plays import COLUMNS, Plays, plays
from auditor.reporting.reading import Reading
from tests.reporting import sample


def _table() -> Plays:
    return plays(Reading(sample.assessment(), "fr"))


def test_only_scenarios_that_certainly_hit_something_have_a_row() -> None:
    """A row of question marks, or of dashes, says no more than its title in a note."""
    table = _table()
    assert [row.title for row in table.rows] == ["Le service est coupé"]
    assert table.open == ("une région est perdue",)
    assert table.idle == ("un label n’est pas renouvelé",)


def test_the_service_most_often_hit_stands_first() -> None:
    table = _table()
    assert table.columns[0] == sample.DEPENDENCIES[0].label
    assert table.rows[0].outcomes[0] is Outcome.HIT
    assert set(table.rows[0].outcomes[1:]) == {Outcome.SPARED}


def test_services_without_room_share_a_column_that_tells_the_worst() -> None:
    table = _table()
    labels = {d.label for d in sample.DEPENDENCIES}
    assert len(table.columns) == min(COLUMNS, len(labels))
    assert set(table.columns) | set(table.beyond) == labels
    assert table.beyond
    assert table.rows[0].beyond is Outcome.SPARED


def test_verdicts_that_change_are_counted() -> None:
    table = _table()
    assert [row.flips for row in table.rows] == [1]


def test_a_report_without_scenarios_has_no_such_part() -> None:
    whole = sample.assessment()
    assert "Le service est coupé" in reporting.render("html", whole, "fr").decode()
    none = reporting.render("html", replace(whole, scenarios=()), "fr").decode()
    assert "<h3>Scénarios</h3>" not in none
