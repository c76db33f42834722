"""Everything that is stated with a source, wherever in a thing it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from auditor.model.text import Period, Provenance

Step = str | int


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in a law, a jurisdiction, an entity, an offering or a rule.

    Attributes:
        path: The fields and positions that lead to it, from 0; empty for the thing itself.
        period: When it holds, where it says so.
    """

    path: tuple[Step, ...]
    provenance: Provenance
    period: Period | None

    def __str__(self) -> str:
        return " ".join(str(s + 1) if isinstance(s, int) else s for s in self.path)


def statements(thing: object) -> Iterator[Statement]:
    """Every statement in *thing*, itself first; what takes its source from above is left out."""
    known: set[Provenance] = set()
    for statement in _stated(thing, ()):
        if statement.provenance in known and "fingerprints" in statement.path:
            continue
        known.add(statement.provenance)
        yield statement


def _stated(thing: object, path: tuple[Step, ...]) -> Iterator[Statement]:
    if isinstance(thing, tuple):
        for number, item in enumerate(thing):
            yield from _stated(item, (*path, number))
    elif is_dataclass(thing):
        provenance = getattr(thing, "provenance", None)
        if isinstance(provenance, Provenance):
            yield Statement(path, provenance, getattr(thing, "period", None))
        for field in fields(thing):
            if field.name != "provenance":
                yield from _stated(getattr(thing, field.name), (*path, field.name))
