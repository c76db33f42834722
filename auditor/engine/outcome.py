"""What a condition found, and what it could not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.engine.situation import Reader
from auditor.engine.truth import Truth
from auditor.exposure.grasps import Standing
from auditor.model.footprint import Dependency, Fact
from auditor.model.sighting import LIMITS, Gap
from auditor.model.text import Text

Pair = tuple[Dependency, Standing]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a condition found.

    Attributes:
        truth: Whether it holds.
        exposures: The exposures that made it false, or that leave it not known.
        dependencies: The dependencies that did.
        facts: The facts that did.
        missing: What would settle it.
    """

    truth: Truth
    exposures: tuple[Pair, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    facts: tuple[Fact, ...] = ()
    missing: tuple[Text, ...] = ()


def different(dependencies: Iterable[Dependency]) -> tuple[Dependency, ...]:
    """*dependencies*, each once."""
    return tuple({dependency.id: dependency for dependency in dependencies}.values())


def look_ups(gaps: Iterable[Gap], reader: Reader) -> list[Text]:
    """What would close *gaps*, in the words of the report: an answer, or another way to look."""
    words = reader.catalogue.words
    asked = dict.fromkeys(
        (
            f"missing.{gap.why}" if gap.why in LIMITS else "missing.look-up",
            str(gap.exchange.question) if gap.exchange else f"{gap.subject}",
        )
        for gap in gaps
    )
    return [reader.formatted(words[phrase], question) for phrase, question in asked]
