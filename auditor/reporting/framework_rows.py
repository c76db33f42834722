"""What the frameworks ask of each service, as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.assessed import Answered, FrameworkResult, Levels, Passing, Placed
from auditor.model.framework import Group, Item
from auditor.reporting.framework_results import Results
from auditor.reporting.reading import Reading, capital, distinct

Row = tuple[str, ...]


def framework_rows(reading: Reading) -> Iterator[Row]:
    """One row for each framework, service, objective and question, the wider before the narrower.

    A framework under which no service was placed has one row: whether it binds.
    """
    for result in reading.assessment.frameworks:
        yield from _Rows(reading, result)


class _Rows:
    """The rows of one framework."""

    def __init__(self, reading: Reading, result: FrameworkResult) -> None:
        self._reading = reading
        self._result = result
        self._in = Results(reading, result.framework)
        self._minima = dict(result.minima)

    def __iter__(self) -> Iterator[Row]:
        result, text = self._result, self._reading.text
        missing = self._reading.say("semicolon").join(
            capital(text(each)) for each in result.missing
        )
        about = ("", "", self._reading.say("table.whole-framework"))
        yield self._levels(about, result.levels, result.minimum, result.passing, missing)
        for placed in result.services:
            yield from self._placed(placed)

    def _placed(self, placed: Placed) -> Iterator[Row]:
        say, levels = self._reading.say, placed.result.levels
        about = (placed.label, "", say("table.whole-framework"))
        yield self._levels(about, levels, self._result.minimum, placed.passing)
        answers = {answer.item: answer for answer in placed.result.answers}
        found = {group.group: group for group in placed.result.groups}
        for group in self._result.framework.groups:
            if group.id not in found:
                continue
            name = f"{group.id} {self._reading.text(group.name)}"
            if self._in.graded:
                minimum = self._minima.get(group.id, self._result.minimum)
                about = (placed.label, name, say("table.whole-group"))
                yield self._levels(about, found[group.id].levels, minimum)
            yield from self._items(placed, group, name, answers)

    def _items(
        self, placed: Placed, group: Group, name: str, answers: dict[str, Answered]
    ) -> Iterator[Row]:
        for item in group.items:
            answer = answers.get(item.id)
            if answer is None:
                continue
            proved, declared = self._left(item, answer.proved), self._left(item, answer.declared)
            if answer.declared == answer.proved:
                declared = self._reading.say("frameworks.nothing-declared")
            asked = f"{item.id} {self._reading.text(item.text)}"
            about = (placed.label, name, asked)
            yield self._row(about, proved, declared, "", "", *self._told(answer), item.citation)

    def _left(self, item: Item, values: tuple[str, ...]) -> str:
        """The answers still possible; not established when all of them are."""
        if len(values) == len(item.choices):
            return self._reading.say("not-established")
        texts = (self._reading.text(item.choice(value).text) for value in values)
        return self._reading.say("frameworks.or").join(texts)

    def _told(self, answer: Answered) -> tuple[str, str]:
        """What is still to be known, and what shows the answer."""
        text, say = self._reading.text, self._reading.say
        grounds = [
            say("frameworks.at-line", text=text(ground.says), line=str(ground.line))
            if ground.line
            else text(ground.says)
            for ground in answer.grounds
        ]
        if answer.contradicted:
            grounds.append(say("frameworks.contradicted", text=answer.contradicted))
        separator = say("semicolon")
        return (
            separator.join(capital(text(each)) for each in answer.missing),
            separator.join(distinct(map(capital, grounds))),
        )

    def _levels(
        self,
        about: tuple[str, str, str],
        levels: Levels | None,
        minimum: int,
        passing: Passing | None = None,
        missing: str = "",
    ) -> Row:
        """A row on a whole; nothing is said of one under which there is nothing."""
        if levels is None:
            return self._row(about, "", "", "", "", missing)
        names = [level.id for level in self._result.framework.levels]
        return self._row(
            about,
            self._in.levels(levels.proved),
            self._in.told(levels),
            names[minimum] if self._in.graded else "",
            self._in.passing(passing) if passing else "",
            missing,
        )

    def _row(
        self,
        about: tuple[str, str, str],
        proved: str,
        declared: str,
        gate: str,
        passing: str,
        missing: str = "",
        grounds: str = "",
        citation: str = "",
    ) -> Row:
        framework, text = self._result.framework, self._reading.text
        return (
            text(framework.short),
            text(framework.version),
            self._reading.word("bound", self._result.bound),
            *about,
            proved,
            declared,
            gate,
            passing,
            missing,
            grounds,
            citation,
        )
