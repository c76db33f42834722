"""The part of the catalogue that an assessment names, as plain values for `assessment.json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditor.model.assessment import Assessment
from auditor.model.law import Jurisdiction, Law
from auditor.model.party import LegalEntity, Offering, Stake, Supply
from auditor.model.rule import Citation, Rule
from auditor.model.text import Period, Provenance, Text

Json = dict[str, Any]


def plain(text: Text | None) -> Json | None:
    """A text in every language; None stays."""
    return None if text is None else {"fr": text.fr, "en": text.en}


def plains(texts: Iterable[Text]) -> list[Json | None]:
    """Texts in every language."""
    return [plain(text) for text in texts]


def provenance(provenance: Provenance) -> Json:
    """Why a statement is believed."""
    return {
        "source": provenance.source,
        "checked": provenance.checked.isoformat(),
        "verified": provenance.verified,
        "note": provenance.note or None,
    }


def _period(period: Period) -> Json:
    return {
        "from": period.start.isoformat() if period.start else None,
        "to": period.end.isoformat() if period.end else None,
    }


def _supply(supply: Supply) -> Json:
    return {
        "entity": supply.entity,
        "what": plain(supply.what),
        **_period(supply.period),
        "provenance": provenance(supply.provenance),
    }


def offering(offering: Offering) -> Json:
    """An offering, without its fingerprints."""
    return {
        "id": offering.id,
        "name": offering.name,
        "operator": offering.operator,
        "category": list(offering.category),
        "technology": [_supply(supply) for supply in offering.technology],
        "subprocessors": [_supply(supply) for supply in offering.subprocessors],
        "subprocessors_known": offering.subprocessors_known,
        "regions": list(offering.regions),
        "keys": offering.keys,
        "qualifications": [
            {
                "scheme": qualification.scheme,
                "scope": plain(qualification.scope),
                "decision": qualification.decision or None,
                **_period(qualification.period),
                "provenance": provenance(qualification.provenance),
            }
            for qualification in offering.qualifications
        ],
        "note": plain(offering.note),
        "provenance": provenance(offering.provenance),
    }


def entity(entity: LegalEntity) -> Json:
    """A legal entity with its holders."""
    return {
        "id": entity.id,
        "name": entity.name,
        "incorporated_in": entity.incorporated_in,
        "seat": entity.seat,
        "public": entity.public,
        "owners": [_stake(stake) for stake in entity.stakes],
        "ownership_known": entity.ownership_known,
        "establishments": list(entity.establishments),
        "establishments_known": entity.establishments_known,
        "provenance": provenance(entity.provenance),
    }


def _stake(stake: Stake) -> Json:
    return {
        "entity": stake.owner,
        "capital": _share(stake.capital),
        "votes": _share(stake.votes),
        "control": stake.control,
        **_period(stake.period),
        "provenance": provenance(stake.provenance),
    }


def law(law: Law, assessment: Assessment) -> Json:
    """A law, with its state on the day of the assessment."""
    validity = law.on(assessment.as_of)
    return {
        "id": law.id,
        "jurisdiction": law.jurisdiction,
        "name": plain(law.name),
        "short": plain(law.short),
        "citation": law.citation,
        "summary": plain(law.summary),
        "binds": plain(law.binds),
        "secrecy": plain(law.secrecy),
        "force": validity.force.value if validity else "not-yet",
        "force_note": plain(validity.note) if validity else None,
        "counter_arguments": plains(law.counter_arguments),
        "provenance": provenance(law.provenance),
    }


def jurisdiction(jurisdiction: Jurisdiction) -> Json:
    """A jurisdiction, without its adequacy decisions."""
    return {
        "id": jurisdiction.id,
        "name": plain(jurisdiction.name),
        "within": list(jurisdiction.within),
        "provenance": provenance(jurisdiction.provenance),
    }


def rule(rule: Rule) -> Json:
    """A rule, without its condition and examples."""
    return {
        "id": rule.id,
        "version": rule.version,
        "family": rule.family,
        "effect": rule.effect.value,
        "severity": rule.severity.value,
        "title": plain(rule.title),
        "why": plain(rule.why),
        "citations": [citation(each) for each in rule.citations],
        "counter": plain(rule.counter),
        "question": plain(rule.question),
        "clause": plain(rule.clause),
    }


def citation(citation: Citation) -> Json:
    """A text that a rule or a framework rests on."""
    return {
        "text": plain(citation.text),
        "url": citation.url,
        "provenance": provenance(citation.provenance),
    }


def _share(percent: float | None) -> float | int | None:
    """A percentage, as an integer when it is one: JSON knows one way to write 100."""
    if percent is None:
        return None
    rounded = round(percent, 4)
    return int(rounded) if rounded.is_integer() else rounded
