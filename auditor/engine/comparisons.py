"""Conditions that compare services with each other: how many differ, and which are apart."""

from __future__ import annotations

from itertools import product

from auditor.engine.outcome import Outcome, different, look_ups
from auditor.engine.scope import layer_of
from auditor.engine.situation import Reader, Situation
from auditor.model.footprint import Dependency
from auditor.model.rule import Apart, Distinct
from auditor.model.text import Text


def distinct(condition: Distinct, situation: Situation, reader: Reader) -> Outcome:
    """Whether so many are certainly different; those that may be alike leave it not known."""
    certain: set[str] = set()
    doubtful: set[str] = set()
    layer = layer_of(condition.field)
    considered = tuple(d for d in situation.dependencies if d.layer == layer)
    for dependency in considered:
        offering = reader.catalogue.offerings[dependency.offering] if dependency.offering else None
        match condition.field:
            case "operator":
                value = offering.operator if offering else None
            case "controller":
                value = " ".join(reader.controllers(dependency.offering) or ()) or None
            case _:
                value = offering.id if offering else None
        sure = value and reader.doubt(dependency) is None
        (certain if sure else doubtful).add(value or dependency.label)
    doubtful -= certain
    if len(certain) >= condition.at_least:
        return Outcome(True, dependencies=considered)
    if (len(certain) + len(doubtful) >= condition.at_least and doubtful) or situation.gaps:
        named = condition.field not in ("operator", "controller")
        unidentified = tuple(
            d for d in considered if not (d.offering if named else reader.operated(d))
        )
        phrase = reader.catalogue.words["missing.operator"]
        missing = [phrase.format(party=d.label) for d in unidentified]
        missing += [t for d in considered if d.offering and (t := reader.doubt(d)) is not None]
        missing += look_ups(situation.gaps, reader)
        return Outcome(None, (), unidentified or considered, (), tuple(dict.fromkeys(missing)))
    return Outcome(False, dependencies=considered)


def apart(condition: Apart, situation: Situation, reader: Reader) -> Outcome:
    """Whether nobody is on both sides; where nobody was seen on one of them, that is not known."""
    one, other = (
        [d for d in situation.dependencies if d.layer == "service" and d.role in roles]
        for roles in (condition.one, condition.other)
    )
    together: list[Dependency] = []
    doubtful: list[Dependency] = []
    for left, right in product(one, other):
        same = reader.same(condition.field, left, right)
        sure = reader.doubt(left) is None and reader.doubt(right) is None
        if same and sure:
            together += [left, right]
        elif same is None or not sure:
            doubtful += [left, right]
    if together:
        return Outcome(False, dependencies=different(together))
    considered = different([*one, *other])
    if not doubtful and not situation.gaps and one and other:
        return Outcome(True, dependencies=considered)
    missing: list[Text] = []
    for dependency in different(doubtful):
        missing += reader.missing_holder(condition.field, dependency)
        missing += [] if (doubt := reader.doubt(dependency)) is None else [doubt]
    if not situation.gaps:
        catalogue = reader.catalogue
        unseen = (*(() if one else condition.one), *(() if other else condition.other))
        missing += [
            catalogue.words["missing.served"].format(role=catalogue.role_names[role])
            for role in unseen
        ]
    missing += look_ups(situation.gaps, reader)
    return Outcome(None, (), different(doubtful) or considered, (), tuple(dict.fromkeys(missing)))
