"""A dossier and a zone, brought together as an audit does, in the made-up world."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from auditor.audit import Assessor, Record, look
from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.dossier import dossier
from auditor.catalogue.source import compose_text
from auditor.model.assessment import Assessment
from auditor.model.contradiction import Contradiction
from auditor.model.exchange import Exchange, Question, Reply
from auditor.network.declared import sections
from auditor.network.recorder import Recorder
from auditor.settings import INTERACTIVE
from tests import knowledge
from tests.knowledge import READ
from tests.probes.world import World, failing

CITY = "city.example"
DAY = date(2026, 3, 1)
NOTHING: Mapping[str, bytes] = {}
HOMEMAIL = "id: homemail\n            name: Homemail\n"
"""Where the description of an offering begins, for what a test adds to it."""


@lru_cache(maxsize=16)
def world(added: str = "") -> Catalogue:
    """The made-up world; with *added*, a line of YAML, about Homemail."""
    providers = knowledge.FILES["providers/world.yaml"]
    if added:
        assert HOMEMAIL in providers
        providers = providers.replace(HOMEMAIL, f"{HOMEMAIL}            {added}\n")
    with TemporaryDirectory() as directory:
        return knowledge.catalogue(Path(directory), providers_world=providers)


def assessed(
    text: str,
    *lines: str,
    added: str = "",
    silent: tuple[str, ...] = (),
    answers: Mapping[str, bytes] = NOTHING,
    day: date = DAY,
) -> Assessment:
    """What an audit makes of the dossier *text* and the zone *lines*.

    Args:
        added: A line of YAML about Homemail.
        silent: Questions that nobody answers.
        answers: Of web servers and registries, by question.
    """
    catalogue = world(added)
    written = f"home: HL\ndomains: [{CITY}]\n{text}"
    target = dossier(compose_text(written, Path("dossier.yaml")), catalogue, lambda _: "0" * 64)
    replies = {**sections(written.encode()), **answers}
    results = {name: Reply(content) for name, content in replies.items()}
    network = Recorder(World("\n".join(lines), results={**results, **failing(*silent)}))
    sightings = asyncio.run(look(target, catalogue, network, "cymru", INTERACTIVE))
    then = datetime(2026, 3, 1, tzinfo=UTC)
    record = Record(network.exchanges, then, then, "", "0" * 64)
    return Assessor(catalogue, day).assess(target, sightings, record)


def contradictions(
    text: str,
    *lines: str,
    added: str = "",
    silent: tuple[str, ...] = (),
    answers: Mapping[str, bytes] = NOTHING,
    day: date = DAY,
) -> list[Contradiction]:
    """The contradictions of `assessed`."""
    assessment = assessed(text, *lines, added=added, silent=silent, answers=answers, day=day)
    return list(assessment.contradictions)


def said(assessment: Assessment) -> Exchange:
    """The evidence that the services declared are."""
    asked = Question("declared", "services")
    return next(exchange for exchange in assessment.lookups if exchange.question == asked)


__all__ = ["CITY", "DAY", "READ", "assessed", "contradictions", "said", "world"]
