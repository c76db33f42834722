"""A scenario, as somebody reads it on a terminal, and as a program reads it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from auditor.model.assessment import Assessment
from auditor.model.scenario import Consequence, Deadline, Outcome, Played
from auditor.reporting.chains import in_words
from auditor.reporting.plain import filled
from auditor.reporting.reading import Reading, capital, distinct, inside
from auditor.reporting.references import plain

FORMAT = 1
"""Format of the JSON.  Raised when a reader of the old one would err."""

_DOUBTS = 3
"""Missing facts named for one service; the JSON has them all."""


def overview(plays: Iterable[Played], assessment: Assessment, language: str, width: int) -> str:
    """One paragraph for each of *plays*: what it hits, and the next day that matters."""
    reading = Reading(assessment, language)
    lines = _filled(reading.notice, width, "")
    for played in plays:
        counts = [
            reading.say(f"scenario.count-{outcome.value}", len(services))
            for outcome in Outcome
            if (services := _services(reading, played, outcome))
        ]
        scenario = played.scenario
        lines += [f"{scenario.id}", *_filled(reading.text(scenario.title), width, "  ")]
        told = reading.say.listing(counts) if counts else reading.say("scenario.nothing")
        lines += _filled(capital(told), width, "  ")
        lines += [
            line
            for deadline in played.deadlines[:1]
            for line in _filled(_deadline(reading, deadline), width, "  ")
        ]
    return "\n".join(lines) + "\n"


def account(played: Played, assessment: Assessment, language: str, width: int) -> str:
    """Everything that *played* does to the organisation, and what to ask."""
    return "\n".join(_account(Reading(assessment, language), played, width)) + "\n"


def as_json(plays: Sequence[Played], assessment: Assessment) -> bytes:
    """*plays* for programs; the same plays give the same bytes."""
    document = {
        "format": FORMAT,
        "subject": assessment.target.name,
        "as_of": assessment.as_of.isoformat(),
        "digests": {
            "bundle": assessment.digests.bundle,
            "rules": assessment.digests.rules,
            "tool": assessment.digests.tool,
        },
        "scenarios": [_json(played) for played in plays],
    }
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1)
    return text.encode() + b"\n"


def _account(reading: Reading, played: Played, width: int) -> Iterator[str]:
    say, scenario = reading.say, played.scenario
    title = say("colon", label=reading.assessment.target.name, text=reading.text(scenario.title))
    yield from _filled(reading.notice, width, "")
    yield from _filled(title, width, "")
    yield from _filled(reading.text(scenario.story), width, "  ")
    yield from _filled(say("scenario.as-of", day=say.day(played.as_of)), width, "  ")
    for outcome in Outcome:
        chosen = [c for c in played.consequences if c.outcome is outcome]
        services = _services(reading, played, outcome)
        if not services:
            continue
        yield say(f"scenario.{outcome.value}", len(services))
        if outcome is Outcome.SPARED:
            yield from _filled(say.listing(services), width, "  ")
            continue
        for service, consequences in _by_service(reading, chosen).items():
            yield from _filled(service, width, "  ")
            for line in _because(reading, consequences):
                yield from _filled(line, width, "    ")
    if played.unseen:
        roles = distinct(inside(reading.role(role, domain)) for domain, role in played.unseen)
        yield from _filled(say("scenario.unseen", roles=say.listing(roles)), width, "  ")
    if played.flips:
        yield say("scenario.flips")
    for flip in played.flips:
        before = reading.word("verdict", flip.before.value)
        after = reading.word("verdict", flip.after.verdict.value)
        rule = reading.rule_title(flip.after.rule)
        where = inside(reading.where(flip.after))
        changed = say("scenario.flip", rule=rule, where=where, before=before, after=after)
        yield from _filled(changed, width, "  ")
    if played.deadlines:
        yield say("scenario.deadlines")
    for deadline in played.deadlines:
        yield from _filled(_deadline(reading, deadline), width, "  ")
    if scenario.precedents:
        yield say("scenario.precedents")
    for precedent in scenario.precedents:
        doubt = "" if precedent.provenance.verified else f" ({say('unverified')})"
        line = say("colon", label=precedent.on, text=reading.text(precedent.what) + doubt)
        yield from _filled(line, width, "  ")
    if scenario.questions:
        yield say("scenario.questions")
    for question in scenario.questions:
        yield from _filled(reading.text(question), width, "  ")
    if scenario.lesson is not None:
        yield say("scenario.lesson")
        yield from _filled(reading.text(scenario.lesson), width, "  ")


def _filled(text: str, width: int, indent: str) -> list[str]:
    return filled(text, width, indent, f"{indent}  " if indent else "")


def _label(reading: Reading, consequence: Consequence) -> str:
    return reading.dependencies[consequence.dependency].label


def _services(reading: Reading, played: Played, outcome: Outcome) -> list[str]:
    """The services to which *outcome* happens in some role."""
    return distinct(_label(reading, c) for c in played.consequences if c.outcome is outcome)


def _by_service(
    reading: Reading, consequences: Iterable[Consequence]
) -> dict[str, list[Consequence]]:
    """*consequences* by the service, named with the roles in which it serves."""
    grouped: dict[str, list[Consequence]] = {}
    for consequence in consequences:
        grouped.setdefault(_label(reading, consequence), []).append(consequence)
    named = {}
    for label, group in grouped.items():
        dependencies = [reading.dependencies[c.dependency] for c in group]
        roles = distinct(inside(reading.role(d.role, d.domain)) for d in dependencies)
        named[reading.say("colon", label=label, text=reading.say.listing(roles))] = group
    return named


def _because(reading: Reading, consequences: list[Consequence]) -> list[str]:
    """Why: each path and its laws once, then what is missing."""
    lines = []
    for consequence in consequences:
        for way in consequence.ways if consequence.outcome is Outcome.HIT else ():
            line = in_words(reading, _label(reading, consequence), way.path)
            named = reading.say.listing(map(reading.law, way.laws))
            lines.append(reading.say("colon", label=line, text=named) if named else line)
    open_ = distinct(law for c in consequences if c.outcome is not Outcome.HIT for law in c.laws)
    if open_:
        named = reading.say.listing(map(reading.law, open_))
        lines.append(reading.say("colon", label=reading.say("chains.laws"), text=named))
    doubts = distinct(reading.text(text) for c in consequences for text in c.missing)
    shown = doubts[:_DOUBTS]
    if len(doubts) > _DOUBTS:
        shown.append(reading.say("and-more", len(doubts) - _DOUBTS))
    if shown:
        lines.append(reading.say("scenario.missing", facts=reading.say("semicolon").join(shown)))
    return distinct(lines)


def _deadline(reading: Reading, deadline: Deadline) -> str:
    return reading.say(
        f"scenario.deadline-{deadline.kind}",
        deadline.days,
        name=reading.text(deadline.name),
        day=reading.say.day(deadline.on),
    )


def _json(played: Played) -> dict[str, Any]:
    return {
        "id": played.scenario.id,
        "title": plain(played.scenario.title),
        "consequences": [
            {
                "dependency": c.dependency,
                "outcome": c.outcome.value,
                "effect": None if c.effect is None else c.effect.value,
                "ways": [
                    {"path": [step.entity for step in way.path], "laws": list(way.laws)}
                    for way in c.ways
                ],
                "missing": [plain(text) for text in c.missing],
            }
            for c in played.consequences
        ],
        "unseen": [{"domain": domain, "role": role} for domain, role in played.unseen],
        "verdicts": [
            {
                "rule": flip.after.rule,
                "subject": flip.after.subject,
                "before": flip.before.value,
                "after": flip.after.verdict.value,
            }
            for flip in played.flips
        ],
        "deadlines": [
            {
                "kind": d.kind,
                "name": plain(d.name),
                "on": d.on.isoformat(),
                "days": d.days,
            }
            for d in played.deadlines
        ],
    }
