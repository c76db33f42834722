"""Where a finding stands for programs that know files and lines, and by what they know it again."""

from __future__ import annotations

import hashlib

from auditor.model.assessment import Finding
from auditor.reporting.reading import Reading

DOSSIER = "dossier.yaml"
"""What an audit calls the dossier in its bundle."""
ASSESSMENT = "assessment.json"


def place(reading: Reading, finding: Finding) -> tuple[str, int]:
    """The file and line that *finding* is about.

    The line of the dossier that declares the service; its first one when it
    declares none of them; the assessment when there is no dossier.
    """
    declared = reading.assessment.target.declared
    if not declared:
        return ASSESSMENT, 1
    offerings = {
        reading.dependencies[id_].offering
        for id_ in finding.dependencies
        if id_ in reading.dependencies
    }
    for service in declared:
        if service.offering in offerings and finding.role in ("", service.role):
            return DOSSIER, service.line
    return DOSSIER, 1


def fingerprint(reading: Reading, finding: Finding) -> str:
    """The same for the same rule and subject of the same organisation, in every audit."""
    name = reading.assessment.target.name
    whole = "\0".join((name, finding.rule, finding.subject))
    return hashlib.sha256(whole.encode()).hexdigest()
