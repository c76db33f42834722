"""The case of `docs/the-case.md`: four options for one parliament, and what the engine finds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from auditor import resources
from auditor.audit import knowledge
from auditor.catalogue.catalogue import Catalogue
from auditor.cli.report import replayer
from auditor.engine import ways_out
from auditor.engine.scenarios import play
from auditor.engine.supposing import suppose
from auditor.exposure.grasps import Grasps
from auditor.model.assessment import Assessment
from auditor.model.party import Offering, Qualification
from auditor.model.scenario import Acquired, Played
from auditor.model.text import Period, Provenance, Text
from auditor.model.way_out import Plan
from auditor.network import bundle
from auditor.reporting.reading import Reading
from tests.replay import FIXTURES, declared

THEN = date(2025, 11, 25)
"""The day on which the choice became known."""
NOW = date(2026, 11, 24)
"""The day of the comparison."""
DAYS = (THEN, NOW)

OPTIONS = (
    "assembly-microsoft",
    "assembly-bleu",
    "assembly-twake-secnumcloud",
    "assembly-twake-clever-cloud",
)


@dataclass(frozen=True, slots=True)
class Variant:
    """One fact supposed otherwise, and all else as in a story.

    Attributes:
        said: From, to: a piece of the dossier, and what stands in its place.
        known: What the catalogue would say of an offering, were the source read.
    """

    id: str
    story: str
    said: tuple[str, str] | None = None
    known: Callable[[Catalogue], Catalogue] | None = None


def _qualified(offering: str) -> Callable[[Catalogue], Catalogue]:
    """The catalogue, were a SecNumCloud 3.2 decision on *offering* read and in force."""

    def supposed(catalogue: Catalogue) -> Catalogue:
        read = Provenance("supposed", NOW, verified=True)
        held = Qualification("SecNumCloud 3.2", None, "", Period(None, None), read)
        known = catalogue.offerings[offering]
        return _with(catalogue, replace(known, qualifications=(*known.qualifications, held)))

    return supposed


def _unqualified(offering: str) -> Callable[[Catalogue], Catalogue]:
    """The catalogue, were the qualifications of *offering* at an end."""

    def supposed(catalogue: Catalogue) -> Catalogue:
        return _with(catalogue, replace(catalogue.offerings[offering], qualifications=()))

    return supposed


def _transparent(*offerings: str) -> Callable[[Catalogue], Catalogue]:
    """The catalogue, were it known that these and their operators have nobody else and nothing
    abroad beyond what is on record: no other sub-processor, technology, establishment."""

    def supposed(catalogue: Catalogue) -> Catalogue:
        for offering in offerings:
            known = catalogue.offerings[offering]
            catalogue = _with(catalogue, replace(known, subprocessors_known=True))
            operator = catalogue.entities[known.operator or ""]
            whole = replace(operator, establishments_known=True)
            catalogue = replace(catalogue, entities={**catalogue.entities, operator.id: whole})
        return catalogue

    return supposed


def _with(catalogue: Catalogue, offering: Offering) -> Catalogue:
    return replace(catalogue, offerings={**catalogue.offerings, offering.id: offering})


def _sold(catalogue: Catalogue) -> Catalogue:
    """The catalogue, with LINAGORA in the hands of a company of the United States."""
    changes = (Acquired("linagora", Text("acquéreur", "buyer"), "US"),)
    return suppose(changes, catalogue, {"linagora"}, NOW)


_KIND = "kind: constitutional-body"

VARIANTS = (
    Variant("qualified", "assembly-bleu", known=_qualified("microsoft-365-bleu")),
    Variant("ended", "assembly-twake-secnumcloud", known=_unqualified("outscale-secnumcloud")),
    Variant("transparent-bleu", "assembly-bleu", known=_transparent("microsoft-365-bleu")),
    Variant(
        "transparent-twake",
        "assembly-twake-secnumcloud",
        known=_transparent("twake", "outscale-secnumcloud"),
    ),
    Variant("sold", "assembly-twake-secnumcloud", known=_sold),
    Variant(
        "host",
        "assembly-twake-secnumcloud",
        ("offering: outscale-secnumcloud", "offering: ovhcloud-secnumcloud"),
    ),
    Variant(
        "keys",
        "assembly-microsoft",
        ("offering: microsoft-365}", "offering: microsoft-365, keys: customer}"),
    ),
    Variant("personal", "assembly-bleu", (_KIND, f"{_KIND}\n  data: [personal]")),
    Variant(
        "state", "assembly-bleu", (_KIND, "kind: state\n  data: [personal, particular-sensitivity]")
    ),
)


@cache
def catalogue() -> Catalogue:
    """What the auditor knows."""
    return knowledge(resources.rules())


@cache
def _assess(story: str, day: date) -> Callable[[Catalogue], Assessment]:
    return replayer(bundle.read(FIXTURES / story / "bundle"), catalogue(), day)


@cache
def assessment(story: str, day: date = NOW) -> Assessment:
    """The assessment of *story* on *day*."""
    return _assess(story, day)(catalogue())


@cache
def varied(variant: Variant, day: date = NOW) -> Assessment:
    """The assessment with one fact supposed otherwise.

    Raises:
        ValueError: The dossier does not say what the variant would change.
    """
    if variant.known is not None:
        return _assess(variant.story, day)(variant.known(catalogue()))
    assert variant.said is not None
    before, after = variant.said
    text = (FIXTURES / variant.story / "dossier.yaml").read_text(encoding="utf-8")
    if before not in text:
        raise ValueError(f"{variant.story} does not say: {before}")
    with TemporaryDirectory() as name:
        file = Path(name) / "dossier.yaml"
        file.write_text(text.replace(before, after), encoding="utf-8")
        asyncio.run(declared(file, Path(name) / "bundle"))
        kept = bundle.read(Path(name) / "bundle")
    return replayer(kept, catalogue(), day)(catalogue())


@cache
def reading(story: str, language: str, day: date = NOW) -> Reading:
    """The assessment of *story* in *language*."""
    return Reading(assessment(story, day), language)


@cache
def plays(story: str, day: date = NOW) -> tuple[Played, ...]:
    """Every scenario played on *story*."""
    known = catalogue()
    played = partial(play, before=assessment(story, day), catalogue=known, home="FR")
    return tuple(played(each, assess=_assess(story, day)) for each in known.scenarios.values())


@cache
def plan(story: str, day: date = NOW) -> Plan:
    """The ways out of *story*."""
    found = assessment(story, day)
    grasps = Grasps(catalogue(), day)
    return ways_out.plan(found, catalogue(), grasps, found.target.home or catalogue().assumed_home)
