"""What an organisation decides to bear with for a while, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from auditor.errors import Place

EVERY: Final = "*"
"""The subject of a waiver on all that a rule judges; it must be written."""


class Decision(StrEnum):
    """What was decided about a finding."""

    ACCEPTED = "accepted"
    MITIGATED = "mitigated"
    DISPUTED = "disputed"


class WaiverState(StrEnum):
    """What a waiver does on a day."""

    IN_FORCE = "in-force"
    ENDING = "ending"
    EXPIRED = "expired"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A decision to bear with the findings of one rule.

    Attributes:
        id: As the organisation numbers it.
        rule: Id of the rule.
        subject: As in `Finding.subject`, to the letter; or `EVERY`.
        justification: In the organisation's words.
        approved_by: Who answers for it.
        expires_on: The last day on which it holds.
        evidence: What supports it: documents, decisions, tickets.
        place: Where it is written.
    """

    id: str
    rule: str
    subject: str
    decision: Decision
    justification: str
    approved_by: str
    approved_on: date
    expires_on: date
    evidence: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Waivers:
    """The waivers of a file.

    Attributes:
        digest: SHA-256 of the file; empty when there is none.
    """

    digest: str = ""
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """What became of a waiver in an assessment.

    Attributes:
        findings: Ids of the findings that it bears with, or would if it had not expired.
    """

    waiver: Waiver
    state: WaiverState
    findings: tuple[str, ...]
