"""The organisation, and the legal entities behind its services, as parties of an OSCAL document."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.party import LegalEntity
from auditor.reporting.identifiers import CATALOGUE
from auditor.reporting.oscal_words import NOT_KNOWN, Json, Words
from auditor.reporting.used import controlling


def parties(words: Words) -> Iterator[Json]:
    """The organisation first, then every entity that the assessment names."""
    target = words.assessment.target
    organisation: Json = {
        "uuid": words.uuid("organisation"),
        "type": "organization",
        "name": words.line(target.name),
        "props": [words.prop("domain", domain.name) for domain in target.domains],
    }
    if target.home and target.home_declared:
        organisation["addresses"] = [{"country": target.home}]
    yield organisation
    for entity in words.assessment.knowledge.entities.values():
        yield _party(words, entity)


def _party(words: Words, entity: LegalEntity) -> Json:
    """An entity by its id in our catalogue, which holds no number of a public register.

    Links lead to who decides in it on the day, by its share where that is known.
    """
    known = words.assessment.knowledge.entities
    party: Json = {
        "uuid": words.uuid("party", entity.id),
        "type": "organization",
        "name": words.line(entity.name),
        "external-ids": [{"scheme": CATALOGUE, "id": entity.id}],
        "props": [
            words.prop("verified", "yes" if entity.provenance.verified else "no"),
            words.prop("source", entity.provenance.source),
            words.prop("checked", entity.provenance.checked.isoformat()),
        ],
    }
    if entity.incorporated_in:
        party["props"].append(words.prop("incorporated-in", entity.incorporated_in))
    if not entity.owners_known(words.assessment.as_of):
        party["props"].append(words.prop("owners", NOT_KNOWN))
    if entity.seat:
        party["addresses"] = [{"country": entity.seat}]
    owners = [stake for stake in controlling(entity, words.assessment) if stake.owner in known]
    if owners:
        party["links"] = [
            {"href": f"#{words.uuid('party', stake.owner)}", "rel": "controlled-by"}
            for stake in owners
        ]
    return party
