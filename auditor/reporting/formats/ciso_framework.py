"""The levels reached under a framework as CSV for CISO Assistant's import of audits.

One line for each objective of a framework with a scale of levels, under the number that
the framework gives it, which is also its number in that program's library; the score is
the index of the level.  The weakest service decides.  A level that is not settled has no
score, and is `not_assessed` unless even its best case is under the minimum.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from auditor.model.assessed import FrameworkResult, GroupResult, Placed, Span
from auditor.model.assessment import Assessment
from auditor.reporting import NOTHING
from auditor.reporting.formats.csv import harmless
from auditor.reporting.framework_results import Results
from auditor.reporting.printable import printable
from auditor.reporting.reading import Reading, distinct

_COLUMNS = (
    "ref_id",
    "assessable",
    "compliance_result",
    "requirement_progress",
    "score",
    "observations",
)
"""Without `requirement_progress` the import would set it to nothing."""


def file_name(language: str) -> str:
    """`framework.fr.ciso-assistant.csv`."""
    return f"framework.{language}.ciso-assistant.csv"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """The objectives of *assessment*, in the order of their framework."""
    reading = Reading(assessment, language)
    written = io.StringIO(newline="")
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(_COLUMNS)
    for result in assessment.frameworks:
        if Results(reading, result.framework).graded:
            lines.writerows([harmless(cell) for cell in row] for row in _rows(reading, result))
    return written.getvalue().encode()


def _rows(reading: Reading, result: FrameworkResult) -> Iterator[tuple[str, ...]]:
    minima = dict(result.minima)
    for group in result.framework.groups:
        found = [
            (placed, mine)
            for placed in result.services
            for mine in placed.result.groups
            if mine.group == group.id
        ]
        if not found:
            continue
        minimum = minima.get(group.id, result.minimum)
        proved = _weakest([mine.levels.proved for _, mine in found])
        settled = proved.low == proved.high
        yield (
            group.id,
            "true",
            _against(proved, minimum),
            "done" if settled else "in_progress",
            str(proved.low) if settled else "",
            printable(_observations(reading, result, found, proved, minimum)),
        )


def _weakest(spans: list[Span]) -> Span:
    """The level of a whole is that of its weakest part, at both ends."""
    return Span(min(span.low for span in spans), min(span.high for span in spans))


def _against(proved: Span, minimum: int) -> str:
    """The result in the words of the import."""
    if proved.low >= minimum:
        return "compliant"
    return "non_compliant" if proved.high < minimum else "not_assessed"


def _observations(
    reading: Reading,
    result: FrameworkResult,
    found: list[tuple[Placed, GroupResult]],
    proved: Span,
    minimum: int,
) -> str:
    """The interval proved, the one by declaration, the minimum, and who decides."""
    say, words = reading.say, Results(reading, result.framework)
    declared = _weakest([mine.levels.declared for _, mine in found])
    weakest = distinct(
        placed.label for placed, mine in found if mine.levels.proved.high == proved.high
    )
    parts = [
        say("colon", label=say("frameworks.proved"), text=words.levels(proved)),
        say("colon", label=say("column.gate"), text=result.framework.levels[minimum].id),
        say("colon", label=say("ciso.weakest"), text=say.listing(weakest)),
    ]
    if declared != proved:
        told = say("colon", label=say("frameworks.declared"), text=words.levels(declared))
        parts.insert(1, told)
    return ". ".join(parts) + "."
