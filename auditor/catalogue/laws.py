"""Read `rules/jurisdictions` and `rules/laws`."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.catalogue.source import Entry
from auditor.errors import SourceError
from auditor.model.law import (
    Adequacy,
    Blocking,
    Case,
    Effect,
    Force,
    Hook,
    Jurisdiction,
    Law,
    Mitigation,
    Reach,
    Validity,
)

RELATIONS = ("operator", "owner", "sub-processor", "technology", "site")
"""How a party stands to a dependency, nearest first."""

ADEQUACY_SCOPES = ("general", "partial")


def jurisdictions(file: Entry) -> Iterator[tuple[Entry, Jurisdiction]]:
    """The jurisdictions in *file*, each with its place."""
    for entry in file.entries("jurisdictions", required=True):
        jurisdiction = Jurisdiction(
            id=entry.string("id"),
            name=entry.text("name"),
            within=entry.words("within"),
            domains=entry.words("domains"),
            adequacy=tuple(_adequacy(decision) for decision in entry.entries("adequacy")),
            blocking=tuple(_blocking(statute) for statute in entry.entries("blocking")),
            provenance=entry.provenance(),
            assumed=entry.flag("assumed", default=False),
        )
        entry.close()
        yield entry, jurisdiction
    file.close()


def _adequacy(entry: Entry) -> Adequacy:
    adequacy = Adequacy(
        by=entry.string("by"),
        decision=entry.string("decision"),
        scope=entry.word("scope", ADEQUACY_SCOPES),
        scope_note=entry.optional_text("scope_note"),
        period=entry.period(),
        contested=entry.flag("contested", default=False),
        provenance=entry.provenance(),
    )
    entry.close()
    return adequacy


def _blocking(entry: Entry) -> Blocking:
    blocking = Blocking(
        citation=entry.string("citation"),
        name=entry.text("name"),
        what=entry.text("what"),
        period=entry.period(),
        provenance=entry.provenance(),
    )
    entry.close()
    return blocking


def law(entry: Entry) -> Law:
    """The law that *entry*, a whole file, states."""
    law = Law(
        id=entry.string("id"),
        jurisdiction=entry.string("jurisdiction"),
        name=entry.text("name"),
        short=entry.text("short"),
        citation=entry.string("citation"),
        summary=entry.text("summary"),
        binds=entry.text("binds"),
        reaches=tuple(_reach(reach) for reach in entry.entries("reaches", required=True)),
        secrecy=entry.optional_text("secrecy"),
        validity=_validities(entry),
        counter_arguments=entry.texts("counter_arguments"),
        mitigations=tuple(_mitigation(item) for item in entry.entries("mitigations")),
        cases=tuple(_case(case) for case in entry.entries("cases")),
        provenance=entry.provenance(),
        signoff=entry.signoff(),
    )
    entry.close()
    return law


def _reach(entry: Entry) -> Reach:
    reach = Reach(
        hook=entry.member("hook", Hook),
        relations=entry.words("relations", RELATIONS, required=True),
        effects=tuple(map(Effect, entry.words("effects", list(Effect), required=True))),
        roles=entry.words("roles"),
        settled=entry.flag("settled"),
        why=entry.text("why"),
    )
    entry.close()
    return reach


def _validities(law: Entry) -> tuple[Validity, ...]:
    validities: list[Validity] = []
    for entry in law.entries("validity", required=True):
        validity = Validity(
            period=entry.period(),
            force=entry.member("force", Force),
            note=entry.optional_text("note"),
            provenance=entry.provenance(),
        )
        entry.close()
        if validities:
            end, start = validities[-1].period.end, validity.period.start
            if end is None or start is None or start <= end:
                raise SourceError(entry.place, "this period begins before the one above ends")
        validities.append(validity)
    return tuple(validities)


def _mitigation(entry: Entry) -> Mitigation:
    mitigation = Mitigation(entry.string("id"), entry.member("effect", Effect), entry.text("scope"))
    entry.close()
    return mitigation


def _case(entry: Entry) -> Case:
    case = Case(
        name=entry.string("name"),
        on=entry.day("on"),
        what=entry.text("what"),
        provenance=entry.provenance(),
    )
    entry.close()
    return case
