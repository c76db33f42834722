"""A comparison of bids as its reader goes through it, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import assert_never

from auditor.model.compared import (
    Checked,
    Clarification,
    Compared,
    Comparison,
    Outcome,
    Points,
    Rank,
    Span,
)
from auditor.model.framework import Framework, Item
from auditor.model.tender import (
    AnswersWith,
    Award,
    FrameworkScore,
    HoldsQualification,
    KnockOut,
    MeetsRule,
    Price,
    ReachesLevel,
    Reply,
    RuleScore,
    WithstandsScenario,
)
from auditor.model.text import Text
from auditor.reporting.reading import Reading, capital, inside
from auditor.reporting.wording import Wording

_CENT = Decimal("0.01")
_FIRST = Rank(1, 1)
_ADMISSIONS = (
    (Outcome.FAILED, "failed"),
    (Outcome.OPEN, "open"),
    (Outcome.DECLARED, "by-word"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A bid in the summary.

    Attributes:
        declared: The points if the declarations hold; empty when that changes nothing.
        rank: By what is known without the bidders.
        declared_rank: If the declarations hold; empty when that changes nothing.
    """

    compared: Compared
    outcome: Outcome
    admission: str
    proved: str
    declared: str
    rank: str
    declared_rank: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What the buyer is told first.

    Attributes:
        level: `clear`, `some` or `open`, as in a report.
    """

    level: str
    headline: str
    sentences: tuple[str, ...]


class View:
    """One comparison in one language.

    Attributes:
        say: The sentences of the language.
        reading: Of the first bid, for the names that all bids share.
    """

    def __init__(self, comparison: Comparison, language: str) -> None:
        self.comparison = comparison
        self.tender = comparison.tender
        self.language = language
        self.say = Wording(language)
        self.reading = Reading(comparison.bids[0].assessment, language)
        results = comparison.bids[0].assessment.frameworks
        self._frameworks = {each.framework.id: each.framework for each in results}

    def text(self, text: Text) -> str:
        """*text* in the language."""
        return text.in_language(self.language)

    def roles(self, roles: tuple[str, ...]) -> str:
        """The names of *roles*, as a list in a sentence."""
        return self.say.listing(inside(self.reading.role(role)) for role in roles)

    def title(self, criterion: KnockOut | Award) -> str:
        """`k1 – SecNumCloud`."""
        return self.say("tender.title", id=criterion.id, title=self.text(criterion.title))

    def requires(self, knock_out: KnockOut) -> str:
        """What *knock_out* asks of a bid, in words."""
        match knock_out.test:
            case ReachesLevel(framework, group, level):
                known = self._frameworks[framework]
                part = self._group(known, group) if group else self.say("tender.whole")
                return self.say(
                    "tender.requires.level",
                    framework=self.text(known.name),
                    part=part,
                    level=self.text(known.levels[level].label),
                )
            case AnswersWith(framework, question, at_least):
                known = self._frameworks[framework]
                item = next(each for each in known.items if each.id == question)
                return self.say(
                    "tender.requires.answer",
                    framework=self.text(known.name),
                    id=item.id,
                    question=self.text(item.text),
                    answer=self.text(item.choice(at_least).text),
                )
            case MeetsRule(rule):
                return self.say("tender.requires.rule", rule=self.reading.rule_title(rule))
            case HoldsQualification(schemes, on):
                names = self.say.listing(schemes)
                return self.say("tender.requires.qualification", names=names, day=self.say.day(on))
            case WithstandsScenario(scenario):
                title = self.text(self.comparison.scenarios[scenario].title)
                return self.say("tender.requires.scenario", scenario=title)
            case _:
                assert_never(knock_out.test)

    def weighs(self, award: Award) -> str:
        """How *award* earns points, in words."""
        match award.measure:
            case FrameworkScore(framework, weights):
                known = self._frameworks[framework]
                chosen = next(each for each in known.weight_sets if each.id == weights)
                return self.say(
                    "tender.weighs.framework",
                    framework=self.text(known.name),
                    weights=self.text(chosen.name),
                )
            case RuleScore(rules):
                names = self.say("semicolon").join(map(self.reading.rule_title, rules))
                return self.say("tender.weighs.rules", rules=names)
            case Price():
                return self.say("tender.weighs.price")
            case _:
                assert_never(award.measure)

    def outcome(self, outcome: Outcome) -> str:
        """How a bid stands to one criterion."""
        return self.say(f"tender.outcome.{outcome.value}")

    def admission(self, outcome: Outcome) -> str:
        """How a bid stands to all knock-out criteria."""
        return self.say(f"tender.admission.{outcome.value}")

    def span(self, span: Span) -> str:
        """`de 12,5 à 40`, to a hundredth."""
        low, high = map(self.say.number, map(float, hundredths(span)))
        return low if low == high else self.say("interval.text", low=low, high=high)

    def points(self, points: Points | None) -> tuple[str, str]:
        """The points that are known, and those if the declarations hold where they differ."""
        if points is None:
            return self.say("tender.not-scored"), ""
        proved, declared = self.span(points.proved), self.span(points.declared)
        return proved, "" if proved == declared else declared

    def rank(self, rank: Rank | None) -> str:
        """`1`, or `1 à 3, non départagé`."""
        if rank is None:
            return self.say("tender.not-scored")
        if rank.best == rank.worst:
            return self.say.number(rank.best)
        best, worst = self.say.number(rank.best), self.say.number(rank.worst)
        return self.say("tender.not-separable", best=best, worst=worst)

    def lines(self) -> tuple[Line, ...]:
        """The bids, in the order of the tender."""
        return tuple(map(self._line, self.comparison.bids))

    def advice(self) -> Advice:
        """Who is first, if anybody is, and which bids are not simply admitted."""
        bids = self.comparison.bids
        sentences = []
        key, first = self._first()
        if first is not None:
            sentences.append(self.say("tender.first", name=first.bid.bidder))
        for outcome, sentence in _ADMISSIONS:
            names = [each.bid.bidder for each in bids if each.admission is outcome]
            if names:
                told = self.say.listing(names)
                sentences.append(self.say(f"tender.{sentence}", len(names), names=told))
        if not any(each.admission is Outcome.FAILED for each in bids):
            sentences.append(self.say("tender.none-failed"))
        level = {"first": "clear", "first-if": "some"}.get(key, "open")
        return Advice(level, self.say(f"tender.headline.{key}"), tuple(sentences))

    def _first(self) -> tuple[str, Compared | None]:
        """What can be said of the first place, and who has it."""
        bids = self.comparison.bids
        if all(each.admission is Outcome.FAILED for each in bids):
            return "none", None
        if not self.tender.awards:
            return "gate", None
        for each in bids:
            if each.admission is Outcome.MET and each.proved_rank == _FIRST:
                return "first", each
        for each in bids:
            admitted = each.admission in (Outcome.MET, Outcome.DECLARED)
            if admitted and each.declared_rank == _FIRST:
                return "first-if", each
        return "open", None

    def because(self, checked: Checked) -> tuple[str, ...]:
        """What decided a criterion, as sentences without a stop."""
        return tuple(capital(self.text(each)) for each in checked.because)

    def missing(self, points: tuple[Text, ...]) -> tuple[str, ...]:
        """What would settle something, as the items of a list."""
        return tuple(capital(self.text(each)) for each in points)

    def items(self, items: tuple[Item, ...]) -> tuple[str, ...]:
        """Questions of a framework, each with its number."""
        return tuple(f"{item.id} {self.text(item.text)}" for item in items)

    def heading(self, clarification: Clarification) -> str:
        """What a question is about: `k1 – SecNumCloud`."""
        title = self.text(clarification.title)
        return self.say("tender.title", id=clarification.criterion, title=title)

    def replies(self, compared: Compared, criterion: str) -> tuple[Reply, ...]:
        """What the bidder replied about *criterion*, in the order written."""
        return tuple(each for each in compared.bid.replies if each.criterion == criterion)

    def purpose(self, clarification: Clarification) -> str:
        """What is asked of the bidder, and why."""
        return self.say(f"tender.purpose.{clarification.purpose.value}")

    def required_by(self, criterion: str) -> str:
        """What the criterion with that id asks for or weighs; empty when it is none."""
        for knock_out in self.tender.knock_outs:
            if knock_out.id == criterion:
                return self.requires(knock_out)
        for award in self.tender.awards:
            if award.id == criterion:
                return self.weighs(award)
        return ""

    def basis(self, compared: Compared) -> str:
        """What the bid is assessed from, and when that was seen."""
        if compared.basis.kind == "dossier":
            return self.say("tender.basis.dossier")
        day = self.say.day(compared.assessment.ended.date())
        return self.say("tender.basis.bundle", day=day)

    @property
    def notices(self) -> tuple[str, ...]:
        """What every page is to say, of the tender and of each bid; each once."""
        own = [self.reading.notice] if self.reading.notice else []
        bids = [each.basis.notice for each in self.comparison.bids]
        return tuple(dict.fromkeys([*own, *(self.text(each) for each in bids if each)]))

    def services(self, compared: Compared) -> str:
        """What is offered, with the roles."""
        offered: dict[str, list[str]] = {}
        for d in compared.assessment.footprint.dependencies:
            if d.layer == "service" and d.role in self.tender.roles:
                offered.setdefault(d.label, []).append(d.role)
        if not offered:
            return self.say("tender.nothing-offered")
        return self.say.listing(
            f"{label} ({self.roles(tuple(dict.fromkeys(roles)))})"
            for label, roles in offered.items()
        )

    def price(self, compared: Compared) -> str:
        """The price, in the currency of the tender; empty when there is none."""
        if compared.bid.price is None or not self.tender.currency:
            return ""
        return self.say.amount(compared.bid.price, self.tender.currency)

    def _line(self, compared: Compared) -> Line:
        proved, declared = self.points(compared.total)
        admission = compared.admission
        rank, if_true = self.rank(compared.proved_rank), self.rank(compared.declared_rank)
        if compared.proved_rank and admission in (Outcome.OPEN, Outcome.DECLARED):
            rank = self.say("tender.if-admitted", rank=rank)
        if compared.declared_rank and admission is Outcome.OPEN:
            if_true = self.say("tender.if-admitted", rank=if_true)
        return Line(
            compared,
            admission,
            self.admission(admission),
            proved,
            declared,
            rank,
            "" if if_true == rank else if_true,
        )

    def _group(self, framework: Framework, id_: str) -> str:
        group = next(each for each in framework.groups if each.id == id_)
        return f"{group.id} {self.text(group.name)}"


def hundredths(span: Span) -> tuple[Decimal, Decimal]:
    """Both ends of *span*, the low rounded down and the high up; one number when it is one."""
    if span.low == span.high:
        exact = _rounded(span.low, ROUND_HALF_EVEN)
        return exact, exact
    return _rounded(span.low, ROUND_FLOOR), _rounded(span.high, ROUND_CEILING)


def _rounded(number: Fraction, rounding: str) -> Decimal:
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(_CENT, rounding)
