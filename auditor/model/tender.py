"""A call for tenders as published: who buys, what excludes, what earns points, who bids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from auditor.model.target import Document, Organisation
from auditor.model.text import Text


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys; the same for every bid, whatever a bid says.

    Attributes:
        home: Jurisdiction id whose law is the buyer's own.
    """

    name: str
    home: str
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class ReachesLevel:
    """Every service offered reaches a level of a framework, as a whole or in one group.

    Attributes:
        group: Id of a group; empty for the whole.
        level: Index into the framework's levels.
    """

    framework: str
    group: str
    level: int


@dataclass(frozen=True, slots=True)
class AnswersWith:
    """Of every service offered, a question of a framework has at least this answer."""

    framework: str
    question: str
    at_least: str


@dataclass(frozen=True, slots=True)
class MeetsRule:
    """A rule is not failed."""

    rule: str


@dataclass(frozen=True, slots=True)
class HoldsQualification:
    """Every service offered holds, on a day, a qualification of one of the schemes."""

    schemes: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class WithstandsScenario:
    """A scenario hits no service offered."""

    scenario: str


Test = ReachesLevel | AnswersWith | MeetsRule | HoldsQualification | WithstandsScenario


@dataclass(frozen=True, slots=True)
class KnockOut:
    """A condition that a bid fulfils or is excluded; no award criterion makes up for it."""

    id: str
    title: Text
    test: Test


@dataclass(frozen=True, slots=True)
class FrameworkScore:
    """The score of a framework by a named weight set."""

    framework: str
    weights: str


@dataclass(frozen=True, slots=True)
class RuleScore:
    """The share of what a group of rules has at stake, in the weakest of their effects."""

    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """The lowest admissible price divided by the bid's own."""


Measure = FrameworkScore | RuleScore | Price


@dataclass(frozen=True, slots=True)
class Award:
    """A criterion that earns points.

    Attributes:
        weight: Points at most; all weights add up to 100.
    """

    id: str
    title: Text
    weight: Decimal
    measure: Measure


@dataclass(frozen=True, slots=True)
class Reply:
    """What a bidder replied to a question: a declaration, printed beside the result it is about.

    Attributes:
        criterion: Id of the criterion that the question is about.
    """

    criterion: str
    on: date
    text: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Bid:
    """A bid.

    Attributes:
        id: Kebab-case; names the files about it.
        dossier: Path of the dossier of what is offered, from the tender's directory; or empty.
        bundle: Path of a bundle recorded of it; or empty.  One of the two is given.
        line: Where the tender names it, from 1.
        price: None when price is no criterion.
    """

    id: str
    bidder: str
    dossier: str
    bundle: str
    line: int
    price: Decimal | None
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Tender:
    """A call for tenders.

    Attributes:
        as_of: The day whose law, owners and qualifications apply to every bid.
        roles: What is bought: the roles in which a bid is to serve.
        currency: ISO 4217; empty when no price is given.
    """

    name: str
    reference: str
    as_of: date
    buyer: Buyer
    roles: tuple[str, ...]
    currency: str
    knock_outs: tuple[KnockOut, ...]
    awards: tuple[Award, ...]
    bids: tuple[Bid, ...]

    @property
    def frameworks(self) -> tuple[str, ...]:
        """Ids of the frameworks that a criterion names, each once."""
        tests = [k.test for k in self.knock_outs]
        named = [t.framework for t in tests if isinstance(t, ReachesLevel | AnswersWith)]
        named += [a.measure.framework for a in self.awards if isinstance(a.measure, FrameworkScore)]
        return tuple(dict.fromkeys(named))
