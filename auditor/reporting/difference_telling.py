"""What changed between two assessments, and why, line by line: for text and for documents.

Here is what is told and in which order; how it is set is for who prints it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from auditor.model.difference import (
    Attribution,
    Cause,
    Change,
    Comparison,
    Difference,
    Explained,
    Json,
    State,
    Thing,
)
from auditor.model.text import Text
from auditor.reporting.difference_order import by_cause, indifferent, tells, weight
from auditor.reporting.wording import Wording

THINGS: tuple[Thing, ...] = ("finding", "service", "exposure")
CHANGES: tuple[Change, ...] = ("new", "gone", "changed")


@dataclass(frozen=True, slots=True)
class Line:
    """What a person is told of a finding, or of what differs alike of one service.

    Attributes:
        severity: Of a finding, as the rules write it; empty otherwise.
        severity_before: Where it was another one; empty otherwise.
        rule: Of a finding.
        subject: Of a finding, as the assessments write it; empty when it is the organisation.
        where: The same in the reader's words.
        name: The title of the criterion, or the service.
        effect: Of an exposure, in the reader's words.
        before: What was said of it; empty when it was not there.
        after: What is said of it; empty when it is not there.
        became: Both in one phrase.
        silent: What nobody answered where a finding can no longer be decided.
        laws: Of exposures.
        roles: Of services and exposures.
    """

    change: Change
    severity: str
    rule: str
    subject: str
    where: str
    name: str
    effect: str
    before: str
    after: str
    became: str
    severity_before: str = ""
    silent: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What differs for one reason; *told* is the reason, in a sentence."""

    told: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What differs of one kind of thing.

    Attributes:
        title: How many are new, gone and changed.
        hidden: How many lines are not told.
    """

    thing: Thing
    title: str
    groups: tuple[Group, ...]
    hidden: int


class Telling:
    """Tells of a comparison in one language.

    Attributes:
        say: The sentences of the language.
    """

    def __init__(
        self,
        comparison: Comparison,
        language: str,
        words: Mapping[str, Text],
        roles: Mapping[str, Text],
    ) -> None:
        """Tell of *comparison*; *words* and *roles* label the closed vocabularies."""
        self.comparison = comparison
        self.language = language
        self.say = Wording(language)
        self._words = words
        self._roles = roles
        both = (comparison.before, comparison.after)
        self._rules = {rule["id"]: rule["title"] for each in both for rule in each["rules"]}
        self._laws = {law["id"]: law["short"] for each in both for law in each["laws"]}
        self._names = {offer["id"]: offer["name"] for each in both for offer in each["offerings"]}

    def basis(self) -> tuple[str, ...]:
        """Which inputs may differ, and how causes were told apart."""
        possible, say = self.comparison.possible, self.say
        if not possible:
            return (say("difference.alike"),)
        named = say("difference.possible", causes=self.causes(possible))
        match sum(self.comparison.replayed):
            case 2:
                return named, say("difference.replayed")
            case 1:
                return named, say("difference.half")
            case _:
                return named, say("difference.by-digests")

    def when(self, document: Json) -> tuple[str, str]:
        """The day of the look-ups, and the day of the law."""
        seen = date.fromisoformat(document["observed"]["began"][:10])
        day = date.fromisoformat(document["as_of"])
        return self.say.day(seen), self.say.day(day)

    def scores(self) -> Iterator[tuple[str, Json | None, Json | None]]:
        """Each effect that either judged, in the reader's words, and its score in both."""
        then = self.comparison.before["score"]["by_effect"]
        now = self.comparison.after["score"]["by_effect"]
        for effect in dict.fromkeys((*then, *now)):
            yield self.word("effect", effect), then.get(effect), now.get(effect)

    def interval(self, interval: Json | None) -> str:
        """`de 5 à 28`, the one number that it is, or that nothing was judged."""
        if interval is None:
            return self.say("summary.not-judged")
        low, high = (self.say.number(interval[key]) for key in ("low", "high"))
        return low if low == high else self.say("interval.text", low=low, high=high)

    def parts(self, listed: int, others: int) -> Iterator[Part]:
        """What differs, kind by kind and gathered by cause.

        Of each cause *listed* lines at most, of which *others* at most on findings that became
        neither better nor worse nor uncertain.
        """
        for thing in THINGS:
            explained = [e for e in self.comparison.explained if e.difference.thing == thing]
            if not explained:
                continue
            told = [each for each in explained if tells(each.difference)]
            hidden = len(explained) - len(told)
            groups = []
            for why, differences in by_cause(told):
                told_first = self._gathered(d for d in differences if not indifferent(d))
                told_last = self._gathered(d for d in differences if indifferent(d))
                lines = (*told_first, *told_last[:others])[:listed]
                groups.append(Group(self.why(why), lines))
                hidden += len(told_first) + len(told_last) - len(lines)
            yield Part(thing, self._title(thing, explained), tuple(groups), hidden)

    def _title(self, thing: Thing, explained: list[Explained]) -> str:
        changes = Counter(each.difference.change for each in explained)
        new, gone, changed = (self.say.number(changes[change]) for change in CHANGES)
        keys = ("difference.findings", "difference.services", "difference.exposures")
        return self.say(keys[THINGS.index(thing)], new=new, gone=gone, changed=changed)

    def _gathered(self, differences: Iterable[Difference]) -> tuple[Line, ...]:
        """A line for each finding, the worst first; what differs alike of one service shares."""
        laws: dict[Line, list[str]] = defaultdict(list)
        roles: dict[Line, list[str]] = defaultdict(list)
        for difference in sorted(differences, key=weight):
            if difference.thing == "finding":
                line = self._finding(difference)
            else:
                line = self._served(difference)
                roles[line].append(self._role(difference.key))
            laws[line] += self._law(difference)
        return tuple(
            replace(line, laws=tuple(dict.fromkeys(named)), roles=tuple(dict.fromkeys(roles[line])))
            for line, named in laws.items()
        )

    def _finding(self, difference: Difference) -> Line:
        rule, subject = difference.key
        state = difference.after or difference.before
        severity = state.detail["severity"] if state else ""
        then = difference.before.detail["severity"] if difference.before else severity
        return Line(
            difference.change,
            severity,
            rule,
            subject,
            self._where(state),
            self._text(self._rules.get(rule, {})) or rule,
            "",
            *self._became(difference, "verdict"),
            severity_before="" if then == severity else then,
            silent=self._silent(difference),
        )

    def _where(self, state: State | None) -> str:
        """The role that a finding is on, and of which domain where there are several."""
        role = state.detail["role"] if state else None
        if state is None or not role:
            return self.say("whole-organisation")
        label = self._roles.get(role)
        name = label.in_language(self.language) if label else str(role)
        both = (self.comparison.before, self.comparison.after)
        several = len({domain for each in both for domain in each["subject"]["domains"]}) > 1
        return f"{name}, {state.detail['domain']}" if several else name

    def _served(self, difference: Difference) -> Line:
        service = difference.key[3]
        name = self._names.get(service, service.removeprefix("~"))
        if difference.thing == "service":
            became = self._became(difference, "confidence")
            return Line(difference.change, "", "", "", "", name, "", *became)
        effect = self.word("effect", difference.key[5])
        became = self._became(difference, "state")
        return Line(difference.change, "", "", "", "", name, effect, *became)

    def _silent(self, difference: Difference) -> tuple[str, ...]:
        """What failed in the place of a finding that can no longer be decided."""
        after = difference.after
        if after is None or after.word != "unknown":
            return ()
        place = after.detail["domain"], after.detail["role"]
        gaps = [
            self._gaps(document, place)
            for document in (self.comparison.before, self.comparison.after)
        ]
        return tuple(question for question in gaps[1] if question not in gaps[0])[:3]

    def _gaps(self, document: Json, place: tuple[str | None, str]) -> list[str]:
        return [
            f"{gap['question']} ({self.word('gap', gap['why'])})"
            for part in document["footprint"]
            if (part["domain"], part["role"]) == place
            for gap in part["gaps"]
            if gap["question"] and gap["why"] not in ("static", "plain", "unverified")
        ]

    def _law(self, difference: Difference) -> list[str]:
        """The name of the law of an exposure."""
        if difference.thing != "exposure":
            return []
        law = difference.key[4]
        return [self._text(self._laws.get(law, {})) or law]

    def _became(self, difference: Difference, vocabulary: str) -> tuple[str, str, str]:
        """What was said, what is, and both in one phrase."""
        before, after = difference.before, difference.after
        then, now = self._stated(before, vocabulary), self._stated(after, vocabulary)
        if before is None or after is None:
            return then, now, then or now
        if before.word == after.word:
            return then, now, self.say("difference.otherwise", word=now)
        return then, now, self.say("difference.became", before=then, after=now)

    def _stated(self, state: State | None, vocabulary: str) -> str:
        if state is None:
            return ""
        word = self.word(vocabulary, state.word)
        return self.say("finding.confidence", word=word) if vocabulary == "confidence" else word

    def why(self, why: Attribution | None) -> str:
        """The cause, and whether it is established, in a sentence."""
        if why is None:
            return self.say("difference.altered")
        if why.established:
            return self.say("difference.established", causes=self.causes(why.causes))
        return self.say("difference.open", causes=self.causes(why.causes))

    def causes(self, causes: Iterable[Cause]) -> str:
        """*causes* in the reader's words."""
        return self.say("semicolon").join(self.word("cause", cause) for cause in causes)

    def _role(self, key: tuple[str, ...]) -> str:
        label = self._roles.get(key[1])
        name = label.in_language(self.language) if label else key[1]
        return f"{name}, {self.word('layer', key[2])}" if key[2] != "service" else name

    def word(self, vocabulary: str, word: str) -> str:
        """The label of *word*; the word itself when it has none."""
        known = self._words.get(f"{vocabulary}.{word}")
        return known.in_language(self.language) if known else word

    def _text(self, text: Json) -> str:
        return str(text.get(self.language, ""))
