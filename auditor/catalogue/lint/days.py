"""Days: what was read too long ago, and laws with a hole in their validity."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.lint.remark import Remark, error, warning
from auditor.catalogue.lint.written import Written
from auditor.catalogue.statements import Step, statements
from auditor.errors import Place
from auditor.model.law import Validity
from auditor.model.text import Provenance

STALE = timedelta(days=365)
"""How long a reading of a source counts as recent."""

_KEYS: dict[Step, Step] = {"stakes": "owners"}
"""Fields that are written under another key."""


def days(catalogue: Catalogue, written: Written, today: date) -> Iterator[Remark]:
    """What is to be said of the days."""
    for kind, things in (
        ("jurisdictions", catalogue.jurisdictions),
        ("law", catalogue.laws),
        ("entities", catalogue.entities),
        ("offerings", catalogue.offerings),
        ("rules", catalogue.rules),
    ):
        for id_, thing in things.items():
            for statement in statements(thing):
                path = (_KEYS.get(step, step) for step in statement.path)
                place = written.place(kind, id_, *path, "checked")
                yield from _read(statement.provenance, today, place)
    for law in catalogue.laws.values():
        yield from _gaps(law.id, law.validity, written)


def _read(provenance: Provenance, today: date, place: Place) -> Iterator[Remark]:
    if provenance.checked > today:
        yield error(place, f"'checked' lies ahead: {provenance.checked}")
    elif today - provenance.checked > STALE:
        yield warning(place, f"the source was last read on {provenance.checked}: read it again")


def _gaps(id_: str, validity: tuple[Validity, ...], written: Written) -> Iterator[Remark]:
    for number, (before, after) in enumerate(pairwise(validity), 1):
        end, start = before.period.end, after.period.start
        if end is not None and start is not None and start - end > timedelta(days=1):
            yield error(
                written.place("law", id_, "validity", number, "from"),
                f"nothing is said of the law between {end} and {start}: which state was it in?",
            )
