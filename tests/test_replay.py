"""Every recorded organisation is judged as expected, whatever else changes."""

from __future__ import annotations

import pytest

from tests.replay import expected, outline, replayed, stories


def test_there_are_stories() -> None:
    assert len(stories()) >= 5


@pytest.mark.parametrize("story", stories())
def test_story(story: str) -> None:
    """When this fails for a good reason: `make fixtures`, and read the diff."""
    assert outline(replayed(story)) == expected(story)
