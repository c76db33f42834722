"""`assessment.json`: the outside format, kept apart from the types inside.

The file is canonical (RFC 8785): keys in order, no space, no fraction that
could be written in two ways, so that equal assessments are equal bytes.  Its
schema is `auditor/reporting/assessment.schema.json`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from auditor.model.assessment import FORMAT, Assessment, Exposure, Finding, Step
from auditor.model.contradiction import Contradiction
from auditor.model.exchange import Exchange, Failure, Reply
from auditor.model.footprint import Dependency, Part
from auditor.model.sighting import Gap
from auditor.model.waiver import WaiverUse
from auditor.reporting import NOTHING, references
from auditor.reporting.declarations import subject
from auditor.reporting.framework_values import frameworks
from auditor.reporting.points import to_establish
from auditor.reporting.references import Json, plain, plains


def file_name(language: str) -> str:
    """One file for every language: the texts in it are in all of them."""
    return "assessment.json"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """*assessment* in the outside format, as canonical JSON in UTF-8."""
    # The keys are ASCII and the numbers whole or short decimals, for which the
    # standard library writes what RFC 8785 asks; a test compares the two.
    text = json.dumps(
        document(assessment), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode("utf-8", "backslashreplace")


def document(assessment: Assessment) -> Json:
    """*assessment* as plain values."""
    known = assessment.knowledge
    return {
        "format": FORMAT,
        "subject": subject(assessment.target),
        "as_of": assessment.as_of.isoformat(),
        "observed": {
            "began": _moment(assessment.began),
            "ended": _moment(assessment.ended),
            "vantage": assessment.vantage or None,
        },
        "digests": {
            "bundle": assessment.digests.bundle,
            "rules": assessment.digests.rules,
            "tool": assessment.digests.tool,
            "waivers": assessment.digests.waivers or None,
        },
        "footprint": [_part(part, assessment) for part in assessment.footprint.parts],
        "exposures": [_exposure(exposure) for exposure in assessment.exposures],
        "findings": [_finding(finding) for finding in assessment.findings],
        "points": [
            {"id": point.id, "fact": plain(point.fact), "findings": list(point.findings)}
            for point in to_establish(assessment)
        ],
        "contradictions": [_contradiction(each) for each in assessment.contradictions],
        "waivers": [_waiver(use) for use in assessment.waivers],
        "score": {
            "low": assessment.score.low,
            "high": assessment.score.high,
            "by_effect": {
                effect.value: {"low": interval.low, "high": interval.high}
                for effect, interval in assessment.score.by_effect
            },
            "terms": [
                {
                    "finding": term.finding,
                    "effect": term.effect.value,
                    "weight": term.weight,
                    "low": term.low,
                    "high": term.high,
                }
                for term in assessment.score.terms
            ],
        },
        "resolvers": [
            {
                "via": resolver.via,
                "operator": resolver.operator or None,
                "country": resolver.country or None,
            }
            for resolver in assessment.resolvers
        ],
        "lookups": [_lookup(exchange) for exchange in assessment.lookups],
        "offerings": [references.offering(offering) for offering in known.offerings.values()],
        "entities": [references.entity(entity) for entity in known.entities.values()],
        "laws": [references.law(law, assessment) for law in known.laws.values()],
        "jurisdictions": [references.jurisdiction(place) for place in known.jurisdictions.values()],
        "rules": [references.rule(rule) for rule in known.rules.values()],
        "frameworks": frameworks(assessment),
    }


def _moment(moment: datetime) -> str:
    """RFC 3339 in UTC, to the millisecond."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _part(part: Part, assessment: Assessment) -> Json:
    return {
        "domain": part.domain,
        "role": part.role,
        "dependencies": [_dependency(dependency, assessment) for dependency in part.dependencies],
        "facts": [
            {
                "kind": fact.kind,
                "subject": fact.subject,
                "fields": dict(fact.fields),
                "text": fact.text,
                "evidence": list(fact.evidence),
            }
            for fact in part.facts
        ],
        "gaps": [_gap(gap) for gap in part.gaps],
    }


def _dependency(dependency: Dependency, assessment: Assessment) -> Json:
    offering = dependency.offering
    known = assessment.knowledge.offerings.get(offering) if offering else None
    controllers = assessment.controllers.get(offering) if offering else None
    return {
        "id": dependency.id,
        "layer": dependency.layer,
        "subject": dependency.subject,
        "offering": offering,
        "name": dependency.label,
        "operator": known.operator if known else None,
        "controlled_from": list(controllers) if controllers else None,
        "control_verified": offering not in assessment.unconfirmed if controllers else None,
        "location": [
            {"country": place.country, "source": place.source, "address": place.address or None}
            for place in dependency.location
        ],
        "confidence": dependency.confidence.value,
        "because": list(dependency.because),
        "evidence": list(dependency.evidence),
        "declared": dependency.declared,
        "contradicted": dependency.contradicted,
        "verified": dependency.verified,
    }


def _gap(gap: Gap) -> Json:
    return {
        "subject": str(gap.subject),
        "probe": gap.probe,
        "question": str(gap.exchange.question) if gap.exchange else None,
        "exchange": gap.exchange.id if gap.exchange else None,
        "why": gap.why,
        "roles": list(gap.roles),
        "tells": list(gap.tells),
    }


def _exposure(exposure: Exposure) -> Json:
    grasp = exposure.grasp
    return {
        "id": exposure.id,
        "dependency": exposure.dependency,
        "role": exposure.role,
        "layer": exposure.layer,
        "standing": exposure.standing,
        "law": grasp.law,
        "jurisdiction": grasp.jurisdiction,
        "effect": grasp.effect.value,
        "hook": grasp.hook.value,
        "relation": grasp.relation,
        "path": [_step(step) for step in grasp.path],
        "state": grasp.state.value,
        "force": grasp.force.value,
        "missing": plains(grasp.missing),
        "why": plain(grasp.why),
    }


def _step(step: Step) -> Json:
    return {
        "entity": step.entity or None,
        "name": step.name,
        "relation": step.relation,
        "country": step.country or None,
        "detail": plain(step.detail),
        "verified": step.verified,
    }


def _finding(finding: Finding) -> Json:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "domain": finding.domain or None,
        "role": finding.role or None,
        "subject": finding.subject,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "says": plain(finding.says),
        "exposures": list(finding.exposures),
        "dependencies": list(finding.dependencies),
        "evidence": list(finding.evidence),
        "missing": plains(finding.missing),
        "waiver": finding.waiver or None,
        "judged": finding.judged.value if finding.judged else None,
    }


def _waiver(use: WaiverUse) -> Json:
    waiver = use.waiver
    return {
        "id": waiver.id,
        "rule": waiver.rule,
        "subject": waiver.subject,
        "decision": waiver.decision.value,
        "justification": waiver.justification,
        "approved_by": waiver.approved_by,
        "approved_on": waiver.approved_on.isoformat(),
        "expires_on": waiver.expires_on.isoformat(),
        "evidence": list(waiver.evidence),
        "state": use.state.value,
        "findings": list(use.findings),
    }


def _contradiction(contradiction: Contradiction) -> Json:
    return {
        "id": contradiction.id,
        "kind": contradiction.kind,
        "between": list(contradiction.between),
        "level": contradiction.level.value,
        "domain": contradiction.domain or None,
        "role": contradiction.role or None,
        "subject": contradiction.subject,
        "title": plain(contradiction.title),
        "one": plain(contradiction.one),
        "other": plain(contradiction.other),
        "question": plain(contradiction.question),
        "evidence": list(contradiction.evidence),
        "line": contradiction.line or None,
        "shaken": list(contradiction.shaken),
    }


def _lookup(exchange: Exchange) -> Json:
    result = exchange.result
    content = result.content if isinstance(result, Reply | Failure) else b""
    return {
        "id": exchange.id,
        "medium": exchange.question.medium,
        "question": exchange.question.text,
        "outcome": type(result).__name__.lower(),
        "reason": result.reason.value if isinstance(result, Failure) else None,
        "detail": (result.detail or None) if isinstance(result, Failure) else None,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest() if content else None,
        "asked_at": _moment(exchange.asked_at),
        "took_ms": round(exchange.took * 1000),
        "via": exchange.via,
    }
