"""What would settle the findings: facts to be established, numbered alike in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.model.assessment import Assessment, Finding
from auditor.model.footprint import Part
from auditor.model.rule import Confidence, Severity, Verdict
from auditor.model.sighting import Gap
from auditor.model.text import LANGUAGES, Text

UNASKED = "unasked"
"""Why of a gap whose question the recording never put."""

_SEVERITIES = tuple(reversed(Severity))
_CONFIDENCES = tuple(Confidence)
_ABOUT = re.compile(r"(.*) \(([^()]*)\)")
"""A missing fact, and the country or law it is about."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact to be established, told once however many criteria hang on it.

    Attributes:
        id: `p03`, by which the rest of the report names it.
        fact: As printed; the same of several countries or laws is one fact.
        facts: As the findings tell them, with a capital.
        findings: Ids of the findings that hang on it.
    """

    id: str
    fact: Text
    facts: tuple[Text, ...]
    findings: tuple[str, ...]


def to_establish(assessment: Assessment) -> tuple[Missing, ...]:
    """Every fact that would settle a finding, in the order of the findings, worst first."""
    ours = look_ups(assessment)
    met: dict[Text, list[str]] = {}
    for finding in unsettled(assessment):
        for fact in dict.fromkeys(finding.missing):
            if fact not in ours:
                met.setdefault(_capital(fact), []).append(finding.id)
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Text]] = {}
    for fact, findings in met.items():
        heads = tuple(headed(text)[0] for text in fact)
        alike.setdefault((heads, tuple(findings)), []).append(fact)
    return tuple(
        Missing(f"p{number:02d}", _told(heads, facts), tuple(facts), findings)
        for number, ((heads, findings), facts) in enumerate(alike.items(), 1)
    )


def unsettled(assessment: Assessment) -> list[Finding]:
    """The findings that somebody has something to say about, worst and surest first."""
    silent = {(part.domain, part.role) for part in uncovered(assessment)}
    return ranked(
        finding
        for finding in assessment.findings
        if finding.verdict in (Verdict.FAIL, Verdict.UNKNOWN)
        and finding.rule in assessment.knowledge.rules
        and (finding.domain, finding.role) not in silent
    )


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """*findings*, worst and surest first."""
    return sorted(
        findings,
        key=lambda f: (_SEVERITIES.index(f.severity), -_CONFIDENCES.index(f.confidence)),
    )


def look_ups(assessment: Assessment) -> Mapping[Text, str]:
    """The points that ask for a reply to one of our own look-ups, and why there is none."""
    phrase = assessment.knowledge.words.get("missing.look-up")
    if phrase is None:
        return {}
    return {
        phrase.format(party=asked(gap)): gap.why
        for part in assessment.footprint.parts
        for gap in part.gaps
    }


def uncovered(assessment: Assessment) -> tuple[Part, ...]:
    """The parts of which the recording says nothing: their questions were never put."""
    return tuple(
        part
        for part in assessment.footprint.parts
        if part.gaps
        and not part.dependencies
        and not part.facts
        and all(gap.why == UNASKED for gap in part.gaps)
    )


def asked(gap: Gap) -> str:
    """What was asked, or what was looked at when nothing was."""
    return str(gap.exchange.question) if gap.exchange else str(gap.subject)


def headed(fact: str) -> tuple[str, str]:
    """A missing fact, and the country or law it is about; empty when it names none."""
    said = _ABOUT.fullmatch(fact)
    return (said[1], said[2]) if said else (fact, "")


def told(head: str, facts: Sequence[str]) -> str:
    """*facts* that begin alike, in one: the countries or laws that they are about together."""
    about = dict.fromkeys(filter(None, (headed(fact)[1] for fact in facts)))
    return f"{head} ({', '.join(about)})" if about else head


def _told(heads: Sequence[str], facts: Sequence[Text]) -> Text:
    return Text(
        *(
            told(head, [fact.in_language(language) for fact in facts])
            for head, language in zip(heads, LANGUAGES, strict=True)
        )
    )


def _capital(text: Text) -> Text:
    return Text(*(said[:1].upper() + said[1:] for said in text))
