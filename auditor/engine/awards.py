"""Points for award criteria, as intervals, and ranks where the intervals do not overlap."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.offer import Offer
from auditor.engine.score import score
from auditor.model.assessed import Placed, PointSpan
from auditor.model.assessed import Points as FrameworkPoints
from auditor.model.assessment import Score
from auditor.model.compared import Outcome, Points, Rank, Scored, Span
from auditor.model.rule import Verdict
from auditor.model.tender import Award, FrameworkScore, Price, RuleScore
from auditor.model.text import Text

_MOST = Fraction(100)
_WHOLE = Span(Fraction(0), _MOST)


@dataclass(frozen=True, slots=True)
class Priced:
    """A price, and how its bid stands to the knock-out criteria."""

    price: Fraction
    admission: Outcome


def points(
    award: Award, offer: Offer, catalogue: Catalogue, bid: Priced | None, bids: Sequence[Priced]
) -> Scored:
    """What *offer* earns of *award*; *bid* is its own among *bids*, where prices count."""
    match award.measure:
        case FrameworkScore():
            return _framework(award, award.measure, offer)
        case RuleScore(rules):
            return _rules(award, rules, offer, catalogue)
        case Price():
            if bid is None:
                raise ValueError(f"{award.id}: a bid without a price")
            return Scored(award.id, price_points(award, bid, bids))


def _framework(award: Award, measure: FrameworkScore, offer: Offer) -> Scored:
    """The score of the weakest service: a good one does not make up for a bad one."""
    placed = [each for each in offer.placed(measure.framework) if each.result.scores]
    holes = offer.holes_in(measure.framework)
    proved = _weakest(placed, measure.weights, lambda p: p.proved, bool(holes))
    declared = _weakest(placed, measure.weights, lambda p: p.declared, bool(holes))
    items = {
        answered.item: offer.item(measure.framework, answered.item)
        for each in placed
        for answered in each.result.answers
        if len(answered.proved) > 1
    }
    spans = Points(_share(award, proved), _share(award, declared))
    missing = (*offer.missing(holes), *offer.contradicted(measure.framework))
    return Scored(award.id, spans, tuple(items.values()), missing)


def _weakest(
    placed: Sequence[Placed],
    weights: str,
    which: Callable[[FrameworkPoints], PointSpan],
    hole: bool,
) -> Span:
    if not placed:
        return _WHOLE
    spans = []
    for each in placed:
        found = which(dict(each.result.scores)[weights])
        # Published points of the answers may add up to a hair more than their maximum.
        high = _MOST if each.doubtful else min(Fraction(found.high), _MOST)
        spans.append(Span(min(Fraction(found.low), _MOST), high))
    low = Fraction(0) if hole else min(span.low for span in spans)
    return Span(low, min(span.high for span in spans))


def _rules(award: Award, rules: Sequence[str], offer: Offer, catalogue: Catalogue) -> Scored:
    """As the score of a report: each effect apart, the weakest decides.

    A rule that could not be applied to what is offered is not known to be met.
    """
    findings = [
        finding._replace(verdict=Verdict.UNKNOWN)
        if finding.verdict is Verdict.NOT_APPLICABLE
        else finding
        for rule in rules
        for finding in offer.findings(rule)
    ]
    span = _share(award, _exact(score(findings, catalogue.rules, catalogue.weights)))
    missing: list[Text] = [point for finding in findings for point in finding.missing]
    holes = tuple(dict.fromkeys(hole for rule in rules for hole in offer.holes_of(rule)))
    missing = [*offer.missing(holes), *missing]
    return Scored(award.id, Points(span, span), (), tuple(dict.fromkeys(missing)))


def _exact(scored: Score) -> Span:
    """The score before its rounding to whole points; everything is open when nothing is judged."""
    shares = []
    for effect, _ in scored.by_effect:
        terms = [term for term in scored.terms if term.effect is effect]
        whole = sum(term.weight for term in terms)
        low, high = (sum(each) for each in zip(*((t.low, t.high) for t in terms), strict=True))
        shares.append(Span(Fraction(100 * low, whole), Fraction(100 * high, whole)))
    if not shares:
        return _WHOLE
    return Span(min(share.low for share in shares), min(share.high for share in shares))


def price_points(award: Award, bid: Priced, bids: Sequence[Priced]) -> Points:
    """Lowest admissible price ÷ own price × weight.

    Which price is the lowest admissible one hangs on bids whose knock-out criteria are not
    settled: as long as one of them is the cheapest, the points are an interval.
    """
    possible = [each.price for each in bids if each.admission is not Outcome.FAILED]
    lowest = min([*possible, bid.price])

    def span(sure: tuple[Outcome, ...]) -> Span:
        admitted = min([each.price for each in bids if each.admission in sure] + [bid.price])
        return _share(award, Span(100 * lowest / bid.price, 100 * admitted / bid.price))

    return Points(span((Outcome.MET,)), span((Outcome.MET, Outcome.DECLARED)))


def _share(award: Award, span: Span) -> Span:
    weight = Fraction(award.weight)
    return Span(span.low * weight / 100, span.high * weight / 100)


def total(scored: Sequence[Scored]) -> Points:
    """The sum over the criteria."""
    return Points(
        _sum([each.points.proved for each in scored]),
        _sum([each.points.declared for each in scored]),
    )


def _sum(spans: Sequence[Span]) -> Span:
    return Span(
        sum((span.low for span in spans), Fraction(0)),
        sum((span.high for span in spans), Fraction(0)),
    )


def ranks(spans: Mapping[str, Span], sure: Mapping[str, bool]) -> Mapping[str, Rank]:
    """The places that each bid can have.

    *spans* holds the points of every bid not excluded; *sure* tells which of them are known to
    be admitted: one that may yet be excluded pushes nobody down for certain.  A bid is before
    another only when its interval lies above, not when they touch.
    """
    return {
        id_: Rank(
            1 + sum(span.high < other.low and sure[it] for it, other in spans.items()),
            len(spans) - sum(other.high < span.low for other in spans.values()),
        )
        for id_, span in spans.items()
    }
