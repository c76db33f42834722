"""Who serves what the pages of the site draw from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from auditor.attribution.clues import Clue
from auditor.attribution.dependencies import Drafts, draft_role, label
from auditor.model.rule import Confidence

EMBEDDED: Final = "web.embedded"

_NAMED: Final = 3
"""How many third parties that nobody recognises stand each for itself; more stand together."""


def draft_embedded(clues: Iterable[Clue], drafts: Drafts) -> None:
    """Draft those whom the pages draw from; a page may draw from dozens that nobody knows."""
    strangers: dict[str, list[Clue]] = {}
    for clue in clues:
        if clue.matches:
            draft_role(EMBEDDED, (clue,), drafts)
        elif clue.observation.value.speaks:
            strangers.setdefault(label(clue.name, drafts.domain), []).append(clue)
    if len(strangers) <= _NAMED:
        for met in strangers.values():
            draft_role(EMBEDDED, met, drafts)
        return
    shown = ", ".join(list(strangers)[:_NAMED])
    together = f"{shown} (+{len(strangers) - _NAMED})"
    for met in strangers.values():
        for clue in met:
            drafts.unidentified(
                EMBEDDED, "service", together, (clue.observation,), clue, Confidence.HIGH
            )
