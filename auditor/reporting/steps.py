"""What to do next: who does it, with whom, and by when where a date is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from auditor.model.assessment import Finding
from auditor.model.rule import Verdict
from auditor.reporting.opposed import to_explain
from auditor.reporting.reading import Reading, distinct, inside
from auditor.reporting.unknowns import questions

NAMES = 3
"""How many suppliers or roles a step names before it counts the others."""
SHORT = 40
"""Characters of a name that a step can bear: that of a network may be a sentence."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Attributes:
        who: The trade that does it in the organisation.
    """

    who: str
    what: str


def steps(
    reading: Reading, *, unanswered: int, unasked: int, numbered: bool = False
) -> tuple[Step, ...]:
    """What to do, in this order: know whom to ask, know by when, ask, settle, have it read.

    A look-up costs a minute and a letter weeks: what can be looked up comes before
    what must be asked, or the letters would have to be written again.
    """
    say = reading.say
    unknowns = say("place.unknowns" if numbered else "place.report")
    findings = say("place.findings" if numbered else "place.report")
    failed = reading.judged(Verdict.FAIL)
    asks = questions(reading)
    number = len(asks) + len(to_explain(reading))
    open_ = [*failed, *reading.judged(Verdict.UNKNOWN)]
    known, nameless = _suppliers(reading, open_)

    chosen: list[tuple[str, str]] = []
    if len(nameless) == 1 and len(nameless[0]) <= SHORT:
        chosen.append(("it", say("step.identify", name=nameless[0])))
    elif nameless:
        chosen.append(("it", say("step.identify-several", len(nameless), unknowns=unknowns)))
    elif number and not known:
        roles = [inside(reading.role(part.role, part.domain)) for part in reading.uncovered]
        chosen.append(("it", say("step.name", roles=some(reading, roles, NAMES))))
    if unasked and not _looked(reading):
        chosen.append(("it", say("step.look")))
    elif unasked:
        chosen.append(("it", say("step.live", unasked + unanswered)))
    elif unanswered:
        chosen.append(("it", say("step.again", unanswered, unknowns=unknowns)))
    if known:
        chosen.append(("purchasing", _deadline(reading)))
    if number and known:
        names = some(reading, known, NAMES - 1)
        said = say("step.questions", number, names=names, unknowns=unknowns)
        chosen.append(("purchasing", said))
    elif number:
        chosen.append(("purchasing", say("step.questions-later", number, unknowns=unknowns)))
    clauses = len({finding.rule for finding in failed})
    if clauses:
        chosen.append(("purchasing", say("step.clauses", clauses, findings=findings)))
    chosen.append(("legal", say("step.lawyer" if open_ else "step.contract")))
    return tuple(Step(say(f"who.{who}"), what) for who, what in chosen)


def some(reading: Reading, names: Sequence[str], most: int) -> str:
    """*names* as a list in a sentence; beyond *most* they are counted, but never one alone."""
    if len(names) > most + 1:
        left = reading.say("others", len(names) - most)
        return reading.say.listing([*names[:most], left])
    return reading.say.listing(names)


def _suppliers(reading: Reading, findings: Iterable[Finding]) -> tuple[list[str], list[str]]:
    """Those whom the catalogue names, and the names or networks of those whom nobody named."""
    used = [
        reading.dependencies[id_]
        for finding in findings
        for id_ in finding.dependencies
        if id_ in reading.dependencies
    ]
    known = distinct(dependency.label for dependency in used if dependency.offering)
    nameless = distinct(dependency.label for dependency in used if not dependency.offering)
    return known, nameless


def _looked(reading: Reading) -> bool:
    """Whether anything was looked up, rather than declared."""
    return any(
        exchange.question.medium != "declared" and reading.was_asked(exchange.id)
        for exchange in reading.assessment.lookups
    )


def _deadline(reading: Reading) -> str:
    """By when: the first end of a contract that was declared, else that nobody told one."""
    say, target, today = reading.say, reading.assessment.target, reading.assessment.as_of
    offerings = reading.assessment.knowledge.offerings
    ends: list[tuple[date, int, str]] = []
    if target.contract and target.contract.ends:
        ends.append((target.contract.ends, target.contract.notice or 0, ""))
    for service in target.declared:
        if service.contract and service.contract.ends:
            offering = offerings.get(service.offering)
            name = service.name or (offering.name if offering else service.offering)
            ends.append((service.contract.ends, service.contract.notice or 0, name))
    if not ends:
        return say("step.no-deadline")
    ahead = [each for each in ends if _notice_by(*each[:2]) >= today]
    last, notice, name = min(ahead) if ahead else max(ends)
    key = "step.deadline-over" if not ahead else "step.deadline"
    if ahead and notice:
        key = "step.deadline-notice"
    return say(
        key,
        name=name or say("step.contract-at-stake"),
        day=say.day(last),
        notice=say.day(_notice_by(last, notice)),
    )


def _notice_by(last: date, days: int) -> date:
    """The day by which notice must be given; what a dossier says may lie before every calendar."""
    return date.fromordinal(max(1, last.toordinal() - days))
