"""An assessment as tables of plain cells, for whoever works on with it in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from auditor.model.assessment import Assessment, State
from auditor.model.exchange import Failure, Reply
from auditor.reporting.chains import in_words
from auditor.reporting.framework_rows import framework_rows
from auditor.reporting.opposed_rows import Beside, contradiction_rows, waiver_rows
from auditor.reporting.printable import printable
from auditor.reporting.reading import Reading, distinct
from auditor.reporting.unknowns import questions

Cell = str | int
Row = tuple[Cell, ...]

_LONGEST = 2000
"""Characters of one cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        id: Of its title in the wording: `findings`.
        columns: Headings.
        widths: Of the columns, in characters.
        rows: Each as long as *columns*.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(assessment: Assessment, language: str) -> tuple[Table, ...]:
    """Every table of *assessment*, what is read first at the head."""
    reading = Reading(assessment, language)
    return tuple(_table(reading, id_, *shape) for id_, shape in _TABLES.items())


def findings(assessment: Assessment, language: str) -> Table:
    """The findings alone."""
    return _table(Reading(assessment, language), "findings", *_TABLES["findings"])


_Columns = tuple[tuple[str, int], ...]


def _table(
    reading: Reading, id_: str, columns: _Columns, rows: Callable[[Reading], Iterator[Row]]
) -> Table:
    say = reading.say
    return Table(
        id_,
        say(f"table.{id_}"),
        tuple(say(f"column.{name}") for name, _ in columns),
        tuple(width for _, width in columns),
        tuple(tuple(_cell(value) for value in row) for row in rows(reading)),
    )


def _cell(value: Cell) -> Cell:
    return printable(value, longest=_LONGEST) if isinstance(value, str) else value


def _findings(reading: Reading) -> Iterator[Row]:
    say, rules, beside = reading.say, reading.assessment.knowledge.rules, Beside(reading)
    for finding in reading.assessment.findings:
        rule = rules[finding.rule]
        yield (
            finding.id,
            reading.word("verdict", finding.verdict.value),
            reading.word("severity", finding.severity.value),
            reading.word("confidence", finding.confidence.value),
            reading.word("effect", rule.effect.value),
            reading.where(finding),
            reading.text(rule.title),
            reading.text(finding.says),
            say("semicolon").join(reading.suppliers(finding)),
            say("semicolon").join(reading.text(text) for text in finding.missing),
            say("semicolon").join(reading.text(each.text) for each in rule.citations),
            reading.text(rule.counter),
            reading.text(rule.question),
            reading.text(rule.clause),
            finding.rule,
            rule.version,
            finding.domain,
            beside.waiver(finding.waiver),
            beside.contradictions(finding.dependencies),
            " ".join(finding.evidence),
        )


def _services(reading: Reading) -> Iterator[Row]:
    known = reading.assessment.knowledge
    for dependency in reading.assessment.footprint.dependencies:
        offering = known.offerings.get(dependency.offering or "")
        operator = known.entities.get(offering.operator or "") if offering else None
        yield (
            reading.role(dependency.role),
            reading.word("layer", dependency.layer),
            dependency.label,
            operator.name if operator else reading.say("not-established"),
            reading.controlled_from(dependency),
            reading.say("semicolon").join(
                distinct(
                    f"{reading.country(place.country)} ({reading.word('location', place.source)})"
                    for place in dependency.location
                )
            ),
            reading.word("confidence", dependency.confidence.value),
            reading.doubt(dependency),
            reading.say("semicolon").join(dependency.because),
            dependency.domain,
            dependency.id,
            " ".join(dependency.evidence),
        )


def _exposures(reading: Reading) -> Iterator[Row]:
    """What is reached or not established; what no law reaches would fill pages with noughts."""
    for exposure in reading.assessment.exposures:
        grasp = exposure.grasp
        if grasp.state is State.NOT_REACHED:
            continue
        dependency = reading.dependencies[exposure.dependency]
        yield (
            exposure.id,
            dependency.label,
            reading.role(exposure.role),
            reading.word("effect", grasp.effect.value),
            reading.word("state", grasp.state.value),
            reading.law(grasp.law),
            reading.country(grasp.jurisdiction),
            reading.word("force", grasp.force.value),
            reading.word("standing", exposure.standing),
            in_words(reading, dependency.label, grasp.path),
            reading.word("hook", grasp.hook.value),
            reading.say("semicolon").join(reading.text(text) for text in grasp.missing),
            exposure.dependency,
        )


def _questions(reading: Reading) -> Iterator[Row]:
    for number, asked in enumerate(questions(reading), 1):
        yield (
            number,
            reading.say("semicolon").join(asked.about),
            reading.text(asked.rule.question),
            reading.say("semicolon").join(asked.points),
            " ".join(asked.findings),
            "",
        )


def _lookups(reading: Reading) -> Iterator[Row]:
    for exchange in reading.assessment.lookups:
        result = exchange.result
        told = ""
        if isinstance(result, Failure):
            told = reading.word("gap", result.reason.value)
        elif not isinstance(result, Reply):
            told = reading.word("gap", "unasked")
        yield (
            exchange.id,
            exchange.question.medium,
            exchange.question.text,
            exchange.asked_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            exchange.via,
            told or reading.say("table.answered"),
        )


_TABLES: Mapping[str, tuple[_Columns, Callable[[Reading], Iterator[Row]]]] = {
    "findings": (
        (
            ("id", 7), ("verdict", 14), ("severity", 11), ("confidence", 11), ("effect", 13),
            ("role", 24), ("criterion", 40), ("says", 60), ("services", 28), ("missing", 40),
            ("citations", 40), ("counter", 50), ("question", 50), ("clause", 60), ("rule", 30),
            ("version", 8), ("domain", 24), ("waiver", 24), ("contradictions", 16),
            ("evidence", 30),
        ),
        _findings,
    ),
    "services": (
        (
            ("role", 24), ("layer", 18), ("service", 30), ("operator", 34), ("controlled", 20),
            ("location", 26), ("confidence", 11), ("doubt", 24), ("because", 60), ("domain", 24),
            ("dependency", 40), ("evidence", 30),
        ),
        _services,
    ),
    "exposures": (
        (
            ("id", 7), ("service", 30), ("role", 24), ("effect", 13), ("state", 16), ("law", 30),
            ("country", 20), ("force", 18), ("standing", 22), ("path", 60), ("hook", 26),
            ("missing", 50), ("dependency", 40),
        ),
        _exposures,
    ),
    "questions": (
        (
            ("number", 6), ("services", 34), ("question", 70), ("points", 60), ("findings", 20),
            ("answer", 50),
        ),
        _questions,
    ),
    "contradictions": (
        (
            ("id", 7), ("level", 16), ("title", 34), ("subject", 34), ("role", 24), ("one", 50),
            ("other", 50), ("question", 50), ("shaken", 30), ("line", 10), ("domain", 24),
            ("evidence", 30),
        ),
        contradiction_rows,
    ),
    "frameworks": (
        (
            ("framework", 26), ("edition", 20), ("bound", 20), ("service", 30), ("group", 28),
            ("item", 60), ("proved", 22), ("declared", 22), ("gate", 14), ("passing", 22),
            ("missing", 50), ("grounds", 60), ("citations", 24),
        ),
        framework_rows,
    ),
    "waivers": (
        (
            ("waiver", 18), ("state", 22), ("decision", 22), ("criterion", 40), ("subject", 30),
            ("justification", 50), ("approved-by", 30), ("approved-on", 12), ("expires-on", 12),
            ("documents", 30), ("findings", 20), ("rule", 30),
        ),
        waiver_rows,
    ),
    "lookups": (
        (
            ("evidence", 15), ("medium", 10), ("asked", 60), ("at", 26), ("via", 28),
            ("outcome", 28),
        ),
        _lookups,
    ),
}  # fmt: skip
