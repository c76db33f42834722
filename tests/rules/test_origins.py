"""A report in French names its sources in French, where they are no addresses."""

from __future__ import annotations

from collections import Counter

from auditor import resources
from auditor.audit import knowledge
from auditor.model.text import Provenance

OFTEN = 5
"""Entries from which on a source is no citation of its own but a manner of speaking."""


def _provenances() -> list[Provenance]:
    catalogue = knowledge(resources.rules())
    found = [entity.provenance for entity in catalogue.entities.values()]
    for offering in catalogue.offerings.values():
        found += [offering.provenance, *(f.provenance for f in offering.fingerprints)]
        found += [s.provenance for s in (*offering.technology, *offering.subprocessors)]
    return found


def test_what_stands_often_for_a_source_is_said_in_every_language() -> None:
    words = knowledge(resources.rules()).words
    sources = {p.source for p in _provenances() if "://" not in p.source}
    parts = {s: [s] if f"origin.{s}" in words else s.split("; ") for s in sources}
    used = Counter(part for p in _provenances() for part in parts.get(p.source, ()))
    missing = [
        source
        for source, number in used.items()
        if number > OFTEN and f"origin.{source}" not in words
    ]
    assert missing == []
