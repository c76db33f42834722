"""The services as a CycloneDX 1.6 document (ECMA-424), with our rules and what they found.

What is used stands under `services`, the rules under `definitions.standards`, and the
verdicts under `declarations`: a claim for each finding, and what it makes of the rule.
Only what is known is said: a trust boundary, a provider or a place that is not known is
left out, and the flow of data, which nobody saw, is `unknown`.  The boundary is one of
law: it is crossed where a law reaches that the organisation does not live under, and the
zone is the country from where the operator is controlled.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote

from auditor import __version__
from auditor.model.assessment import Assessment, State
from auditor.model.footprint import Dependency
from auditor.model.party import LegalEntity
from auditor.reporting import NOTHING
from auditor.reporting.attested import declarations, standard
from auditor.reporting.identifiers import Identifiers
from auditor.reporting.printable import printable
from auditor.reporting.reading import NEAR, Reading, distinct
from auditor.reporting.used import Used, used

Json = dict[str, Any]


def file_name(language: str) -> str:
    """`services.fr.cdx.json`."""
    return f"services.{language}.cdx.json"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """*assessment* as JSON in UTF-8."""
    reading = Reading(assessment, language)
    services = used(assessment)
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{Identifiers(assessment)('cyclonedx', language)}",
        "version": 1,
        "metadata": _metadata(reading),
        "services": [_service(reading, each) for each in services],
        "externalReferences": [
            {
                "type": "evidence",
                "url": "bundle/manifest.json",
                "hashes": [{"alg": "SHA-256", "content": assessment.digests.bundle}],
            }
        ],
        "declarations": declarations(reading, services),
        "definitions": {"standards": [standard(reading)]},
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _metadata(reading: Reading) -> Json:
    assessment = reading.assessment
    name = printable(assessment.target.name)
    return {
        "timestamp": assessment.ended.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "tools": {
            "components": [{"type": "application", "name": "auditor", "version": __version__}]
        },
        "component": {
            "type": "application",
            "bom-ref": "subject",
            "name": name,
            "description": reading.say("export.subject"),
        },
        "properties": [
            *(_property("domain", domain.name) for domain in assessment.target.domains),
            _property("as-of", assessment.as_of.isoformat()),
            _property("rules-sha256", assessment.digests.rules),
            _property("tool", assessment.digests.tool),
        ],
    }


def _service(reading: Reading, service: Used) -> Json:
    described: Json = {
        "bom-ref": f"service:{service.key}",
        "name": printable(service.label),
        "data": [_data(reading, service, role) for role in service.roles],
        "properties": list(_properties(reading, service)),
    }
    if service.operator is not None:
        described["provider"] = _organisation(service.operator)
    if (crossed := _crossed(reading, service)) is not None:
        described["x-trust-boundary"] = crossed
    if zone := _controllers(reading, service):
        described["trustZone"] = ", ".join(zone)
    if endpoints := distinct(_endpoints(reading, service)):
        described["endpoints"] = endpoints
    return described


def _crossed(reading: Reading, service: Used) -> bool | None:
    """Whether a law that the organisation does not live under reaches it; None when not known."""
    mine = {each.id for each in service.dependencies}
    states = {
        exposure.grasp.state
        for exposure in reading.assessment.exposures
        if exposure.dependency in mine and exposure.standing not in NEAR
    }
    if State.REACHED in states:
        return True
    return False if states == {State.NOT_REACHED} else None


def _controllers(reading: Reading, service: Used) -> tuple[str, ...]:
    """From where its operator is controlled in the last resort; empty when not known."""
    return reading.controllers(service.offering.id) if service.offering else ()


def _organisation(entity: LegalEntity) -> Json:
    """A provider; its country is that of the head office."""
    described: Json = {"name": printable(entity.name)}
    if entity.seat:
        described["address"] = {"country": entity.seat}
    return described


def _endpoints(reading: Reading, service: Used) -> Iterator[str]:
    """The hosts at which it was seen: neither the organisation's own domains nor names of records.

    As references without scheme (RFC 3986, section 4.2): at which name, not by which protocol.
    """
    own = {domain.name for domain in reading.assessment.target.domains}
    for subject in service.subjects:
        if subject not in own and not subject.startswith("_"):
            yield _endpoint(subject)


def _endpoint(subject: str) -> str:
    try:
        address = ip_address(subject)
    except ValueError:
        return f"//{quote(subject, safe='')}"
    return f"//[{address}]" if address.version == 6 else f"//{address}"


def _data(reading: Reading, service: Used, role: str) -> Json:
    """What passes through the service in *role*, who holds it, and who owns it."""
    organisation = reading.assessment.target.organisation
    classification = organisation.sensitivity
    governance: Json = {
        "owners": [{"organization": {"name": printable(reading.assessment.target.name)}}]
    }
    if service.operator is not None:
        governance["custodians"] = [{"organization": _organisation(service.operator)}]
    return {
        "name": reading.role(role),
        "flow": "unknown",
        "classification": reading.word("organisation.sensitivity", classification)
        if classification
        else reading.say("not-told"),
        "governance": governance,
    }


def _properties(reading: Reading, service: Used) -> Iterator[Json]:
    """What CycloneDX has no field for, under names of our own."""
    offering = service.offering
    if offering is not None:
        yield _property("offering", offering.id)
        yield _property("keys", offering.keys)
        if not offering.provenance.verified:
            yield _property("unverified", "provider")
    operator = service.operator
    if operator is not None and operator.incorporated_in:
        yield _property("incorporated-in", operator.incorporated_in)
    if operator is not None and not operator.provenance.verified:
        yield _property("unverified", "country")
    for dependency in service.dependencies:
        yield _property("dependency", printable(_dependency(dependency)))
    located = (place for each in service.dependencies for place in each.location)
    for place, source in dict.fromkeys((place.country, place.source) for place in located):
        yield _property(f"location:{source}", place)


def _dependency(dependency: Dependency) -> str:
    """Its id, and how sure it is: `… high`, `… moderate declared contradicted unverified`."""
    marks = {
        "declared": dependency.declared,
        "contradicted": dependency.contradicted,
        "unverified": not dependency.verified,
    }
    shown = [mark for mark, holds in marks.items() if holds]
    return " ".join((dependency.id, dependency.confidence.value, *shown))


def _property(name: str, value: str) -> Json:
    return {"name": f"auditor:{name}", "value": value}
