"""The page on which somebody decides: conclusion first, then why, then what next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from auditor.model.assessment import Finding, Interval
from auditor.model.contradiction import Level
from auditor.model.law import Effect
from auditor.model.rule import Severity, Verdict
from auditor.model.sighting import LIMITS
from auditor.reporting.fonts import wrap
from auditor.reporting.opposed import to_explain
from auditor.reporting.reading import SERIOUS, UNASKED, Reading, asked, distinct, inside
from auditor.reporting.unknowns import questions

KEY_FINDINGS = 5
OPEN_POINTS = 5
Item = TypeVar("Item", str, "KeyFinding")
LINES = 21
"""Lines of text that the page holds beside headings and scores."""
LINE = 470.0
SIZE = 9.6


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What was found about one effect.

    Attributes:
        interval: None when no rule judged the effect.
        counts: How many criteria were not met, not established, met; none is left out.
    """

    effect: Effect
    interval: Interval | None
    counts: str


@dataclass(frozen=True, slots=True)
class KeyFinding:
    """A rule that failed, with everything it says in the same words.

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
    steps: tuple[str, ...]


def summarise(reading: Reading, *, numbered: bool = False) -> Summary:
    """The summary of an assessment.

    *numbered*: it stands in the report itself, whose sections it names.  Anywhere
    else it can only send its reader to the report.
    """
    say = reading.say
    unknowns = say("place.unknowns" if numbered else "place.report")
    findings = say("place.findings" if numbered else "place.report")
    # As judged: what somebody bears with weighs as before.
    failed = reading.judged(Verdict.FAIL)
    unknown = reading.judged(Verdict.UNKNOWN)
    passed = reading.findings(Verdict.PASS)
    serious = [finding for finding in failed if finding.severity in SERIOUS]
    level = _level(failed, unknown, passed)

    decisive = {"serious": serious, "some": failed, "open": unknown}.get(level, passed)
    sentences = [
        say(
            f"summary.{level}",
            len(decisive),
            roles=say.listing(distinct(inside(reading.where(finding)) for finding in decisive)),
        )
    ]
    countries = distinct(
        reading.country(exposure.grasp.jurisdiction)
        for finding in serious or failed
        for exposure in reading.foreign(finding)
    )
    if level == "open" and failed:
        sentences.append(say("summary.and-failed", len(failed), findings=findings))
    elif countries:
        sentences.append(say("summary.countries", len(countries), names=say.listing(countries)))
    seen = [finding for finding in unknown if not reading.is_uncovered(finding)]
    if level in ("serious", "some") and seen:
        sentences.append(say("summary.and-unknown", len(seen)))
    if reading.uncovered:
        roles = [inside(reading.role(part.role, part.domain)) for part in reading.uncovered]
        sentences.append(say("summary.uncovered", len(roles), roles=say.listing(roles)))

    if opposed := reading.assessment.contradictions:
        sure = sum(each.level is Level.CONTRADICTED for each in opposed)
        everything = say.number(len(opposed))
        sentences.append(say("summary.contradicted", all=everything, sure=say.number(sure)))
    held = len(reading.findings(Verdict.WAIVED))
    outlived = sum(bool(f.waiver) for f in reading.assessment.findings) - held
    if held or outlived:
        again = say.number(outlived)
        sentences.append(say("summary.waivers", held=say.number(held), outlived=again))

    facts = reading.points(unknown).facts
    unanswered, unasked = _look_ups(reading)
    look_ups = [
        *([say("summary.unanswered", unanswered, unknowns=unknowns)] if unanswered else []),
        *([say("summary.unasked", unasked, unknowns=unknowns)] if unasked else []),
    ]
    asks = len(questions(reading)) + len(to_explain(reading))
    steps = [
        *([say("step.questions", asks, unknowns=unknowns)] if asks else []),
        *([say("step.clauses", findings=findings)] if failed else []),
        *([say("step.again", unanswered, unknowns=unknowns)] if unanswered else []),
        *([say("step.live")] if unasked else []),
        say("step.lawyer" if failed or unknown else "step.contract"),
    ]
    dealing = say("summary.dealing") if level == "serious" else ""
    lines = LINES - sum(map(_lines, (dealing, *sentences, *steps, *look_ups)))
    key = _fitting(_key_findings(reading), lines - 3 * bool(facts))
    shown = _fitting(facts[:OPEN_POINTS], lines - 1 - sum(map(_lines, key)), least=0)
    more = len(facts) - len(shown)
    rest = "summary.more-missing" if shown else "summary.all-missing"
    return Summary(
        level,
        say(f"headline.{level}"),
        tuple(sentences),
        dealing,
        tuple(_effect(reading, effect) for effect in Effect),
        key,
        len(failed) - sum(len(finding.ids) for finding in key),
        (*shown, *([say(rest, more, unknowns=unknowns)] if more else []), *look_ups),
        len(unknown),
        unanswered,
        unasked,
        tuple(steps),
    )


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
        item = f"{item.severity} {item.says} {' · '.join(item.subjects)} {', '.join(item.ids)}"
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


def _effect(reading: Reading, effect: Effect) -> EffectLine:
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
    return EffectLine(
        effect, dict(reading.assessment.score.by_effect).get(effect), ", ".join(counts)
    )


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
            tuple(distinct(map(reading.where, mine))) + _waivers(reading, mine),
        )
        for mine in list(grouped.values())[:KEY_FINDINGS]
    )


def _waivers(reading: Reading, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The waivers in force on *findings*, in words."""
    ids = distinct(f.waiver for f in findings if f.verdict is Verdict.WAIVED)
    return tuple(reading.say("waiver.under", id=id_) for id_ in ids)
