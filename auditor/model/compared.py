"""What a comparison of bids says: conditions in three values, points as intervals, ranks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from auditor.model.assessment import Assessment
from auditor.model.framework import Item
from auditor.model.scenario import Scenario
from auditor.model.tender import Bid, KnockOut, Tender
from auditor.model.text import Text


class Outcome(StrEnum):
    """How a bid stands to a knock-out criterion, or to all of them; from the best to the worst."""

    MET = "met"
    DECLARED = "declared"
    OPEN = "open"
    FAILED = "failed"

    @classmethod
    def worst(cls, outcomes: Iterable[Outcome]) -> Outcome:
        """The worst of *outcomes*; MET when there is none: nothing was asked for."""
        return max(outcomes, key=list(cls).index, default=cls.MET)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a bid is assessed from.

    Attributes:
        kind: `dossier` or `bundle`.
        digest: SHA-256 of the dossier, or of the manifest of the bundle.
        set_aside: (framework, question, line) of answers by which the bid would have chosen its
            own minimum or weights.
        notice: What every page about it is to say, an illustration or a draft; None: nothing.
    """

    kind: str
    digest: str
    set_aside: tuple[tuple[str, str, int], ...] = ()
    notice: Text | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A knock-out criterion on one bid.

    Attributes:
        proved: By what is known without the bidder; None for not established.
        declared: If what the bidder says holds as well.
        because: What decided, as clauses or sentences.
        missing: What would settle it.
        items: Questions of a framework that evidence leaves below what is asked for.
    """

    knock_out: KnockOut
    proved: bool | None
    declared: bool | None
    because: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The two values in one word; a bid that fails by its own word fails."""
        if self.proved is False or self.declared is False:
            return Outcome.FAILED
        if self.proved:
            return Outcome.MET
        return Outcome.DECLARED if self.declared else Outcome.OPEN


class Span(NamedTuple):
    """An interval of points: what is open adds nothing to the low, and all to the high."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Points:
    """Two intervals: by what is known without the bidder, and if the declarations hold too."""

    proved: Span
    declared: Span


@dataclass(frozen=True, slots=True)
class Scored:
    """An award criterion on one bid.

    Attributes:
        criterion: Id of the criterion.
        points: Of its weight.
        items: Questions of a framework that are not settled.
        missing: What would narrow the interval.
    """

    criterion: str
    points: Points
    items: tuple[Item, ...] = ()
    missing: tuple[Text, ...] = ()


class Rank(NamedTuple):
    """The best and the worst place that a bid can have; the same when it is sure."""

    best: int
    worst: int


class Purpose(StrEnum):
    """Why a bidder is asked."""

    SETTLE = "settle"
    PROVE = "prove"
    COMMENT = "comment"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True)
class Clarification:
    """A question to a bidder.

    Attributes:
        criterion: Id of the criterion; `c01` of the contradiction to be explained.
        title: Of it.
        ask: The questions, the same for every bidder asked about that criterion.
        items: Questions of a framework to be answered.
        points: What the answer must make clear in this bid.
    """

    criterion: str
    title: Text
    purpose: Purpose
    ask: tuple[Text, ...]
    items: tuple[Item, ...] = ()
    points: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """One bid, compared.

    Attributes:
        holes: Roles that are bought and in which the bid offers nothing.
        scored: None when a knock-out criterion excludes the bid.
        total: The sum of the points; None with *scored*.
        proved_rank: By what is known without the bidders; None with *scored*.
        declared_rank: If every bidder's declarations hold.
    """

    bid: Bid
    basis: Basis
    assessment: Assessment
    holes: tuple[str, ...]
    checked: tuple[Checked, ...]
    scored: tuple[Scored, ...] | None
    total: Points | None
    proved_rank: Rank | None
    declared_rank: Rank | None
    clarifications: tuple[Clarification, ...]

    @property
    def admission(self) -> Outcome:
        """How it stands to all knock-out criteria together: as to the one it stands to worst."""
        return Outcome.worst(each.outcome for each in self.checked)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every bid of a tender, in the order of the tender.

    Attributes:
        digest: SHA-256 of the tender file.
        scenarios: Those that a criterion names, by id.
    """

    tender: Tender
    digest: str
    bids: tuple[Compared, ...]
    scenarios: Mapping[str, Scenario]
