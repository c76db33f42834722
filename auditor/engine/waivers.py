"""Apply waivers to findings: they are borne with for a while, and never better for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from auditor.catalogue.source import probably
from auditor.errors import SourceError, SourceErrors
from auditor.model.assessment import Finding
from auditor.model.rule import Verdict
from auditor.model.subject import Domain
from auditor.model.waiver import EVERY, Waiver, Waivers, WaiverState, WaiverUse

SOON: Final = timedelta(days=30)
"""How long before its end a waiver is announced as ending."""

_BORNE: Final = frozenset({Verdict.FAIL, Verdict.UNKNOWN})
"""What can be waived: a criterion that is met needs no waiver."""


def waive(
    findings: tuple[Finding, ...], waivers: Waivers, domains: Iterable[Domain], day: date
) -> tuple[tuple[Finding, ...], tuple[WaiverUse, ...]]:
    """*findings* with the verdict *waived* where a waiver holds on *day*, and what each does.

    An expired waiver leaves its findings as they are, and its id with them.
    A waiver that names the subject goes before one on all of its rule.

    Raises:
        SourceError, SourceErrors: A waiver names something of *domains* that its rule does not
            judge: with it, a misspelt subject would look waived and not be.
    """
    if not waivers.waivers:
        return findings, ()
    _check(findings, waivers, frozenset(domain.name for domain in domains))
    by_subject = {(waiver.rule, waiver.subject): waiver for waiver in waivers.waivers}
    met: dict[str, list[str]] = {waiver.id: [] for waiver in waivers.waivers}
    judged = []
    for finding in findings:
        waiver = by_subject.get((finding.rule, finding.subject)) or by_subject.get(
            (finding.rule, EVERY)
        )
        if waiver is None or finding.verdict not in _BORNE:
            judged.append(finding)
            continue
        met[waiver.id].append(finding.id)
        holds = day <= waiver.expires_on
        judged.append(
            finding._replace(
                verdict=Verdict.WAIVED if holds else finding.verdict,
                waiver=waiver.id,
                judged=finding.verdict,
            )
        )
    uses = tuple(
        WaiverUse(waiver, state(waiver, day, used=bool(met[waiver.id])), tuple(met[waiver.id]))
        for waiver in waivers.waivers
    )
    return tuple(judged), uses


def state(waiver: Waiver, day: date, *, used: bool = True) -> WaiverState:
    """What *waiver* does on *day*; *used* tells whether there is anything for it to bear with."""
    if not used:
        return WaiverState.UNUSED
    if day > waiver.expires_on:
        return WaiverState.EXPIRED
    return WaiverState.ENDING if day + SOON > waiver.expires_on else WaiverState.IN_FORCE


def _check(findings: tuple[Finding, ...], waivers: Waivers, domains: frozenset[str]) -> None:
    """Refuse subjects that lie in the organisation's domains and are none of the rule's."""
    mistakes = []
    for waiver in waivers.waivers:
        subjects = {finding.subject for finding in findings if finding.rule == waiver.rule}
        if waiver.subject == EVERY or waiver.subject in subjects:
            continue
        # A file may serve several organisations: what names another one is none of ours.
        if waiver.subject.split(" ")[0] in domains:
            message = (
                f"'{waiver.id}': rule '{waiver.rule}' judges no '{waiver.subject}'"
                f"{probably(waiver.subject, sorted(subjects))}"
            )
            mistakes.append(SourceError(waiver.place, message))
    if len(mistakes) == 1:
        raise mistakes[0]
    if mistakes:
        raise SourceErrors(mistakes)
