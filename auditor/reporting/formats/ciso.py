"""The findings as CSV for CISO Assistant's import of findings.

Its columns and words are those of that program's import; it counts criteria not
met and not established, and leaves the rest out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from auditor.model.assessment import Assessment
from auditor.model.rule import Severity, Verdict
from auditor.reporting import NOTHING
from auditor.reporting.formats.csv import harmless
from auditor.reporting.printable import printable
from auditor.reporting.reading import Reading

_COLUMNS = ("ref_id", "name", "description", "status", "severity", "priority", "observation")
_STATUS = {Verdict.FAIL: "confirmed", Verdict.UNKNOWN: "identified"}
_PRIORITY = {Severity.CRITICAL: 1, Severity.HIGH: 2, Severity.MEDIUM: 3, Severity.LOW: 4}


def file_name(language: str) -> str:
    """`findings.fr.ciso-assistant.csv`."""
    return f"findings.{language}.ciso-assistant.csv"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """The open findings of *assessment*."""
    reading = Reading(assessment, language)
    rules = assessment.knowledge.rules
    written = io.StringIO(newline="")
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(_COLUMNS)
    for finding in reading.findings(*_STATUS):
        rule = rules[finding.rule]
        missing = (reading.text(text) for text in finding.missing)
        row = (
            f"{finding.rule}/{finding.subject}",
            f"{reading.text(rule.title)} ({reading.where(finding)})",
            reading.text(finding.says),
            _STATUS[finding.verdict],
            finding.severity.value,
            _PRIORITY[finding.severity],
            " ".join((*missing, reading.text(rule.question))),
        )
        lines.writerow([harmless(printable(c) if isinstance(c, str) else c) for c in row])
    return written.getvalue().encode()
