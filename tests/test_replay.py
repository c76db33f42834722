"""Every recorded organisation is judged as expected, whatever else changes."""

from __future__ import annotations

import pytest

from auditor.model.exchange import Unasked
from tests.replay import expected, outline, replayed, stories


def test_there_are_stories() -> None:
    assert len(stories()) >= 5


@pytest.mark.parametrize("story", stories())
def test_story(story: str) -> None:
    """When this fails for a good reason: `make fixtures`, and read the diff."""
    assert outline(replayed(story)) == expected(story)


@pytest.mark.parametrize("story", stories())
def test_whatever_is_cited_as_evidence_was_asked_and_is_there(story: str) -> None:
    assessment = replayed(story)
    there = {each.id for each in assessment.lookups if not isinstance(each.result, Unasked)}

    cited = [*assessment.findings, *assessment.footprint.dependencies]
    cited += [fact for part in assessment.footprint.parts for fact in part.facts]

    assert {id_ for each in cited for id_ in each.evidence} <= there
