"""The page on which somebody decides: conclusion first, then why, then what next."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.assessment import Interval
from auditor.model.law import Effect
from auditor.model.rule import Severity, Verdict
from auditor.reporting.reading import SERIOUS, Reading, capital, distinct

KEY_FINDINGS = 5
OPEN_POINTS = 5
ROOM = 800
ROOM_FOR_MISSING = 500
"""Characters of key findings, and of open points, that fit the page beside everything else."""


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What was found about one effect.

    Attributes:
        interval: None when no rule judged the effect.
    """

    effect: Effect
    interval: Interval | None
    failed: int
    unknown: int


@dataclass(frozen=True, slots=True)
class KeyFinding:
    """A rule that failed, with everything it failed on.

    Attributes:
        ids: Of its findings.
        subjects: The roles, or the whole organisation.
    """

    ids: tuple[str, ...]
    severity: Severity
    title: str
    says: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the first page says.

    Attributes:
        level: `serious`, `some`, `open`, `clear` or `nothing`.
        headline: The advice.
        sentences: What it rests on.
        missing: What could not be established, each point once.
        more_missing: How many more points there are.
        unanswered: Look-ups without a usable reply.
    """

    level: str
    headline: str
    sentences: tuple[str, ...]
    effects: tuple[EffectLine, ...]
    key: tuple[KeyFinding, ...]
    more_failed: int
    missing: tuple[str, ...]
    more_missing: int
    unanswered: int
    steps: tuple[str, ...]


def summarise(reading: Reading) -> Summary:
    """The summary of an assessment."""
    say = reading.say
    failed = reading.findings(Verdict.FAIL)
    unknown = reading.findings(Verdict.UNKNOWN)
    serious = [finding for finding in failed if finding.severity in SERIOUS]
    passed = reading.findings(Verdict.PASS)
    if serious:
        level = "serious"
    elif failed:
        level = "some"
    elif unknown:
        level = "open"
    else:
        level = "clear" if passed else "nothing"

    decisive = serious or failed or unknown
    sentences = [
        say(
            f"summary.{level}",
            len(decisive or passed),
            roles=say.listing(distinct(reading.where(finding) for finding in decisive)),
        )
    ]
    countries = distinct(
        reading.country(exposure.grasp.jurisdiction)
        for finding in serious or failed
        for exposure in reading.foreign(finding)
    )
    if countries:
        sentences.append(say("summary.countries", len(countries), names=say.listing(countries)))
    if failed and unknown:
        sentences.append(say("summary.and-unknown", len(unknown)))

    key = _key_findings(reading)
    shown = sum(len(finding.ids) for finding in key)
    missing = distinct(capital(reading.text(point)) for f in unknown for point in f.missing)
    shown_missing = _fitting(missing)
    gaps = [gap for part in reading.assessment.footprint.parts for gap in part.gaps]
    questions = len({finding.rule for finding in (*failed, *unknown)})
    steps = [
        *([say("step.questions", questions)] if questions else []),
        *([say("step.clauses")] if failed else []),
        *([say("step.again", len(gaps))] if gaps else []),
        say("step.lawyer" if failed or unknown else "step.contract"),
    ]
    return Summary(
        level,
        say(f"headline.{level}"),
        tuple(sentences),
        tuple(_effect(reading, effect) for effect in Effect),
        key,
        len(failed) - shown,
        tuple(missing[:shown_missing]),
        len(missing) - shown_missing,
        len(gaps),
        tuple(steps),
    )


def _fitting(points: list[str]) -> int:
    """How many of *points* the page holds; at least one of them."""
    room = ROOM_FOR_MISSING
    for number, point in enumerate(points[:OPEN_POINTS]):
        room -= len(point)
        if number and room < 0:
            return number
    return min(len(points), OPEN_POINTS)


def _effect(reading: Reading, effect: Effect) -> EffectLine:
    rules = reading.assessment.knowledge.rules
    about = [
        finding.verdict
        for finding in reading.assessment.findings
        if finding.rule in rules and rules[finding.rule].effect is effect
    ]
    return EffectLine(
        effect,
        dict(reading.assessment.score.by_effect).get(effect),
        about.count(Verdict.FAIL),
        about.count(Verdict.UNKNOWN),
    )


def _key_findings(reading: Reading) -> tuple[KeyFinding, ...]:
    """The failed rules, worst first, as many as the page holds; at least one."""
    chosen: list[KeyFinding] = []
    failed = reading.findings(Verdict.FAIL)
    room = ROOM
    for rule in distinct(finding.rule for finding in failed):
        mine = [finding for finding in failed if finding.rule == rule]
        says = reading.text(mine[0].says)
        room -= len(says)
        if chosen and (room < 0 or len(chosen) == KEY_FINDINGS):
            break
        chosen.append(
            KeyFinding(
                tuple(finding.id for finding in mine),
                mine[0].severity,
                reading.rule_title(rule),
                says,
                tuple(distinct(reading.where(finding) for finding in mine)),
            )
        )
    return tuple(chosen)
