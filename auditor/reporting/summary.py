"""The page on which somebody decides: conclusion first, then why, then what next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from auditor.model.assessment import Interval
from auditor.model.law import Effect
from auditor.model.rule import Severity, Verdict
from auditor.reporting.fonts import wrap
from auditor.reporting.reading import SERIOUS, Reading, capital, distinct, inside

KEY_FINDINGS = 5
OPEN_POINTS = 5
Item = TypeVar("Item", str, "KeyFinding")
LINES = 23
"""Lines of text that the page holds beside headings and scores."""
LINE = 470.0
SIZE = 9.6


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
            roles=say.listing(distinct(inside(reading.where(finding)) for finding in decisive)),
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

    missing = distinct(capital(reading.text(point)) for f in unknown for point in f.missing)
    gaps = [gap for part in reading.assessment.footprint.parts for gap in part.gaps]
    questions = len({finding.rule for finding in (*failed, *unknown)})
    steps = [
        *([say("step.questions", questions)] if questions else []),
        *([say("step.clauses")] if failed else []),
        *([say("step.again", len(gaps))] if gaps else []),
        say("step.lawyer" if failed or unknown else "step.contract"),
    ]
    lines = LINES - sum(map(_lines, (*sentences, *steps))) - 2 * bool(gaps or missing)
    key = _fitting(_key_findings(reading), lines - 3 * bool(missing))
    shown = _fitting(missing[:OPEN_POINTS], lines - sum(map(_lines, key)))
    return Summary(
        level,
        say(f"headline.{level}"),
        tuple(sentences),
        tuple(_effect(reading, effect) for effect in Effect),
        key,
        len(failed) - sum(len(finding.ids) for finding in key),
        shown,
        len(missing) - len(shown),
        len(gaps),
        tuple(steps),
    )


def _lines(item: str | KeyFinding) -> int:
    """How many lines *item* takes on the page."""
    if isinstance(item, KeyFinding):
        item = f"{item.severity} {item.says} {' · '.join(item.subjects)} {', '.join(item.ids)}"
    return len(wrap(item, LINE, SIZE, most=99))


def _fitting(items: Sequence[Item], room: int) -> tuple[Item, ...]:
    """The first of *items* that fit into *room* lines; at least one if there is one."""
    chosen: list[Item] = []
    for item in items:
        room -= _lines(item)
        if chosen and room < 0:
            break
        chosen.append(item)
    return tuple(chosen)


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
    """The failed rules, worst first."""
    failed = reading.findings(Verdict.FAIL)
    grouped = {
        rule: [finding for finding in failed if finding.rule == rule]
        for rule in distinct(finding.rule for finding in failed)
    }
    return tuple(
        KeyFinding(
            tuple(finding.id for finding in mine),
            mine[0].severity,
            reading.text(mine[0].says),
            tuple(distinct(reading.where(finding) for finding in mine)),
        )
        for mine in list(grouped.values())[:KEY_FINDINGS]
    )
