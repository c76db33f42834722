"""The findings not met as SARIF 2.1.0 (OASIS), for code-scanning views.

Open failures only: the most used viewer ignores `kind` and `suppressions`, and
would show what is met, unknown or waived as an alert.  It also refuses a result
without a place, so that each points at the line of the dossier that declares
the service, or else at the assessment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from auditor import __version__
from auditor.model.assessment import Assessment, Finding
from auditor.model.rule import Rule, Severity, Verdict
from auditor.reporting import NOTHING
from auditor.reporting.locating import fingerprint, place
from auditor.reporting.printable import printable
from auditor.reporting.reading import Reading

_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
}
_RANKS = {
    Severity.CRITICAL: 95.0,
    Severity.HIGH: 75.0,
    Severity.MEDIUM: 50.0,
    Severity.LOW: 25.0,
}


def file_name(language: str) -> str:
    """`findings.fr.sarif`."""
    return f"findings.{language}.sarif"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """The findings of *assessment* that are not met."""
    reading = Reading(assessment, language)
    failed = reading.findings(Verdict.FAIL)
    known = assessment.knowledge.rules
    rules = list(dict.fromkeys(finding.rule for finding in failed))
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "auditor",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "rules": [_rule(reading, known[rule]) for rule in rules],
                    }
                },
                "automationDetails": {"id": f"auditor/{printable(assessment.target.name)}/"},
                "language": language,
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "startTimeUtc": _moment(assessment.began.isoformat("T", "milliseconds")),
                        "endTimeUtc": _moment(assessment.ended.isoformat("T", "milliseconds")),
                    }
                ],
                "properties": {
                    "asOf": assessment.as_of.isoformat(),
                    "bundleSha256": assessment.digests.bundle,
                    "rulesSha256": assessment.digests.rules,
                },
                "results": [
                    _result(reading, finding, rules.index(finding.rule)) for finding in failed
                ],
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _rule(reading: Reading, rule: Rule) -> dict[str, Any]:
    citations = "\n".join(f"- {reading.text(c.text)}: {c.url}" for c in rule.citations)
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": reading.text(rule.title)},
        "fullDescription": {"text": reading.text(rule.why)},
        "help": {
            "text": f"{reading.text(rule.question)}\n\n{reading.text(rule.clause)}\n\n{citations}"
        },
        "defaultConfiguration": {
            "level": _LEVELS[rule.severity],
            "rank": _RANKS[rule.severity],
        },
        "properties": {
            "tags": [rule.family, rule.effect.value],
            "problem.severity": _LEVELS[rule.severity].replace("note", "recommendation"),
            "version": rule.version,
        },
    }


def _result(reading: Reading, finding: Finding, index: int) -> dict[str, Any]:
    file, line = place(reading, finding)
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": "fail",
        "level": _LEVELS[finding.severity],
        "rank": _RANKS[finding.severity],
        "message": {"text": printable(reading.text(finding.says))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": file},
                    "region": {"startLine": line},
                },
                "logicalLocations": [
                    {"fullyQualifiedName": printable(finding.subject), "kind": "service"}
                ],
            }
        ],
        "partialFingerprints": {"auditorFinding/v1": fingerprint(reading, finding)},
        "properties": {
            "finding": finding.id,
            "confidence": finding.confidence.value,
            "evidence": list(finding.evidence),
            "exposures": list(finding.exposures),
        },
    }


def _moment(text: str) -> str:
    return text.replace("+00:00", "Z")
