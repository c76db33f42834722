"""What might happen, as `rules/scenarios` states it, and what it would do to an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.model.assessment import Finding, Step
from auditor.model.law import Effect, Force, Hook
from auditor.model.rule import Verdict
from auditor.model.text import Provenance, Text


@dataclass(frozen=True, slots=True)
class AdequacyEnds:
    """The adequacy decisions of *by* on *country* end, without a period of grace."""

    country: str
    by: str


@dataclass(frozen=True, slots=True)
class LawStands:
    """A law comes to be in another state."""

    law: str
    force: Force


@dataclass(frozen=True, slots=True)
class Acquired:
    """Somebody buys a supplier.

    Attributes:
        entity: Id of the legal entity bought; empty: every operator that is no public body
            and that nobody from *country* controls already.
        buyer: How the buyer is printed.
        country: Where the buyer is incorporated.
    """

    entity: str
    buyer: Text
    country: str


@dataclass(frozen=True, slots=True)
class QualificationLost:
    """A scheme's qualifications are withdrawn, or not renewed."""

    scheme: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """A power that a law gives is used.  Empty fields stand for anything.

    Attributes:
        standings: How the law's jurisdiction must stand to the organisation.
    """

    effect: Effect
    jurisdictions: tuple[str, ...]
    laws: tuple[str, ...]
    hooks: tuple[Hook, ...]
    relations: tuple[str, ...]
    standings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionLost:
    """Everything that stands in a country is lost for a time; empty: in any one country."""

    country: str


@dataclass(frozen=True, slots=True)
class SupplierActs:
    """A supplier stops, suspends, or changes its terms of its own accord.

    Attributes:
        effect: What happens to the service; None when it goes on, under other terms.
        relations: Who of those behind a service: `operator`, `technology`, `sub-processor`.
    """

    effect: Effect | None
    relations: tuple[str, ...]


Change = (
    AdequacyEnds | LawStands | Acquired | QualificationLost | Ordered | RegionLost | SupplierActs
)


@dataclass(frozen=True, slots=True)
class Precedent:
    """Something of the kind that happened.

    Attributes:
        on: A day, a month or a year, as far as it is known: `2026-10-09`, `2019-07`.
    """

    on: str
    what: Text
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Scenario:
    """Something that might happen.

    Attributes:
        id: Kebab-case.
        story: What is supposed, in a sentence or two.
        changes: What that changes; at least one.
        questions: To the supplier or to oneself.
        lesson: What the scenario does not say, or teaches beside.
    """

    id: str
    title: Text
    story: Text
    changes: tuple[Change, ...]
    precedents: tuple[Precedent, ...]
    questions: tuple[Text, ...]
    lesson: Text | None
    provenance: Provenance


class Outcome(StrEnum):
    """What a scenario does to a dependency."""

    HIT = "hit"
    UNKNOWN = "unknown"
    SPARED = "spared"


@dataclass(frozen=True, slots=True)
class Way:
    """By whom a dependency is hit.

    Attributes:
        path: From the operator to whoever is ordered, or acts.
        laws: Ids of the laws that take hold of the last; empty when no law is needed.
    """

    path: tuple[Step, ...]
    laws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a scenario does to one dependency.

    Attributes:
        dependency: Its id.
        effect: What happens to the service; None when nothing happens to it at once.
        ways: By whom; of an unknown outcome, by whom perhaps.
        missing: What would have to be known; empty unless the outcome is unknown.
    """

    dependency: str
    outcome: Outcome
    effect: Effect | None = None
    ways: tuple[Way, ...] = ()
    missing: tuple[Text, ...] = ()

    @property
    def laws(self) -> tuple[str, ...]:
        """Ids of all the laws, each once."""
        return tuple(dict.fromkeys(law for way in self.ways for law in way.laws))


@dataclass(frozen=True, slots=True)
class Flip:
    """A verdict that changes."""

    before: Verdict
    after: Finding


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that matters.

    Attributes:
        kind: `law`, `adequacy`, `qualification` or `contract`: what ends on it.
        name: Of what ends.
        days: From the day of the assessment; never negative.
    """

    kind: str
    name: Text
    on: date
    days: int


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario, played on one assessment.

    Attributes:
        consequences: One for each dependency, in their order.
        unseen: (domain, role) of which a look-up failed and nobody is known to serve:
            what the scenario does there is not known either.
        flips: Verdicts that change, in the order of the findings.
        deadlines: The next first.
    """

    scenario: Scenario
    as_of: date
    consequences: tuple[Consequence, ...]
    unseen: tuple[tuple[str, str], ...]
    flips: tuple[Flip, ...]
    deadlines: tuple[Deadline, ...]
