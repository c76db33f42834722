"""The findings as OSCAL assessment results (NIST), version 1.2.

Services are components, look-ups and contradictions observations, verdicts findings.
OSCAL knows two states: what is not established is `not-satisfied` for the reason `other`,
and says in its remarks what is missing.  What a rule does not apply to is no finding.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from auditor.model.assessment import Assessment, Finding
from auditor.model.rule import Citation, Verdict
from auditor.reporting import NOTHING
from auditor.reporting.formats.json import render as whole
from auditor.reporting.oscal_observed import Observed
from auditor.reporting.oscal_parties import parties
from auditor.reporting.oscal_words import Json, Words, day_after, moment
from auditor.reporting.reading import Reading, capital
from auditor.reporting.used import used

_VERSION = "1.2.1"
_RISK = {
    Verdict.FAIL: "open",
    Verdict.UNKNOWN: "investigating",
    Verdict.WAIVED: "deviation-approved",
}


def file_name(language: str) -> str:
    """`assessment-results.fr.oscal.json`."""
    return f"assessment-results.{language}.oscal.json"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """*assessment* as JSON in UTF-8."""
    words = Words(Reading(assessment, language))
    results = {
        "uuid": words.uuid("assessment-results", language),
        "metadata": _metadata(words),
        "import-ap": {
            "href": f"#{words.uuid('resource', 'rules')}",
            "remarks": words.say("oscal.plan"),
        },
        "results": [_result(words)],
        "back-matter": {"resources": list(_resources(words))},
    }
    document = {"assessment-results": results}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _metadata(words: Words) -> Json:
    assessment = words.assessment
    return {
        "title": words.line(words.say("document-title", name=assessment.target.name)),
        "last-modified": moment(assessment.ended),
        "version": assessment.as_of.isoformat(),
        "oscal-version": _VERSION,
        "parties": list(parties(words)),
        "props": [
            words.prop("rules-sha256", assessment.digests.rules),
            words.prop("tool", assessment.digests.tool),
        ],
    }


def _result(words: Words) -> Json:
    assessment = words.assessment
    findings = [f for f in assessment.findings if f.verdict is not Verdict.NOT_APPLICABLE]
    rules = list(dict.fromkeys(finding.rule for finding in findings))
    selection: Json = {"description": words.say("oscal.selection")}
    # The schema refuses an empty list.  Where nothing was judged, no finding says so.
    if rules:
        selection["include-controls"] = [{"control-id": rule} for rule in rules]
    else:
        selection["include-all"] = {}
    result: Json = {
        "uuid": words.uuid("result"),
        "title": words.line(words.say("running", name=assessment.target.name,
                                      day=words.say.day(assessment.as_of))),
        "description": words.say("export.attestation"),
        "start": moment(assessment.began),
        "end": moment(assessment.ended),
        "reviewed-controls": {"control-selections": [selection]},
    }  # fmt: skip
    services = used(assessment)
    observed = Observed(words, services)
    if services:
        result["local-definitions"] = {"components": [words.component(each) for each in services]}
    for name, entries in (
        ("observations", list(observed)),
        ("risks", [_risk(words, observed, f) for f in findings if f.verdict in _RISK]),
        ("findings", [_finding(words, observed, f) for f in findings]),
    ):
        if entries:
            result[name] = entries
    return result


def _finding(words: Words, observed: Observed, finding: Finding) -> Json:
    described: Json = {
        "uuid": words.uuid("finding", finding.id),
        "title": words.line(f"{words.title(finding.rule)} ({finding.subject})"),
        "description": words.line(words.text(finding.says)),
        "target": {
            "type": "objective-id",
            "target-id": finding.rule,
            "title": words.line(words.title(finding.rule)),
            "status": _status(words, finding),
        },
        "props": [
            words.prop("finding", finding.id),
            words.prop("severity", finding.severity.value),
            words.prop("confidence", finding.confidence.value),
        ],
    }
    if citations := words.assessment.knowledge.rules[finding.rule].citations:
        described["links"] = [
            {"href": f"#{_cited(words, finding.rule, each)}", "rel": "reference"}
            for each in citations
        ]
    if related := observed.related(finding):
        described["related-observations"] = related
    if finding.verdict in _RISK:
        described["related-risks"] = [{"risk-uuid": words.uuid("risk", finding.id)}]
    return described


def _status(words: Words, finding: Finding) -> Json:
    """As judged: a waiver changes who bears the risk, not whether the objective is met."""
    judged = finding.judged or finding.verdict
    if judged is Verdict.PASS:
        return {"state": "satisfied", "reason": "pass"}
    if judged is Verdict.FAIL:
        return {"state": "not-satisfied", "reason": "fail"}
    missing = [capital(words.text(text)) for text in finding.missing]
    said = words.say("colon", label=words.say("not-established"), text="; ".join(missing))
    remarks = capital(said if missing else words.say("not-established"))
    return {"state": "not-satisfied", "reason": "other", "remarks": words.line(remarks)}


def _risk(words: Words, observed: Observed, finding: Finding) -> Json:
    rule = words.assessment.knowledge.rules[finding.rule]
    risk: Json = {
        "uuid": words.uuid("risk", finding.id),
        "title": words.line(f"{words.text(rule.title)} ({finding.subject})"),
        "description": words.line(words.text(rule.why)),
        "statement": words.line(words.text(finding.says)),
        "status": _RISK[finding.verdict],
        "props": [
            words.prop("effect", rule.effect.value),
            words.prop("severity", finding.severity.value),
        ],
    }
    if related := observed.related(finding):
        risk["related-observations"] = related
    uses = {use.waiver.id: use.waiver for use in words.assessment.waivers}
    if finding.verdict is Verdict.WAIVED and finding.waiver in uses:
        waiver = uses[finding.waiver]
        decision = words.reading.word("decision", waiver.decision.value)
        risk["deadline"] = day_after(waiver.expires_on)
        risk["mitigating-factors"] = [
            {
                "uuid": words.uuid("waiver", waiver.id, finding.id),
                "description": words.line(f"{waiver.id}, {decision}. {waiver.justification}"),
            }
        ]
    return risk


def _cited(words: Words, rule: str, citation: Citation) -> str:
    return words.uuid("citation", rule, citation.url, citation.text.en)


def _resources(words: Words) -> Iterator[Json]:
    """What the results rest on: the rules, the evidence, the assessment they were written from."""
    digests = words.assessment.digests
    content = hashlib.sha256(whole(words.assessment, words.reading.language)).hexdigest()
    yield {
        "uuid": words.uuid("resource", "rules"),
        "title": words.say("export.standard"),
        "description": words.say("oscal.plan"),
        "props": [words.prop("sha256", digests.rules)],
    }
    for name, title, href, digest in (
        ("bundle", "section.evidence", "bundle/manifest.json", digests.bundle),
        ("assessment", "title", "assessment.json", content),
    ):
        yield {
            "uuid": words.uuid("resource", name),
            "title": words.line(words.say(title)),
            "rlinks": [{"href": href, "hashes": [{"algorithm": "SHA-256", "value": digest}]}],
        }
    for rule in dict.fromkeys(finding.rule for finding in words.assessment.findings):
        for citation in words.assessment.knowledge.rules[rule].citations:
            yield {
                "uuid": _cited(words, rule, citation),
                "title": words.line(words.text(citation.text)),
                "props": [words.prop("rule", rule)],
                "rlinks": [{"href": citation.url}],
            }
