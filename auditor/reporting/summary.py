"""The page on which somebody decides: conclusion first, then why, then what next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from auditor.model.assessment import Finding, Interval
from auditor.model.law import Effect
from auditor.model.rule import Severity, Verdict
from auditor.model.sighting import LIMITS
from auditor.reporting.advice import sentences
from auditor.reporting.fonts import wrap
from auditor.reporting.reading import SERIOUS, UNASKED, Reading, asked, distinct, inside
from auditor.reporting.steps import NAMES, Step, some, steps
from auditor.reporting.unknowns import Point, points

KEY_FINDINGS = 5
OPEN_POINTS = 5
WIDE = 90
"""From this width on, an interval says that next to nothing is known."""
Item = TypeVar("Item", str, "KeyFinding")
LINES = 22
"""Lines of text that the page holds beside headings and scores."""
LINE = 445.0
SIZE = 9.6
CELL = 150.0
SMALL = 8.8
"""Breadth of a cell of the table of effects, and the size of what stands in it."""


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What was found about one effect.

    Attributes:
        interval: None when no rule judged the effect.
        answer: Whose law was found to have the effect, and on what.
        vague: Whether the interval says next to nothing.
        counts: How many criteria were not met, not established, met; none is left out.
    """

    effect: Effect
    interval: Interval | None
    answer: str
    vague: bool
    counts: str


@dataclass(frozen=True, slots=True)
class KeyFinding:
    """A rule that failed, with everything it says in the same words.

    Attributes:
        ids: Of its findings.
        subjects: The roles, or the whole organisation, where the sentence does not say it.
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
        dealing: What it takes to follow the advice; empty when it goes without saying.
        missing: What could not be established: facts, then the look-ups counted.
        unknown: Criteria left open.
        unanswered: Look-ups without a usable reply.
        unasked: Look-ups that the recording does not hold.
    """

    level: str
    headline: str
    sentences: tuple[str, ...]
    dealing: str
    effects: tuple[EffectLine, ...]
    key: tuple[KeyFinding, ...]
    more_failed: int
    missing: tuple[str, ...]
    unknown: int
    unanswered: int
    unasked: int
    steps: tuple[Step, ...]


def summarise(reading: Reading, *, numbered: bool = False) -> Summary:
    """The summary of an assessment.

    *numbered*: it stands in the report itself, whose sections it names.  Anywhere
    else it can only send its reader to the report.
    """
    say = reading.say
    unknowns = say("place.unknowns" if numbered else "place.report")
    # As judged: what somebody bears with weighs as before.
    failed = reading.judged(Verdict.FAIL)
    unknown = reading.judged(Verdict.UNKNOWN)
    passed = reading.findings(Verdict.PASS)
    level = _level(failed, unknown, passed)
    unanswered, unasked = _look_ups(reading)
    unseen = level == "open" and not reading.dependencies
    said = tuple(sentences(reading, level, failed, unknown, passed, numbered=numbered))
    dealing = say("summary.dealing") if level == "serious" else ""
    todo = steps(reading, unanswered=unanswered, unasked=unasked, numbered=numbered)

    facts = [_told(reading, point) for point in points(reading)]
    without = unanswered + unasked
    look_ups = [say("summary.look-ups", without, unknowns=unknowns)] if without else []
    effects = tuple(_effect(reading, effect, failed) for effect in Effect)
    fixed = (dealing, *said, *(f"{step.who}  {step.what}" for step in todo), *look_ups)
    lines = LINES - sum(map(_lines, fixed)) - sum(max(0, _rows(line) - 2) for line in effects)
    key = _fitting(_key_findings(reading), lines - 3 * bool(facts))
    shown = _fitting(facts[:OPEN_POINTS], lines - 1 - sum(map(_lines, key)), least=0)
    more = len(facts) - len(shown)
    rest = "summary.more-missing" if shown else "summary.all-missing"
    return Summary(
        level,
        say("headline.unseen" if unseen else f"headline.{level}"),
        said,
        dealing,
        effects,
        key,
        len(failed) - sum(len(finding.ids) for finding in key),
        (*shown, *([say(rest, more, unknowns=unknowns)] if more else []), *look_ups),
        len(unknown),
        unanswered,
        unasked,
        todo,
    )


def _told(reading: Reading, point: Point) -> str:
    """A missing fact, and the service it is about where it names none of them."""
    if not point.about or any(name in point.fact for name in point.about):
        return point.fact
    return reading.say("colon", label=some(reading, point.about, NAMES), text=inside(point.fact))


def _level(failed: list[Finding], unknown: list[Finding], passed: list[Finding]) -> str:
    """What is serious decides, and what may turn out serious comes before what is slight."""
    if any(finding.severity in SERIOUS for finding in failed):
        return "serious"
    if any(finding.severity in SERIOUS for finding in unknown):
        return "open"
    if failed:
        return "some"
    if unknown:
        return "open"
    return "clear" if passed else "nothing"


def _look_ups(reading: Reading) -> tuple[int, int]:
    """How many look-ups had no usable reply, and how many the recording never put, each once."""
    gaps = [gap for part in reading.assessment.footprint.parts for gap in part.gaps]
    unasked = {asked(gap) for gap in gaps if gap.why == UNASKED}
    failed = {asked(gap) for gap in gaps if gap.why not in LIMITS}
    return len(failed - unasked), len(unasked)


def _lines(item: str | KeyFinding) -> int:
    """How many lines *item* takes on the page."""
    if isinstance(item, KeyFinding):
        about = f"{' · '.join(item.subjects)} ({', '.join(item.ids)})"
        item = f"severity {item.severity} {item.says} {about}"
    return len(wrap(item, LINE, SIZE, most=99))


def _fitting(items: Sequence[Item], room: int, least: int = 1) -> tuple[Item, ...]:
    """The first of *items* that fit into *room* lines; at least *least* if there are as many."""
    chosen: list[Item] = []
    for item in items:
        room -= _lines(item)
        if len(chosen) >= least and room < 0:
            break
        chosen.append(item)
    return tuple(chosen)


def _effect(reading: Reading, effect: Effect, failed: Sequence[Finding]) -> EffectLine:
    rules = reading.assessment.knowledge.rules
    about = [
        finding.judged or finding.verdict
        for finding in reading.assessment.findings
        if finding.rule in rules and rules[finding.rule].effect is effect
    ]
    counts = [
        reading.say(f"count.{verdict.value}", about.count(verdict))
        for verdict in (Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS)
        if verdict in about
    ]
    interval = dict(reading.assessment.score.by_effect).get(effect)
    vague = interval is not None and interval.high - interval.low >= WIDE
    nobody = "not-established" if Verdict.UNKNOWN in about else "summary.nobody"
    answer = _answer(reading, effect, failed) or reading.say(nobody)
    return EffectLine(effect, interval, answer, vague, ", ".join(counts))


def _answer(reading: Reading, effect: Effect, failed: Sequence[Finding]) -> str:
    """Whose law was found to have *effect*, and on which services; empty when nobody’s."""
    roles: dict[str, list[str]] = {}
    for finding in failed:
        for exposure in reading.foreign(finding):
            if exposure.grasp.effect is effect:
                country = reading.country(exposure.grasp.jurisdiction)
                roles.setdefault(country, []).append(inside(reading.where(finding)))
    say, most = reading.say, NAMES if len(roles) < NAMES - 1 else NAMES - 1
    return say("semicolon").join(
        say("colon", label=country, text=some(reading, distinct(served), most))
        for country, served in roles.items()
    )


def _rows(line: EffectLine) -> int:
    """How many lines the row of an effect takes."""
    return max(len(wrap(text, CELL, SMALL, most=99)) for text in (line.answer, f"{line.counts}  "))


def _key_findings(reading: Reading) -> tuple[KeyFinding, ...]:
    """The failed rules, worst first; one sentence never stands for a finding that names others."""
    grouped: dict[object, list[Finding]] = {}
    for finding in reading.judged(Verdict.FAIL):
        grouped.setdefault((finding.rule, finding.says), []).append(finding)
    return tuple(
        KeyFinding(
            tuple(finding.id for finding in mine),
            mine[0].severity,
            reading.text(mine[0].says),
            _subjects(reading, mine) + _waivers(reading, mine),
        )
        for mine in list(grouped.values())[:KEY_FINDINGS]
    )


def _subjects(reading: Reading, findings: Sequence[Finding]) -> tuple[str, ...]:
    """What *findings* are about, where their sentence does not say it."""
    says = reading.text(findings[0].says).casefold()
    return tuple(
        name for name in distinct(map(reading.where, findings)) if name.casefold() not in says
    )


def _waivers(reading: Reading, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The waivers in force on *findings*, in words."""
    ids = distinct(f.waiver for f in findings if f.verdict is Verdict.WAIVED)
    return tuple(reading.say("waiver.under", id=id_) for id_ in ids)
