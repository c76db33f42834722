"""Entities that nothing names, and signatures under another text."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.lint.remark import Remark, warning
from auditor.catalogue.lint.written import Written


def unused(catalogue: Catalogue, written: Written) -> Iterator[Remark]:
    """Entities that operate, supply and own nothing here."""
    used = {stake.owner for entity in catalogue.entities.values() for stake in entity.stakes}
    for offering in catalogue.offerings.values():
        if offering.operator is not None:
            used.add(offering.operator)
        used.update(supply.entity for supply in (*offering.technology, *offering.subprocessors))
    for entity in catalogue.entities.values():
        if entity.id not in used:
            place = written.place("entities", entity.id, "id")
            yield warning(place, f"nothing names the entity '{entity.id}'")


def signatures(catalogue: Catalogue, written: Written) -> Iterator[Remark]:
    """Rules and laws that were changed after somebody signed them."""
    for kind, things in (("rules", catalogue.rules), ("law", catalogue.laws)):
        for thing in things.values():
            review = thing.signoff.review
            if review is not None and thing.signoff.outdated:
                yield warning(
                    written.place(kind, thing.id, "review"),
                    f"'{thing.id}' was changed after {review.by} signed it on {review.on}: "
                    f"see what, then `auditor rules sign {thing.id}`",
                )
