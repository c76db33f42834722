"""Ownership that cannot be: more than the whole, or in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.lint.remark import Remark, error
from auditor.catalogue.lint.written import Written
from auditor.model.party import LegalEntity, Stake

_WHOLE = 100.5
"""Percent that rounded shares may add up to."""
_ALWAYS = date.min


def holdings(catalogue: Catalogue, written: Written) -> Iterator[Remark]:
    """What is to be said of the owners."""
    for entity in catalogue.entities.values():
        yield from _too_much(entity, written)
    yield from _circles(catalogue.entities, written)


def _too_much(entity: LegalEntity, written: Written) -> Iterator[Remark]:
    for what in ("capital", "votes"):
        told: set[tuple[int, ...]] = set()
        for day in _turns(entity.stakes):
            held = [
                (number, share)
                for number, stake in enumerate(entity.stakes)
                if stake.period.holds(day) and (share := getattr(stake, what)) is not None
            ]
            whole = sum(share for _, share in held)
            numbers = tuple(number for number, _ in held)
            if whole > _WHOLE and numbers not in told:
                told.add(numbers)
                yield error(
                    written.place("entities", entity.id, "owners", numbers[-1], what),
                    f"{entity.id}: the owners hold {whole:g} % of the {what}{_since(day)}",
                )


def _circles(entities: Mapping[str, LegalEntity], written: Written) -> Iterator[Remark]:
    """Entities that control themselves on some day, each circle once."""
    told: set[frozenset[str]] = set()
    turns = sorted({day for e in entities.values() for day in _turns(e.stakes)})
    for day in turns:
        above = {
            entity.id: [s.owner for s in entity.stakes if s.control and s.period.holds(day)]
            for entity in entities.values()
        }
        done: set[str] = set()
        for id_ in above:
            circle = _circle(id_, above, done, [])
            if circle and frozenset(circle) not in told:
                told.add(frozenset(circle))
                way = " → ".join([*circle, circle[0]])
                yield error(
                    written.place("entities", circle[0], "owners"),
                    f"controlled in a circle{_since(day)}: {way}",
                )


def _circle(id_: str, above: Mapping[str, list[str]], done: set[str], way: list[str]) -> list[str]:
    """The first circle met upwards from *id_*; *done* are those from whom there is none."""
    if id_ in way:
        return way[way.index(id_) :]
    if id_ in done:
        return []
    for owner in above[id_]:
        circle = _circle(owner, above, done, [*way, id_])
        if circle:
            return circle
    done.add(id_)
    return []


def _turns(stakes: tuple[Stake, ...]) -> list[date]:
    """The days on which somebody comes in, or the first after somebody went."""
    days = {stake.period.start or _ALWAYS for stake in stakes}
    days |= {stake.period.end + timedelta(days=1) for stake in stakes if stake.period.end}
    return sorted(days)


def _since(day: date) -> str:
    return "" if day == _ALWAYS else f" on {day}"
