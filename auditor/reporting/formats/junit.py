"""The findings as JUnit XML, the dialect that GitLab, Jenkins and pytest share.

A criterion not met is a failure, one not established an error: a pipeline that
counts either does not take an unknown for a pass.
"""

from __future__ import annotations

from collections.abc import Mapping

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from auditor.model.assessment import Assessment, Finding
from auditor.model.rule import Verdict
from auditor.reporting import NOTHING
from auditor.reporting.printable import printable
from auditor.reporting.reading import Reading

_DECLARATION = b"<?xml version='1.0' encoding='UTF-8'?>\n"
_Outcome = Failure | Error | Skipped


def file_name(language: str) -> str:
    """`findings.fr.junit.xml`."""
    return f"findings.{language}.junit.xml"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """One test case for each rule and subject of *assessment*."""
    reading = Reading(assessment, language)
    suite = TestSuite(printable(assessment.target.name))
    suite.timestamp = assessment.began.isoformat(timespec="seconds").replace("+00:00", "")
    suite.add_property("as_of", assessment.as_of.isoformat())
    for name in ("bundle", "rules", "tool"):
        suite.add_property(name, getattr(assessment.digests, name))
    for finding in assessment.findings:
        case = TestCase(printable(finding.subject), f"{finding.rule}", 0)
        outcome = _outcome(reading, finding)
        if outcome is not None:
            case.result = [outcome]
        if finding.evidence:
            case.system_out = f"{reading.say('finding.evidence')} {' '.join(finding.evidence)}"
        suite.add_testcase(case)
    whole = JUnitXml("auditor")
    whole.add_testsuite(suite)
    content: bytes = whole.tostring()
    return _DECLARATION + content


def _outcome(reading: Reading, finding: Finding) -> _Outcome | None:
    says = printable(reading.text(finding.says))
    match finding.verdict:
        case Verdict.FAIL:
            outcome: _Outcome = Failure(says, finding.severity.value)
        case Verdict.UNKNOWN:
            outcome = Error(says, "not-established")
            missing = "\n".join(printable(reading.text(text)) for text in finding.missing)
            if missing:
                outcome.text = missing
        case Verdict.NOT_APPLICABLE | Verdict.WAIVED:
            outcome = Skipped(says, finding.verdict.value)
        case _:
            return None
    return outcome
