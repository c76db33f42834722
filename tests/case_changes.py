"""What of two assessments differs, in the words of the pages of the case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from auditor.model.assessed import Bound, FrameworkResult
from auditor.model.assessment import Assessment, Exposure, State
from auditor.model.law import Effect
from auditor.reporting.reading import NEAR, Reading, distinct
from tests.case_words import WORDS

ROLES: Final = ("mail.mailbox", "collaboration", "network")
"""Those that the options fill; of every other one nothing is declared and nothing was asked."""
COUNTED: Final = ("secnumcloud-3.2", "fr-sren-31")
"""The frameworks of which the page counts the requirements that are met."""


def colon(language: str) -> str:
    """A colon, as *language* sets it."""
    return "\u00a0:" if language == "fr" else ":"


def joined(language: str, clauses: Iterable[str]) -> str:
    """*clauses* with a semicolon between them."""
    return ("\u202f; " if language == "fr" else "; ").join(clauses)


def foreign(assessment: Assessment, effect: Effect, state: State) -> list[Exposure]:
    """The exposures of the options' roles to laws from outside the Union."""
    return [
        x
        for x in assessment.exposures
        if x.role in ROLES
        and x.grasp.effect is effect
        and x.grasp.state is state
        and x.standing not in NEAR
    ]


def verdicts(assessment: Assessment) -> dict[tuple[str, str], str]:
    """The verdict of each rule on each role that the options fill."""
    return {
        (f.rule, f.role): f.verdict.value
        for f in assessment.findings
        if f.role in ROLES and f.verdict.value != "not-applicable"
    }


def difference(before: Assessment, after: Assessment, language: str) -> list[str]:
    """Verdicts, then exposures to laws from outside, then what binds, as clauses."""
    reading, words = Reading(after, language), WORDS[language]
    told = []
    old, new = verdicts(before), verdicts(after)
    for rule, role in new:
        was = old.get((rule, role), "not-applicable")
        if was != new[rule, role]:
            told.append(
                words["verdict"].format(
                    rule=reading.rule_title(rule),
                    role=reading.role(role).lower(),
                    before=reading.word("verdict", was),
                    after=reading.word("verdict", new[rule, role]),
                )
            )
    were, are = _strongest(before), _strongest(after)
    for law, effect in dict.fromkeys((*were, *are)):
        was, now = were.get((law, effect)), are.get((law, effect))
        if was is not now:
            told.append(
                words["newly"].format(
                    law=reading.law(law),
                    effect=reading.word("effect", effect.value).lower(),
                    before=words[was.value] if was else words["silent"],
                    after=words[now.value] if now else words["silent"],
                )
            )
    for earlier, later in zip(before.frameworks, after.frameworks, strict=True):
        short = reading.text(later.framework.short)
        if earlier.bound is not later.bound:
            bound_then, bound_now = (bound_in_words(each, language) for each in (earlier, later))
            told.append(f"{short}{colon(language)} {bound_then} → {bound_now}")
        were_met, are_met = met(earlier, language), met(later, language)
        if are_met and were_met != are_met and later.framework.id in COUNTED:
            told.append(f"{short}{colon(language)} {are_met}")
    return distinct(told)


def _strongest(assessment: Assessment) -> dict[tuple[str, Effect], State]:
    """For each law from outside and each effect, the strongest state in any role of the options."""
    found: dict[tuple[str, Effect], State] = {}
    for state in (State.NOT_REACHED, State.UNKNOWN, State.REACHED):
        for effect in Effect:
            for x in foreign(assessment, effect, state):
                found[x.grasp.law, effect] = state
    return found


def laws_between(before: Assessment, after: Assessment, language: str) -> list[str]:
    """Laws that came to be in another state, and laws of ours that came to hold a service."""
    reading, words = Reading(after, language), WORDS[language]
    forces = [{x.grasp.law: x.grasp.force for x in each.exposures} for each in (before, after)]
    told = [
        words["newly"].format(
            law=reading.law(law),
            effect=words["force"],
            before=reading.word("force", forces[0][law].value),
            after=reading.word("force", forces[1][law].value),
        )
        for law in forces[1]
        if law in forces[0] and forces[0][law] is not forces[1][law]
    ]
    near = [
        distinct(
            x.grasp.law
            for x in each.exposures
            if x.standing in NEAR and x.grasp.state is State.REACHED
        )
        for each in (before, after)
    ]
    return told + [
        words["own"].format(law=reading.law(law)) for law in near[1] if law not in near[0]
    ]


def bound_in_words(result: FrameworkResult, language: str) -> str:
    """Whether the framework binds the organisation."""
    word = {
        Bound.YES: "bound",
        Bound.NO: "not-bound",
        Bound.UNKNOWN: "open",
        Bound.VOLUNTARY: "voluntary",
    }[result.bound]
    return WORDS[language][word]


def met(result: FrameworkResult, language: str) -> str:
    """Of each service, how many requirements are proved to be met, and how many not."""
    told = []
    for placed in result.services:
        if not placed.dependencies:
            continue
        proved = [answer.proved for answer in placed.result.answers]
        yes, no = proved.count(("yes",)), proved.count(("no",))
        count = WORDS[language]["met"].format(
            yes=yes, no=no, open=len(proved) - yes - no, all=len(proved)
        )
        told.append(f"{placed.label}, {count}")
    return joined(language, told)
