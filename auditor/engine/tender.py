"""Bids compared: the same questions, the same facts, the same day for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.awards import Priced, points, ranks, total
from auditor.engine.knock_outs import check
from auditor.engine.offer import Offer
from auditor.model.assessment import Assessment
from auditor.model.compared import (
    Basis,
    Checked,
    Clarification,
    Compared,
    Comparison,
    Outcome,
    Purpose,
    Rank,
    Scored,
)
from auditor.model.tender import (
    AnswersWith,
    Award,
    Bid,
    KnockOut,
    MeetsRule,
    RuleScore,
    Tender,
    WithstandsScenario,
)
from auditor.model.text import Text

_ADMITTED_IF_TRUE = (Outcome.MET, Outcome.DECLARED)


@dataclass(frozen=True, slots=True)
class Assessed:
    """A bid, assessed.

    Attributes:
        assess: Makes the same assessment with another catalogue.
    """

    bid: Bid
    basis: Basis
    assessment: Assessment
    assess: Callable[[Catalogue], Assessment]


@dataclass(frozen=True, slots=True)
class _Examined:
    """A bid, its knock-out criteria checked."""

    assessed: Assessed
    offer: Offer
    checked: tuple[Checked, ...]
    admission: Outcome


def compare(
    tender: Tender, digest: str, bids: Sequence[Assessed], catalogue: Catalogue
) -> Comparison:
    """*bids*, in the order of *tender*, compared by its criteria."""
    examined = [_examine(tender, bid, catalogue) for bid in bids]
    priced = [
        Priced(Fraction(each.assessed.bid.price), each.admission)
        for each in examined
        if each.assessed.bid.price is not None
    ]
    scored = {
        each.assessed.bid.id: tuple(
            points(award, each.offer, catalogue, _price(each), priced) for award in tender.awards
        )
        for each in examined
        if each.admission is not Outcome.FAILED
    }
    totals = {id_: total(each) for id_, each in scored.items()}
    admission = {each.assessed.bid.id: each.admission for each in examined}
    proved = ranks(
        {id_: each.proved for id_, each in totals.items()},
        {id_: admission[id_] is Outcome.MET for id_ in totals},
    )
    declared = ranks(
        {id_: each.declared for id_, each in totals.items()},
        {id_: admission[id_] in _ADMITTED_IF_TRUE for id_ in totals},
    )
    return Comparison(
        tender,
        digest,
        tuple(
            _compared(
                tender,
                each,
                scored.get(each.assessed.bid.id) if tender.awards else None,
                proved.get(each.assessed.bid.id) if tender.awards else None,
                declared.get(each.assessed.bid.id) if tender.awards else None,
                catalogue,
            )
            for each in examined
        ),
        {
            each.test.scenario: catalogue.scenarios[each.test.scenario]
            for each in tender.knock_outs
            if isinstance(each.test, WithstandsScenario)
        },
    )


def _examine(tender: Tender, bid: Assessed, catalogue: Catalogue) -> _Examined:
    offer = Offer(bid.assessment, tender.roles, catalogue)
    home = tender.buyer.home
    checked = tuple(check(each, offer, catalogue, home, bid.assess) for each in tender.knock_outs)
    return _Examined(bid, offer, checked, Outcome.worst(each.outcome for each in checked))


def _price(examined: _Examined) -> Priced | None:
    price = examined.assessed.bid.price
    return None if price is None else Priced(Fraction(price), examined.admission)


def _compared(
    tender: Tender,
    examined: _Examined,
    scored: tuple[Scored, ...] | None,
    proved: Rank | None,
    declared: Rank | None,
    catalogue: Catalogue,
) -> Compared:
    bid = examined.assessed
    return Compared(
        bid=bid.bid,
        basis=bid.basis,
        assessment=bid.assessment,
        holes=examined.offer.holes,
        checked=examined.checked,
        scored=scored,
        total=None if scored is None else total(scored),
        proved_rank=proved,
        declared_rank=declared,
        clarifications=(
            *(c for each in examined.checked if (c := _about(each, examined.offer, catalogue))),
            *_narrowing(tender.awards, scored or (), catalogue),
            *_explaining(bid.assessment),
        ),
    )


def _about(checked: Checked, offer: Offer, catalogue: Catalogue) -> Clarification | None:
    """What to ask about a knock-out criterion; None when it is met beyond the bidder's word.

    A bidder whose bid fails is heard before it is excluded.
    """
    purposes = {
        Outcome.OPEN: Purpose.SETTLE,
        Outcome.DECLARED: Purpose.PROVE,
        Outcome.FAILED: Purpose.COMMENT,
    }
    if checked.outcome is Outcome.MET:
        return None
    purpose = purposes[checked.outcome]
    heard = purpose is Purpose.COMMENT
    return Clarification(
        checked.knock_out.id,
        checked.knock_out.title,
        purpose,
        _asking(checked.knock_out, offer, catalogue),
        () if heard else checked.items,
        checked.because if heard else checked.missing,
    )


def _asking(knock_out: KnockOut, offer: Offer, catalogue: Catalogue) -> tuple[Text, ...]:
    """The questions that the criterion puts to any bidder, beside its title."""
    match knock_out.test:
        case MeetsRule(rule):
            return (catalogue.rules[rule].question,)
        case WithstandsScenario(scenario):
            return catalogue.scenarios[scenario].questions
        case AnswersWith(framework, question, _):
            return (offer.item(framework, question).text,)
        case _:
            return ()


def _narrowing(
    awards: Sequence[Award], scored: Sequence[Scored], catalogue: Catalogue
) -> Iterator[Clarification]:
    """What would narrow intervals of points; none about a price."""
    for award, each in zip(awards, scored, strict=False):
        if each.points.proved.low == each.points.proved.high or not (each.items or each.missing):
            continue
        ask: tuple[Text, ...] = ()
        if isinstance(award.measure, RuleScore):
            ask = tuple(catalogue.rules[rule].question for rule in award.measure.rules)
        told = each.points.declared.low == each.points.declared.high
        purpose = Purpose.PROVE if told else Purpose.SETTLE
        yield Clarification(award.id, award.title, purpose, ask, each.items, each.missing)


def _explaining(assessment: Assessment) -> Iterator[Clarification]:
    """What cannot be true together, to be explained by the bidder."""
    for each in assessment.contradictions:
        yield Clarification(
            each.id, each.title, Purpose.EXPLAIN, (each.question,), (), (each.one, each.other)
        )
