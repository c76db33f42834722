"""The findings that differ, counted: what became of them, and whose doing it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.difference import (
    Attribution,
    Difference,
    Explained,
    Origin,
    Outcome,
)
from auditor.reporting.difference_order import by_cause
from auditor.reporting.difference_telling import Telling
from auditor.reporting.reading import capital

_SERIOUS = ("high", "critical")
_ALWAYS = (Origin.ORGANISATION, Origin.LAW, Origin.AUDIT)
"""Named even when nothing is due to them: whose doing it is not is an answer too."""
_JUDGED = ("pass", "fail", "unknown", "waived")
_TELLING = (Outcome.NOT_MET, Outcome.UNDECIDED, Outcome.MET)


@dataclass(frozen=True, slots=True)
class Row:
    """The findings that differ for one reason.

    Attributes:
        why: None when no input differs.
        origin: Whose doing it is.
        label: The reason, as short as it can be said.
        told: The reason in full.
        counts: One for each outcome, in their order.
    """

    why: Attribution | None
    origin: Origin
    label: str
    told: str
    counts: tuple[int, ...]


class Findings:
    """The findings that differ.

    Attributes:
        rows: Counted by cause, in the order in which they are told.
        total: All of them, one count for each outcome.
    """

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._say = telling.say
        self._found = [e for e in telling.comparison.explained if e.difference.thing == "finding"]
        self.rows = tuple(
            Row(why, Explained(of[0], why).origin, self._label(why), self._told(why), _counts(of))
            for why, of in by_cause(self._found)
        )
        self.total = _counts([each.difference for each in self._found])

    @property
    def level(self) -> str:
        """How the advice is set: `serious`, `some`, `open`, `clear` or `nothing`."""
        worse = [each.difference.after for each in self._of(Outcome.NOT_MET)]
        if worse:
            severe = any(state and state.detail["severity"] in _SERIOUS for state in worse)
            return "serious" if severe else "some"
        if self._of(Outcome.UNDECIDED):
            return "open"
        return "clear" if self._of(Outcome.MET) else "nothing"

    @property
    def headline(self) -> str:
        """What happened, in one line: what is no longer known is never called better."""
        say = self._say
        if not self._telling.comparison.explained:
            return say("drift.verdict.none")
        counts = {outcome: len(self._of(outcome)) for outcome in _TELLING}
        told = say.listing(
            say(f"drift.count.{outcome}", count) for outcome, count in counts.items() if count
        )
        worse, unsure, better = (bool(count) for count in counts.values())
        if worse:
            return say("drift.verdict.mixed" if better else "drift.verdict.worse", counts=told)
        if unsure:
            return say("drift.verdict.unsure", counts=told)
        if better:
            return say("drift.verdict.better", counts=told)
        return say("drift.verdict.alike")

    def sentences(self) -> Iterator[str]:
        """What is worse, what is no longer known, what is better, and what else differs."""
        say = self._say
        for outcome in _TELLING:
            of = self._of(outcome)
            if not of:
                yield say(f"drift.none.{outcome}")
                continue
            before = Counter(_judged(each.difference) for each in of)
            was = say.listing(self._was(word, count) for word, count in before.items())
            told = say(f"drift.outcome.{outcome}", len(of), before=was)
            yield f"{told} {self._due(of)}"
        others = Counter(_other(each.difference) for each in self._of(Outcome.OTHER))
        if others:
            what = [say(f"drift.other.{word}", count) for word, count in others.items()]
            told = say("semicolon").join(what)
            yield say("drift.outcome.other", others.total(), what=told)

    def _was(self, word: str, count: int) -> str:
        """So many that were judged *word* before."""
        if word in ("", "waived"):
            return self._say(f"drift.was.{word or 'unjudged'}", count)
        return self._say(f"count.{word}", count)

    def _due(self, explained: list[Explained]) -> str:
        """Whose doing they are.

        Nobody is said to have done nothing while something could not be told apart.
        """
        say = self._say
        origins = Counter(each.origin for each in explained)
        always = () if origins[Origin.OPEN] else _ALWAYS
        due = [
            say(f"drift.due.{origin}", count=say.number(origins[origin]))
            for origin in Origin
            if origins[origin] or origin in always
        ]
        return say("drift.due", origins=", ".join(due))

    def _of(self, outcome: Outcome) -> list[Explained]:
        return [each for each in self._found if each.difference.outcome is outcome]

    def _label(self, why: Attribution | None) -> str:
        """The reason as a picture names it, beside its origin."""
        if why is None:
            return capital(self._say("drift.cause.none"))
        named = [self._say(f"drift.cause.{cause}") for cause in why.causes]
        if why.established or len(named) == 1:
            return capital(self._say.listing(named))
        return self._say("drift.cause.one-of", causes=", ".join(named))

    def _told(self, why: Attribution | None) -> str:
        """The reason; that it is established goes without saying, and that it is not does not."""
        if why is None or not why.established:
            return self._telling.why(why)
        return capital(self._telling.causes(why.causes))


def _counts(differences: list[Difference]) -> tuple[int, ...]:
    counted = Counter(each.outcome for each in differences)
    return tuple(counted[outcome] for outcome in Outcome)


def _judged(difference: Difference) -> str:
    """Its verdict before; empty when it was not judged."""
    word = difference.before.word if difference.before else ""
    return word if word in _JUDGED else ""


def _other(difference: Difference) -> str:
    """What became of a finding that is neither worse, nor unknown, nor better."""
    before, after = _judged(difference), difference.after.word if difference.after else ""
    if after == "waived" and before != "waived":
        return "waived"
    if not before:
        return "first" if after == "pass" else "unjudged"
    if after not in _JUDGED:
        return "dropped"
    return "otherwise"
