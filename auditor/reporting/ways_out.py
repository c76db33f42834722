"""The ways out, as somebody reads them on a terminal, and as a program reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from auditor.model.assessment import Assessment, State
from auditor.model.way_out import Alternative, Effects, Left, Plan, WayOut
from auditor.reporting.plain import filled
from auditor.reporting.reading import Reading, inside
from auditor.reporting.references import plain

FORMAT = 1
"""Format of the JSON.  Raised when a reader of the old one would err."""

_SHOWN = 6
"""Alternatives named for one service; the JSON has them all."""


def account(plan: Plan, assessment: Assessment, language: str, width: int) -> str:
    """*plan* in plain text."""
    return "\n".join(_account(Reading(assessment, language), plan, width)) + "\n"


def as_json(plan: Plan, assessment: Assessment) -> bytes:
    """*plan* for programs; the same plan gives the same bytes."""
    document = {
        "format": FORMAT,
        "subject": assessment.target.name,
        "as_of": plan.as_of.isoformat(),
        "digests": {
            "bundle": assessment.digests.bundle,
            "rules": assessment.digests.rules,
            "tool": assessment.digests.tool,
        },
        "currency": plan.prices.currency if plan.prices else None,
        "ways": [_way_json(way) for way in plan.ways],
        "before": [_left_json(left) for left in plan.before],
        "after": [[_left_json(left) for left in step] for step in plan.after],
    }
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1)
    return text.encode() + b"\n"


def _account(reading: Reading, plan: Plan, width: int) -> Iterator[str]:
    say = reading.say
    name = reading.assessment.target.name
    yield from _filled(reading.notice, width, "")
    if not plan.ways:
        yield from _filled(say("colon", label=name, text=say("ways.none")), width, "")
        return
    yield from _filled(say("colon", label=name, text=say("ways.title")), width, "")
    yield from _filled(say("ways.intro", day=say.day(plan.as_of)), width, "  ")
    yield say("ways.today", text=_left_text(reading, plan.before))
    after = iter(plan.after)
    for number, way in enumerate(plan.ways, 1):
        yield from _way(reading, plan, number, way, width)
        if way.alternatives:
            yield from _filled(
                say("ways.left", text=_left_text(reading, next(after))), width, "   "
            )
    yield say("ways.applied")
    yield from _filled(say("ways.not-applied", text=reading.countries(plan.applied)), width, "  ")
    yield say("ways.law")
    yield from _filled(reading.text(plan.switching), width, "  ")


def _way(reading: Reading, plan: Plan, number: int, way: WayOut, width: int) -> Iterator[str]:
    say = reading.say
    roles = say.listing(inside(reading.role(role)) for role in way.roles)
    heading = say("ways.service", label=way.label, roles=roles)
    yield from _filled(f"{number}. {heading}", width, "")
    yield from _filled(say("ways.reached", text=_effects_text(reading, way.effects)), width, "   ")
    if way.ends is not None:
        days = (way.ends - plan.as_of).days
        key = "ways.contract" if days >= 0 else "ways.contract-over"
        yield from _filled(say(key, abs(days), day=say.day(way.ends)), width, "   ")
    yield from _filled(say("ways.formats", text=reading.text(way.move.formats)), width, "   ")
    if way.move.caution is not None:
        yield from _filled(say("ways.caution", text=reading.text(way.move.caution)), width, "   ")
    if way.coupled:
        coupled = say.listing(inside(reading.text(name)) for name in way.coupled)
        yield from _filled(say("ways.coupled", text=coupled), width, "   ")
    if way.cost is not None and plan.prices is not None:
        amount = say.amount(way.cost, plan.prices.currency)
        yield from _filled(say("ways.stay", text=amount), width, "   ")
    if not way.alternatives:
        yield from _filled(say("ways.no-alternative"), width, "   ")
    examined = [each for each in way.alternatives if not each.unexamined]
    open_ = [each for each in way.alternatives if each.unexamined]
    for heading, alternatives in (("ways.alternatives", examined), ("ways.unexamined", open_)):
        if alternatives:
            yield from _filled(say(heading, len(alternatives)), width, "   ")
        for alternative in alternatives[:_SHOWN]:
            yield from _filled(_alternative(reading, plan, alternative), width, "   – ")
        if len(alternatives) > _SHOWN:
            yield from _filled(say("and-more", len(alternatives) - _SHOWN), width, "   – ")
    if way.reached:
        yield from _filled(say("ways.also-reached", way.reached), width, "   ")
    if way.unverified:
        yield from _filled(say("ways.unverified", way.unverified), width, "   ")


def _alternative(reading: Reading, plan: Plan, alternative: Alternative) -> str:
    say = reading.say
    said = say(
        "ways.alternative",
        name=alternative.name,
        operator=alternative.operator,
        countries=reading.countries(alternative.controlled_from),
    )
    if alternative.missing:
        said = say("semicolon").join((said, say("ways.open", len(alternative.missing))))
    if alternative.unexamined:
        said = say("ways.of-which", what=said, text=_listed(reading, alternative))
    if alternative.cost is not None and plan.prices is not None:
        amount = say.amount(alternative.cost, plan.prices.currency)
        said = say("semicolon").join((said, say("ways.cost", text=amount)))
    return said


def _listed(reading: Reading, alternative: Alternative) -> str:
    return reading.say("semicolon").join(map(reading.text, alternative.unexamined))


def _effects_text(reading: Reading, effects: Effects) -> str:
    reached = [effect for effect, state in effects if state is State.REACHED]
    return reading.say.listing(inside(reading.word("effect", effect.value)) for effect in reached)


def _left_text(reading: Reading, left: tuple[Left, ...]) -> str:
    return reading.say("semicolon").join(
        reading.say(
            "ways.count",
            effect=inside(reading.word("effect", each.effect.value)),
            reached=reading.say.number(each.reached),
            unknown=reading.say.number(each.unknown),
        )
        for each in left
    )


def _filled(text: str, width: int, indent: str) -> list[str]:
    return filled(text, width, indent, " " * len(indent))


def _way_json(way: WayOut) -> dict[str, Any]:
    return {
        "move": way.move.id,
        "offering": way.offering,
        "roles": list(way.roles),
        "domains": list(way.domains),
        "dependencies": list(way.dependencies),
        "effects": _effects_json(way.effects),
        "weight": way.weight,
        "coupled": [plain(name) for name in way.coupled],
        "ends": None if way.ends is None else way.ends.isoformat(),
        "cost": None if way.cost is None else str(way.cost),
        "reached": way.reached,
        "unverified": way.unverified,
        "alternatives": [
            {
                "offering": each.offering,
                "operator": each.operator,
                "controlled_from": list(each.controlled_from),
                "effects": _effects_json(each.effects),
                "missing": [plain(text) for text in each.missing],
                "unexamined": [plain(text) for text in each.unexamined],
                "cost": None if each.cost is None else str(each.cost),
            }
            for each in way.alternatives
        ],
    }


def _effects_json(effects: Effects) -> dict[str, str]:
    return {effect.value: state.value for effect, state in effects}


def _left_json(left: Left) -> dict[str, Any]:
    return {"effect": left.effect.value, "reached": left.reached, "unknown": left.unknown}
