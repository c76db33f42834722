"""What stands behind the report: our own look-ups, counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor import reporting
from auditor.model.exchange import Unasked
from auditor.reporting.annexes import lookups
from auditor.reporting.reading import Reading
from tests.reporting import sample


@pytest.mark.parametrize(("language", "told"), [("fr", "échanges"), ("en", "exchanges")])
def test_the_exchanges_of_the_bundle_are_the_questions_put_and_those_put_to_nobody(
    language: str, told: str
) -> None:
    whole = sample.assessment()
    counted = lookups(Reading(whole, language))
    assert counted.unasked
    assert counted.total + counted.unasked == len(whole.lookups)
    page = reporting.render("html", whole, language).decode()
    assert f"{len(whole.lookups)} {told}" in page


def test_where_every_question_was_put_nothing_is_said_of_others() -> None:
    whole = sample.assessment()
    put = tuple(x for x in whole.lookups if not isinstance(x.result, Unasked))
    page = reporting.render("html", replace(whole, lookups=put), "en").decode()
    assert "put to nobody" not in page
