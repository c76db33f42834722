"""Our rules as a standard, and the findings as claims about it, in the words of CycloneDX.

Unknown is never good news: what is not established has no conformance and a confidence
of nought.  A finding under a waiver keeps the conformance that it was judged to have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from auditor.model.assessment import Finding
from auditor.model.exchange import Exchange, Unasked
from auditor.model.rule import Confidence, Rule, Verdict
from auditor.reporting.printable import printable
from auditor.reporting.reading import Reading, capital
from auditor.reporting.used import Used

Json = dict[str, Any]

ORGANISATION = "organisation"
_ASSESSOR = "assessor"
_CONFIDENCE = {Confidence.HIGH: 0.9, Confidence.MODERATE: 0.6, Confidence.LOW: 0.3}
"""A number for each word, in their order: CycloneDX has no words.  The word stands beside it."""


def standard(reading: Reading) -> Json:
    """The rules that were applied, as one standard."""
    assessment = reading.assessment
    applied = dict.fromkeys(finding.rule for finding in assessment.findings)
    rules = [rule for id_, rule in assessment.knowledge.rules.items() if id_ in applied]
    return {
        "bom-ref": "standard",
        "name": reading.say("export.standard"),
        "version": assessment.digests.rules,
        "owner": "auditor",
        "requirements": [_requirement(reading, rule) for rule in rules],
    }


def _requirement(reading: Reading, rule: Rule) -> Json:
    text = reading.text
    return {
        "bom-ref": f"rule:{rule.id}",
        "identifier": rule.id,
        "title": text(rule.title),
        "text": text(rule.why),
        "descriptions": [text(rule.counter), text(rule.question), text(rule.clause)],
        "properties": [
            {"name": "auditor:version", "value": str(rule.version)},
            {"name": "auditor:effect", "value": rule.effect.value},
            {"name": "auditor:severity", "value": rule.severity.value},
        ],
        "externalReferences": [
            {"type": "documentation", "url": citation.url, "comment": text(citation.text)}
            for citation in rule.citations
        ],
    }


def declarations(reading: Reading, services: Sequence[Used]) -> Json:
    """The findings as claims, with what speaks for and against them."""
    findings = [
        finding
        for finding in reading.assessment.findings
        if finding.verdict is not Verdict.NOT_APPLICABLE
    ]
    settled = [finding for finding in findings if _judged(finding) is not Verdict.UNKNOWN]
    refs = {each.id: service.key for service in services for each in service.dependencies}
    name = printable(reading.assessment.target.name)
    return {
        "assessors": [{"bom-ref": _ASSESSOR, "organization": {"name": "auditor"}}],
        "attestations": [
            {
                "summary": reading.say("export.attestation"),
                "assessor": _ASSESSOR,
                "map": [_mapped(reading, finding) for finding in findings],
            }
        ],
        "claims": [_claim(reading, finding, refs) for finding in findings],
        "evidence": [*_evidence(reading, settled), *_waivers(reading)],
        "targets": {"organizations": [{"bom-ref": ORGANISATION, "name": name}]},
    }


def _judged(finding: Finding) -> Verdict:
    return finding.judged or finding.verdict


def _mapped(reading: Reading, finding: Finding) -> Json:
    """What the claim makes of the requirement."""
    verdict = _judged(finding)
    conformance: Json = {"rationale": printable(reading.text(finding.says))}
    confidence: Json = {
        "score": 0 if verdict is Verdict.UNKNOWN else _CONFIDENCE[finding.confidence],
        "rationale": reading.say("not-established")
        if verdict is Verdict.UNKNOWN
        else reading.word("confidence", finding.confidence.value),
    }
    if verdict in (Verdict.PASS, Verdict.FAIL):
        conformance["score"] = 1 if verdict is Verdict.PASS else 0
    if finding.verdict is Verdict.WAIVED:
        conformance["mitigationStrategies"] = [f"waiver:{finding.waiver}"]
    # A claim that the evidence goes against is a counter-claim of the requirement.
    side = "counterClaims" if verdict is Verdict.FAIL else "claims"
    return {
        "requirement": f"rule:{finding.rule}",
        side: [f"finding:{finding.id}"],
        "conformance": conformance,
        "confidence": confidence,
    }


def _claim(reading: Reading, finding: Finding, refs: dict[str, str]) -> Json:
    """That the rule is met by whom the finding is about; evidence supports it or goes against."""
    verdict = _judged(finding)
    about = {refs[each] for each in finding.dependencies if each in refs}
    missing = (capital(reading.text(text)) for text in finding.missing)
    claim: Json = {
        "bom-ref": f"finding:{finding.id}",
        "target": f"service:{about.pop()}" if len(about) == 1 else ORGANISATION,
        "predicate": printable(f"{reading.rule_title(finding.rule)} ({finding.subject})"),
        "reasoning": printable(" ".join((reading.text(finding.says), *missing))),
    }
    if finding.verdict is Verdict.WAIVED:
        claim["mitigationStrategies"] = [f"waiver:{finding.waiver}"]
    # What was looked at without settling it speaks neither for the claim nor against it.
    evidence = _cited(reading, [finding]) if verdict is not Verdict.UNKNOWN else []
    if evidence:
        side = "counterEvidence" if verdict is Verdict.FAIL else "evidence"
        claim[side] = [f"evidence:{exchange.id}" for exchange in evidence]
    return claim


def _cited(reading: Reading, findings: Iterable[Finding]) -> list[Exchange]:
    """The exchanges that *findings* rest on; what was never asked is evidence of nothing."""
    ids = dict.fromkeys(id_ for finding in findings for id_ in finding.evidence)
    known = (reading.exchanges.get(id_) for id_ in ids)
    return [each for each in known if each and not isinstance(each.result, Unasked)]


def _evidence(reading: Reading, findings: Iterable[Finding]) -> list[Json]:
    return [
        {
            "bom-ref": f"evidence:{exchange.id}",
            "propertyName": exchange.question.medium,
            "description": printable(str(exchange.question)),
            "created": exchange.asked_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "data": [{"name": exchange.id, "contents": {"url": "bundle/exchanges.jsonl"}}],
        }
        for exchange in _cited(reading, findings)
    ]


def _waivers(reading: Reading) -> list[Json]:
    """The waivers in force, as what the organisation answers to a claim."""
    held = {f.waiver for f in reading.assessment.findings if f.verdict is Verdict.WAIVED}
    return [
        {
            "bom-ref": f"waiver:{waiver.id}",
            "propertyName": "waiver",
            "description": printable(
                f"{reading.word('decision', waiver.decision.value)}. {waiver.justification}"
            ),
            "created": f"{waiver.approved_on.isoformat()}T00:00:00Z",
            "expires": f"{waiver.expires_on.isoformat()}T23:59:59Z",
            "author": {"name": printable(waiver.approved_by)},
        }
        for waiver in (use.waiver for use in reading.assessment.waivers)
        if waiver.id in held
    ]
