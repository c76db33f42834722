"""Contradictions and waivers, as a reader of the report meets them."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.contradiction import Contradiction
from auditor.model.waiver import EVERY, WaiverUse
from auditor.reporting.reading import Reading, capital

IDS = 6
"""Evidence ids shown with a contradiction; assessment.json has them all."""


@dataclass(frozen=True, slots=True)
class Opposed:
    """A contradiction, ready to be printed.

    Attributes:
        one: Who says the one.
        other: Who says the other.
        more: Evidence ids that are not shown.
        shaken: What can decide no verdict for it, by name.
    """

    contradiction: Contradiction
    level: str
    one: str
    other: str
    evidence: tuple[str, ...]
    more: int
    shaken: tuple[str, ...]


def opposed(reading: Reading) -> tuple[Opposed, ...]:
    """The contradictions, surest first."""
    return tuple(_opposed(reading, each) for each in reading.assessment.contradictions)


def _opposed(reading: Reading, contradiction: Contradiction) -> Opposed:
    one, other = (capital(reading.word("between", side)) for side in contradiction.between)
    evidence = [id_ for id_ in contradiction.evidence if reading.was_asked(id_)]
    shaken = [reading.dependencies[id_].label for id_ in contradiction.shaken]
    return Opposed(
        contradiction,
        reading.word("contradiction", contradiction.level.value),
        one,
        other,
        tuple(evidence[:IDS]),
        max(0, len(evidence) - IDS),
        tuple(dict.fromkeys(shaken)),
    )


@dataclass(frozen=True, slots=True)
class Explain:
    """A question that would explain contradictions.

    Attributes:
        ids: Of the contradictions.
    """

    question: str
    ids: tuple[str, ...]


def to_explain(reading: Reading) -> tuple[Explain, ...]:
    """The questions that the contradictions put, each once."""
    ids: dict[str, list[str]] = {}
    for each in reading.assessment.contradictions:
        ids.setdefault(reading.text(each.question), []).append(each.id)
    return tuple(Explain(question, tuple(numbers)) for question, numbers in ids.items())


@dataclass(frozen=True, slots=True)
class Borne:
    """A waiver, ready to be printed.

    Attributes:
        rule: The title of its rule.
        subject: What it is on, in words.
        outlived: Whether its findings stand again.
    """

    use: WaiverUse
    rule: str
    subject: str
    decision: str
    state: str
    outlived: bool


def borne(reading: Reading) -> tuple[Borne, ...]:
    """The waivers, in the order written."""
    return tuple(
        Borne(
            use,
            reading.rule_title(use.waiver.rule),
            reading.say("waiver.every") if use.waiver.subject == EVERY else use.waiver.subject,
            reading.word("decision", use.waiver.decision.value),
            reading.word("waiver", use.state.value),
            use.state.value == "expired",
        )
        for use in reading.assessment.waivers
    )
