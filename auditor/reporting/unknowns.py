"""What could not be established, and the questions that would settle it."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.rule import Rule, Verdict
from auditor.model.sighting import LIMITS
from auditor.reporting.points import to_establish, unsettled
from auditor.reporting.reading import Reading, distinct

SUBJECTS = 12
"""How many look-ups of one kind are named; assessment.json has them all."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Look-ups that failed in one way and left the same roles open.

    Attributes:
        subjects: What was looked up, as asked where something was asked.
        more: How many more there are.
    """

    roles: tuple[str, ...]
    why: str
    subjects: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Point:
    """A fact to be established, told once however many criteria hang on it.

    Attributes:
        id: `p03`, by which the rest of the report names it.
        fact: As printed; the same of several countries or laws is one fact.
        facts: As the findings tell them.
        about: The services it concerns.
        findings: Ids of the findings that hang on it.
    """

    id: str
    fact: str
    facts: tuple[str, ...]
    about: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question ready to be sent.

    Attributes:
        about: The services it concerns.
        findings: Ids of the findings that it would settle or lift.
        points: What the answer must make clear.
    """

    rule: Rule
    about: tuple[str, ...]
    findings: tuple[str, ...]
    points: tuple[str, ...]


def silences(reading: Reading, *, limits: bool = False) -> tuple[Silence, ...]:
    """The gaps, by reason and role; a look-up that left several roles open stands once.

    Only those of look-ups without a usable reply, or only those of *limits*: there the
    reply came, and cannot tell.
    """
    roles: dict[tuple[str, str], list[str]] = {}
    for part in reading.assessment.footprint.parts:
        for gap in part.gaps:
            if (gap.why in LIMITS) is not limits:
                continue
            question = gap.exchange.question.text if gap.exchange else str(gap.subject)
            roles.setdefault((gap.why, question), []).append(reading.role(part.role, part.domain))
    grouped: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (why, question), served in roles.items():
        grouped.setdefault((why, tuple(distinct(served))), []).append(question)
    return tuple(
        Silence(
            served,
            reading.word("gap", why),
            tuple(questions[:SUBJECTS]),
            max(0, len(questions) - SUBJECTS),
        )
        for (why, served), questions in grouped.items()
    )


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A role of which the recording says nothing, and the findings it leaves open."""

    role: str
    findings: tuple[str, ...]


def uncovered(reading: Reading) -> tuple[Uncovered, ...]:
    """The roles of which the recording says nothing."""
    open_ = reading.findings(Verdict.UNKNOWN)
    return tuple(
        Uncovered(
            reading.role(part.role, part.domain),
            tuple(f.id for f in open_ if (f.domain, f.role) == (part.domain, part.role)),
        )
        for part in reading.uncovered
    )


def points(reading: Reading) -> tuple[Point, ...]:
    """Every fact that would settle a finding, in the order of the findings, worst first."""
    findings = {finding.id: finding for finding in reading.assessment.findings}
    return tuple(
        Point(
            each.id,
            reading.text(each.fact),
            tuple(map(reading.text, each.facts)),
            tuple(distinct(n for id_ in each.findings for n in reading.suppliers(findings[id_]))),
            each.findings,
        )
        for each in to_establish(reading.assessment)
    )


def questions(reading: Reading) -> tuple[Ask, ...]:
    """One question for each rule that failed or is not settled, worst first.

    None where the recording says nothing: there is nobody to ask, and something to look at.
    """
    rules = reading.assessment.knowledge.rules
    chosen = unsettled(reading.assessment)
    asks: list[Ask] = []
    for rule in distinct(finding.rule for finding in chosen):
        mine = [finding for finding in chosen if finding.rule == rule]
        asks.append(
            Ask(
                rules[rule],
                tuple(distinct(name for finding in mine for name in reading.suppliers(finding))),
                tuple(finding.id for finding in mine),
                reading.points(mine).facts,
            )
        )
    return tuple(asks)
