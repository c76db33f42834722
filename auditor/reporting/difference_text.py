"""What changed between two assessments, and why, in plain text for people."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from auditor.model.difference import (
    Attribution,
    Cause,
    Change,
    Comparison,
    Difference,
    Json,
    State,
    Thing,
)
from auditor.model.text import Text
from auditor.reporting.printable import printable
from auditor.reporting.wording import Wording

_SIGNS: Mapping[Change, str] = {"new": "+", "gone": "-", "changed": "~"}
_THINGS: tuple[Thing, ...] = ("finding", "service", "exposure")
_LISTED = 25
"""Lines with one cause that a person is shown."""
_NARROWEST = 40


def as_text(
    comparison: Comparison,
    language: str,
    width: int,
    words: Mapping[str, Text],
    roles: Mapping[str, Text],
) -> str:
    """*comparison* in plain text; *words* and *roles* label the closed vocabularies."""
    telling = _Telling(comparison, language, words, roles)
    wide = max(width, _NARROWEST)
    return "".join(f"{line}\n" for line in telling.lines(wide))


class _Telling:
    """Tells of a comparison in one language."""

    def __init__(
        self,
        comparison: Comparison,
        language: str,
        words: Mapping[str, Text],
        roles: Mapping[str, Text],
    ) -> None:
        self._comparison = comparison
        self._language = language
        self._words = words
        self._roles = roles
        self._say = Wording(language)
        both = (comparison.before, comparison.after)
        self._rules = {rule["id"]: rule["title"] for each in both for rule in each["rules"]}
        self._laws = {law["id"]: law["short"] for each in both for law in each["laws"]}
        self._names = {offer["id"]: offer["name"] for each in both for offer in each["offerings"]}

    def lines(self, width: int) -> Iterator[str]:
        """The whole, in lines of *width* columns."""
        comparison, say = self._comparison, self._say
        heading = [say("difference.title", name=comparison.after["subject"]["name"])]
        seen, day = self._when(comparison.before)
        heading.append(say("difference.before", seen=seen, day=day))
        seen, day = self._when(comparison.after)
        heading.append(say("difference.after", seen=seen, day=day))
        if comparison.possible:
            named = self._causes(comparison.possible)
            heading += [say("difference.possible", causes=named), self._method()]
        else:
            heading.append(say("difference.alike"))
        heading += self._scores()
        for line in heading:
            yield from _wrapped(line, width, "")
        if not comparison.explained:
            yield from ("", say("difference.none"))
        for thing in _THINGS:
            yield from self._things(thing, width)

    def _method(self) -> str:
        match sum(self._comparison.replayed):
            case 2:
                return self._say("difference.replayed")
            case 1:
                return self._say("difference.half")
            case _:
                return self._say("difference.by-digests")

    def _when(self, document: Json) -> tuple[str, str]:
        """The day of the look-ups, and the day of the law."""
        seen = date.fromisoformat(document["observed"]["began"][:10])
        day = date.fromisoformat(document["as_of"])
        return self._say.day(seen), self._say.day(day)

    def _scores(self) -> Iterator[str]:
        then = self._comparison.before["score"]["by_effect"]
        now = self._comparison.after["score"]["by_effect"]
        for effect in dict.fromkeys((*then, *now)):
            if then.get(effect) != now.get(effect):
                yield self._say(
                    "difference.score",
                    effect=self._word("effect", effect),
                    before=self._interval(then.get(effect)),
                    after=self._interval(now.get(effect)),
                )

    def _interval(self, interval: Json | None) -> str:
        if interval is None:
            return self._say("summary.not-judged")
        low, high = (self._say.number(interval[key]) for key in ("low", "high"))
        return low if low == high else self._say("interval.text", low=low, high=high)

    def _things(self, thing: Thing, width: int) -> Iterator[str]:
        """What differs of one kind, gathered by cause."""
        explained = [e for e in self._comparison.explained if e.difference.thing == thing]
        if not explained:
            return
        changes = Counter(each.difference.change for each in explained)
        new, gone, changed = (self._say.number(changes[change]) for change in _SIGNS)
        match thing:
            case "finding":
                title = self._say("difference.findings", new=new, gone=gone, changed=changed)
            case "service":
                title = self._say("difference.services", new=new, gone=gone, changed=changed)
            case "exposure":
                title = self._say("difference.exposures", new=new, gone=gone, changed=changed)
        yield from ("", *_wrapped(title, width, ""))
        by_cause: dict[Attribution | None, list[Difference]] = defaultdict(list)
        hidden = 0
        for each in explained:
            if _tells(each.difference):
                by_cause[each.why].append(each.difference)
            else:
                hidden += 1
        for why, differences in by_cause.items():
            yield from _wrapped(self._why(why), width, "  ")
            lines = self._grouped(differences)
            for line in lines[:_LISTED]:
                yield from _wrapped(line, width, "    ")
            hidden += len(lines[_LISTED:])
        if hidden:
            yield from _wrapped(self._say("difference.more", hidden), width, "  ")

    def _grouped(self, differences: list[Difference]) -> list[str]:
        """A line for each finding; what differs alike of one service shares a line."""
        laws: dict[str, list[str]] = defaultdict(list)
        roles: dict[str, list[str]] = defaultdict(list)
        for difference in differences:
            if difference.thing == "finding":
                line = self._finding(difference)
            else:
                line = self._served(difference)
                roles[line].append(self._role(difference.key))
            laws[line] += self._law(difference)
        lines = []
        for line, named in laws.items():
            about = [*dict.fromkeys(named), *dict.fromkeys(roles[line])]
            lines.append(f"{line} ({self._say('semicolon').join(about)})" if about else line)
        return lines

    def _finding(self, difference: Difference) -> str:
        rule, subject = difference.key
        state = difference.after or difference.before
        severity = self._word("severity", state.detail["severity"]) if state else ""
        title = self._text(self._rules.get(rule, {})) or rule
        where = f"{subject}, " if subject else ""
        line = self._say(
            "colon",
            label=f"{_SIGNS[difference.change]} [{severity}] {rule} ({where}{title})",
            text=self._became(difference, "verdict"),
        )
        silent = self._silent(difference)
        if not silent:
            return line
        told = self._say("difference.silent", questions=silent)
        return f"{line}. {told}"

    def _silent(self, difference: Difference) -> str:
        """What failed in the place of a finding that can no longer be decided."""
        after = difference.after
        if after is None or after.word != "unknown":
            return ""
        place = after.detail["domain"], after.detail["role"]
        gaps = [
            self._gaps(document, place)
            for document in (self._comparison.before, self._comparison.after)
        ]
        new = [question for question in gaps[1] if question not in gaps[0]]
        return self._say.listing(new[:3])

    def _gaps(self, document: Json, place: tuple[str | None, str]) -> list[str]:
        return [
            f"{gap['question']} ({self._word('gap', gap['why'])})"
            for part in document["footprint"]
            if (part["domain"], part["role"]) == place
            for gap in part["gaps"]
            if gap["question"] and gap["why"] not in ("static", "plain", "unverified")
        ]

    def _served(self, difference: Difference) -> str:
        service = difference.key[3]
        name = self._names.get(service, service.removeprefix("~"))
        sign = _SIGNS[difference.change]
        if difference.thing == "service":
            certainty = self._became(difference, "confidence")
            return self._say("colon", label=f"{sign} {name}", text=certainty)
        what = f"{name}, {self._word('effect', difference.key[5])}"
        return self._say("colon", label=f"{sign} {what}", text=self._became(difference, "state"))

    def _law(self, difference: Difference) -> list[str]:
        """The name of the law of an exposure."""
        if difference.thing != "exposure":
            return []
        law = difference.key[4]
        return [self._text(self._laws.get(law, {})) or law]

    def _became(self, difference: Difference, vocabulary: str) -> str:
        before, after = difference.before, difference.after
        if before is None or after is None:
            return self._stated(before or after, vocabulary)
        if before.word == after.word:
            return self._say("difference.otherwise", word=self._stated(after, vocabulary))
        return self._say(
            "difference.became",
            before=self._stated(before, vocabulary),
            after=self._stated(after, vocabulary),
        )

    def _stated(self, state: State | None, vocabulary: str) -> str:
        if state is None:
            return ""
        word = self._word(vocabulary, state.word)
        return self._say("finding.confidence", word=word) if vocabulary == "confidence" else word

    def _why(self, why: Attribution | None) -> str:
        if why is None:
            return self._say("difference.altered")
        if why.established:
            return self._say("difference.established", causes=self._causes(why.causes))
        return self._say("difference.open", causes=self._causes(why.causes))

    def _causes(self, causes: tuple[Cause, ...]) -> str:
        return self._say("semicolon").join(self._word("cause", cause) for cause in causes)

    def _role(self, key: tuple[str, ...]) -> str:
        label = self._roles.get(key[1])
        name = label.in_language(self._language) if label else key[1]
        return f"{name}, {self._word('layer', key[2])}" if key[2] != "service" else name

    def _word(self, vocabulary: str, word: str) -> str:
        known = self._words.get(f"{vocabulary}.{word}")
        return known.in_language(self._language) if known else word

    def _text(self, text: Json) -> str:
        return str(text.get(self._language, ""))


def _tells(difference: Difference) -> bool:
    """Whether a person is shown it: an exposure must begin or end to be a reach."""
    if difference.thing != "exposure":
        return True
    before, after = difference.before, difference.after
    reached = [state is not None and state.word == "reached" for state in (before, after)]
    return reached[0] != reached[1]


def _wrapped(line: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(
        printable(line),
        width,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
