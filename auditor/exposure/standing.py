"""How the law of a jurisdiction stands to the organisation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from auditor.model.law import Jurisdiction


def standing(home: str, foreign: str, jurisdictions: Mapping[str, Jurisdiction], day: date) -> str:
    """How *foreign* stands to an organisation of *home* on *day*.

    Returns:
        `home`; `shared` (the same legal space, such as the European Union);
        `adequate` (a general adequacy decision is in force); `partly-adequate`
        (a decision is in force, but partial or contested); or `third`.
    """
    if home == foreign:
        return "home"
    ours = frozenset((home, *_spaces(home, jurisdictions)))
    theirs = frozenset((foreign, *_spaces(foreign, jurisdictions)))
    if ours & theirs:
        return "shared"
    for candidate in sorted(theirs):
        jurisdiction = jurisdictions.get(candidate)
        decision = jurisdiction and jurisdiction.adequate_on(day, ours)
        if decision:
            general = decision.scope == "general" and not decision.contested
            return "adequate" if general else "partly-adequate"
    return "third"


def _spaces(jurisdiction: str, jurisdictions: Mapping[str, Jurisdiction]) -> tuple[str, ...]:
    known = jurisdictions.get(jurisdiction)
    return known.within if known else ()
