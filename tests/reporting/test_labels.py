"""Every word of a closed vocabulary that a report may print has a label."""

from __future__ import annotations

from auditor.probes.probe import kinds
from tests.reporting import sample


def test_every_kind_of_value_has_a_label() -> None:
    """Without one a report prints `dns.mx.implicit`."""
    words = sample.assessment().knowledge.words
    assert [kind for kind in kinds() if f"kind.{kind}" not in words] == []
