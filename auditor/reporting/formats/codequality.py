"""The findings not met as a Code Quality report, which GitLab shows on a merge request."""

from __future__ import annotations

import json
from collections.abc import Mapping

from auditor.model.assessment import Assessment
from auditor.model.rule import Severity, Verdict
from auditor.reporting import NOTHING
from auditor.reporting.locating import fingerprint, place
from auditor.reporting.printable import printable
from auditor.reporting.reading import Reading

_SEVERITIES = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
}


def file_name(language: str) -> str:
    """`findings.fr.codequality.json`."""
    return f"findings.{language}.codequality.json"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """The findings of *assessment* that are not met."""
    reading = Reading(assessment, language)
    issues = []
    for finding in reading.findings(Verdict.FAIL):
        file, line = place(reading, finding)
        issues.append(
            {
                "description": printable(reading.text(finding.says)),
                "check_name": finding.rule,
                "fingerprint": fingerprint(reading, finding),
                "severity": _SEVERITIES[finding.severity],
                "location": {"path": file, "lines": {"begin": line}},
            }
        )
    return json.dumps(issues, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"
