"""What could not be established, and the questions that would settle it."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.rule import Rule, Verdict
from auditor.reporting.reading import Reading, capital, distinct

SUBJECTS = 12
"""How many look-ups of one kind are named; the annex has them all."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Look-ups for one role that failed in one way.

    Attributes:
        subjects: What was looked up, as asked where something was asked.
        more: How many more there are.
    """

    role: str
    why: str
    number: int
    subjects: tuple[str, ...]
    more: int


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


def silences(reading: Reading) -> tuple[Silence, ...]:
    """The gaps, by role and reason."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for part in reading.assessment.footprint.parts:
        for gap in part.gaps:
            asked = gap.exchange.question.text if gap.exchange else str(gap.subject)
            grouped.setdefault((reading.role(part.role, part.domain), gap.why), []).append(asked)
    return tuple(
        Silence(
            role,
            reading.word("gap", why),
            len(subjects),
            tuple(subjects[:SUBJECTS]),
            max(0, len(subjects) - SUBJECTS),
        )
        for (role, why), subjects in grouped.items()
    )


def questions(reading: Reading) -> tuple[Ask, ...]:
    """One question for each rule that failed or is not settled, worst first."""
    rules = reading.assessment.knowledge.rules
    chosen = [
        finding
        for finding in reading.findings(Verdict.FAIL, Verdict.UNKNOWN)
        if finding.rule in rules
    ]
    asks: list[Ask] = []
    for rule in distinct(finding.rule for finding in chosen):
        mine = [finding for finding in chosen if finding.rule == rule]
        asks.append(
            Ask(
                rules[rule],
                tuple(distinct(name for finding in mine for name in reading.suppliers(finding))),
                tuple(finding.id for finding in mine),
                tuple(
                    distinct(
                        capital(reading.text(point))
                        for finding in mine
                        for point in finding.missing
                    )
                ),
            )
        )
    return tuple(asks)
