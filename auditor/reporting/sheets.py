"""A sheet to sign: everything that a rule says, in every language side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.model.rule import Example, Rule, Verdict
from auditor.model.signature import SignOff
from auditor.model.text import Provenance, Text
from auditor.reporting.criterion import InWords, Said

Cell = tuple[Said, ...]
"""Lines, of which some have lines below them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing said in every language.

    Attributes:
        labels: What it is, by language.
        cells: What is said, by language.
    """

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """An example as a line of a table.

    Attributes:
        situation: By language.
        result: By language.
    """

    name: str
    situation: tuple[tuple[str, ...], ...]
    result: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rule or a law.

    Attributes:
        group: The family of a rule, the state of a law, by language.
        titles: By language.
        meta: What it is filed under, by language.
        severity: Of a rule; empty for a law.
    """

    id: str
    group: tuple[str, ...]
    titles: tuple[str, ...]
    meta: tuple[str, ...]
    severity: str
    rows: tuple[Row, ...]
    cases: tuple[Case, ...]
    signoff: SignOff


Tongues = Sequence[InWords]
"""One for each language, in the order of `LANGUAGES`."""


def rule_sheets(rules: Iterable[Rule], tongues: Tongues) -> tuple[Sheet, ...]:
    """The sheets of *rules*, family by family, in the order given."""
    every = tuple(rules)
    families = list(dict.fromkeys(rule.family for rule in every))
    ordered = sorted(every, key=lambda rule: families.index(rule.family))
    return tuple(rule_sheet(rule, tongues) for rule in ordered)


def rule_sheet(rule: Rule, tongues: Tongues) -> Sheet:
    """The sheet of *rule*."""
    rows = [row("roles", tongues, *(lines(t.roles(rule.roles)) for t in tongues))]
    if rule.where:
        cells = (lines(t.say("book.or").join(map(t.role, rule.where))) for t in tongues)
        rows.append(row("where", tongues, *cells))
    rows += [
        row("condition", tongues, *(_condition(rule, tongue) for tongue in tongues)),
        text_row("why", rule.why, tongues),
        row("citations", tongues, *(_citations(rule, tongue) for tongue in tongues)),
    ]
    for verdict, sentence in rule.say:
        labels = tuple(_spoken(verdict, tongue) for tongue in tongues)
        rows.append(Row(labels, tuple(lines(t.text(sentence)) for t in tongues)))
    rows += [
        text_row("counter", rule.counter, tongues),
        text_row("question", rule.question, tongues),
        text_row("clause", rule.clause, tongues),
    ]
    return Sheet(
        id=rule.id,
        group=tuple(t.word("family", rule.family) for t in tongues),
        titles=tuple(t.text(rule.title) for t in tongues),
        meta=tuple(_filed(rule, tongue) for tongue in tongues),
        severity=rule.severity.value,
        rows=tuple(rows),
        cases=tuple(_case(example, tongues) for example in rule.examples),
        signoff=rule.signoff,
    )


def row(key: str, tongues: Tongues, *cells: Cell) -> Row:
    """What is called *key*, with what is said of it in each language."""
    return Row(tuple(tongue.say(f"book.{key}") for tongue in tongues), cells)


def text_row(key: str, text: Text, tongues: Tongues) -> Row:
    """What is called *key*, a text."""
    return row(key, tongues, *(lines(tongue.text(text)) for tongue in tongues))


def lines(*said: str) -> Cell:
    """Lines without lines below them."""
    return tuple(map(Said, said))


def source(where: str, provenance: Provenance, tongue: InWords) -> Said:
    """Where something is stated, and when that was read; then where, if it was elsewhere."""
    key = "book.cited" if provenance.verified else "book.uncited"
    read = tongue.say(key, day=tongue.say.day(provenance.checked))
    note = f" ({provenance.note})" if provenance.note else ""
    elsewhere = lines(provenance.source) if provenance.source != where else ()
    return Said(f"{where}, {read}{note}", elsewhere)


def _spoken(verdict: Verdict, tongue: InWords) -> str:
    word = tongue.word("verdict", verdict.value)
    return tongue.say("colon", label=tongue.say("book.say"), text=word)


def _filed(rule: Rule, tongue: InWords) -> str:
    say = tongue.say
    return " · ".join(
        [
            say("book.meta", id=rule.id, version=str(rule.version)),
            say("book.severity", word=tongue.word("severity", rule.severity.value)),
            say("book.effect", word=tongue.word("effect", rule.effect.value).lower()),
        ]
    )


def _condition(rule: Rule, tongue: InWords) -> Cell:
    said = tongue.condition(rule.condition)
    return (said, Said(tongue.say("book.whole"))) if rule.whole else (said,)


def _citations(rule: Rule, tongue: InWords) -> Cell:
    return tuple(
        Said(tongue.text(each.text), (source(each.url, each.provenance, tongue),))
        for each in rule.citations
    )


def _case(example: Example, tongues: Tongues) -> Case:
    return Case(
        example.name,
        tuple(tongue.situation(example) for tongue in tongues),
        tuple(tongue.word("verdict", example.expect.value) for tongue in tongues),
    )
