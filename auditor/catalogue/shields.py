"""Read `rules/shields.yaml`."""

from __future__ import annotations

from collections.abc import Collection

from auditor.catalogue.source import Entry
from auditor.model.law import Effect, Shield


def shields(file: Entry, jurisdictions: Collection[str]) -> tuple[Shield, ...]:
    """The qualifications that cut an effect.

    Raises:
        SourceError: A word is missing or not one of ours.
    """
    read = []
    for entry in file.entries("shields", required=True):
        read.append(
            Shield(
                id=entry.string("id"),
                schemes=entry.words("schemes", required=True),
                effect=entry.member("effect", Effect),
                outside=entry.word("outside", jurisdictions),
                scope=entry.text("scope"),
                contradicted=entry.text("contradicted"),
                provenance=entry.provenance(),
            )
        )
        entry.close()
    file.close()
    return tuple(read)
