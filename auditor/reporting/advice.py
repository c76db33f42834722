"""What the advice rests on, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model.assessment import Finding
from auditor.model.contradiction import Level
from auditor.model.law import Effect
from auditor.model.rule import Verdict
from auditor.reporting.reading import SERIOUS, Reading, distinct, inside
from auditor.reporting.steps import NAMES, some

ROLES = 4
"""How many roles a sentence names before it counts the others."""


def sentences(
    reading: Reading,
    level: str,
    failed: Sequence[Finding],
    unknown: Sequence[Finding],
    passed: Sequence[Finding],
    *,
    numbered: bool,
) -> Iterator[str]:
    """What the advice rests on, what doing nothing leaves as it is, and what was not looked at."""
    say = reading.say
    findings = say("place.findings" if numbered else "place.report")
    unknowns = say("place.unknowns" if numbered else "place.report")
    serious = [finding for finding in failed if finding.severity in SERIOUS]
    seen = [finding for finding in unknown if not reading.is_uncovered(finding)]
    if level == "open" and not reading.dependencies:
        yield say("summary.unseen")
    elif level == "open":
        roles = distinct(inside(reading.where(finding)) for finding in seen or unknown)
        about = some(reading, roles, ROLES)
        yield say("summary.open", len(seen or unknown), roles=about)
    elif level in ("serious", "some"):
        decisive = serious or failed
        about = some(reading, _concerned(reading, decisive), ROLES // 2)
        yield say(f"summary.{level}", len(decisive), about=about)
    else:
        yield say(f"summary.{level}", len(passed))
    if level == "open" and failed:
        yield say("summary.and-failed", len(failed), findings=findings)
    countries: dict[Effect, list[str]] = {}
    for exposure in (x for finding in failed for x in reading.foreign(finding)):
        country = reading.country(exposure.grasp.jurisdiction)
        countries.setdefault(exposure.grasp.effect, []).append(country)
    if countries:
        powers = [
            say(f"power.{effect.value}", names=say.listing(distinct(countries[effect])))
            for effect in Effect
            if effect in countries
        ]
        yield say("summary.unchanged", powers=say.listing(powers))
    yield from _scope(reading, unknowns)
    if opposed := reading.assessment.contradictions:
        sure = sum(each.level is Level.CONTRADICTED for each in opposed)
        everything = say.number(len(opposed))
        yield say("summary.contradicted", all=everything, sure=say.number(sure))
    held = len(reading.findings(Verdict.WAIVED))
    outlived = sum(bool(f.waiver) for f in reading.assessment.findings) - held
    if held or outlived:
        again = say.number(outlived)
        yield say("summary.waivers", held=say.number(held), outlived=again)


def _scope(reading: Reading, unknowns: str) -> Iterator[str]:
    """What was not looked at."""
    parts = reading.assessment.footprint.parts
    left, everything = (
        distinct(inside(reading.role(part.role, part.domain)) for part in some_parts)
        for some_parts in (reading.uncovered, parts)
    )
    if left:
        say, roles = reading.say, some(reading, left, NAMES - 1)
        if len(left) > NAMES:
            roles = say("summary.within", text=roles, place=unknowns)
        yield say("summary.uncovered", len(left), all=say.number(len(everything)), roles=roles)


def _concerned(reading: Reading, findings: Sequence[Finding]) -> list[str]:
    """The suppliers that *findings* judged, each with its roles; without a supplier, the role."""
    roles: dict[str, list[str]] = {}
    for finding in findings:
        where = inside(reading.where(finding))
        for name in reading.suppliers(finding) or [""]:
            roles.setdefault(name or where, []).extend([where] if name else [])
    return [
        f"{name} ({reading.say.listing(distinct(served))})" if served else name
        for name, served in roles.items()
    ]
