"""From zone lines to a footprint, by the probes that ship and the knowledge of a made-up world."""

from __future__ import annotations

import asyncio
import tempfile
from functools import lru_cache
from pathlib import Path

from auditor.attribution.attribute import attribute
from auditor.audit import look
from auditor.catalogue.catalogue import Catalogue
from auditor.model.exchange import Reply, Result
from auditor.model.footprint import Dependency, Footprint, Part
from auditor.model.subject import Domain, Host
from auditor.model.target import Declared, Target
from auditor.settings import INTERACTIVE
from tests import knowledge
from tests.probes.world import World, failing

CITY = "ville.example"
OVER_MX = "MX 1 city.mx.overcloud.example."
FILTER_MX = f"{CITY} MX 1 mx1.homefilter.example."
OVER_CLIENTS = f"autodiscover.{CITY} CNAME clients.overcloud.example."
OVER_DKIM = f"over1._domainkey.{CITY} CNAME over1.dkim.overcloud.example."
OVER_SPF = f'{CITY} TXT "v=spf1 include:spf.overcloud.example -all"'
OVER_TOKEN = f'{CITY} TXT "over-verify=123"'


@lru_cache(maxsize=8)
def world(old: str = "", new: str = "") -> Catalogue:
    """The made-up world; with *new* in place of *old* where providers are described."""
    with tempfile.TemporaryDirectory() as directory:
        if not old:
            return knowledge.catalogue(Path(directory))
        providers = knowledge.FILES["providers/world.yaml"]
        assert old in providers
        changed = providers.replace(old, new)
        return knowledge.catalogue(Path(directory), providers_world=changed)


def footprint(
    *lines: str,
    silent: tuple[str, ...] = (),
    known: Catalogue | None = None,
    domains: tuple[str, ...] = (CITY,),
    hosts: tuple[str, ...] = (),
    declared: tuple[Declared, ...] = (),
    registered: bytes = b"",
) -> Footprint:
    """Who serves *domains* when the zones hold *lines* and nobody answers *silent*.

    Args:
        lines: As `tests.probes.world` reads them.
        silent: Texts of questions.
        known: The knowledge; the made-up world as it is without.
        domains: Of the organisation.
        hosts: That it adds.
        declared: The services it says it uses.
        registered: What the registry answers about the first domain.
    """
    known = known or world()
    results: dict[str, Result] = {**failing(*silent), "services": Reply(_dossier(declared))}
    if registered:
        results[f"domain/{domains[0]}"] = Reply(registered)
    target = Target(
        "Ville",
        tuple(map(Domain.parse, domains)),
        tuple(map(Host.parse, hosts)),
        home="HL",
        declared=declared,
    )
    network = World("\n".join(lines), results=results)
    without = ("web",) if registered else ("web", "rdap")
    sightings = asyncio.run(look(target, known, network, "cymru", INTERACTIVE, without))
    return attribute(target, sightings, known)


def _dossier(declared: tuple[Declared, ...]) -> bytes:
    services = [
        f"  - {{offering: {d.offering}, role: {d.role}, keys: '{d.keys}'}}" for d in declared
    ]
    return "\n".join(("services:", *services)).encode()


def part(found: Footprint, role: str, domain: str = CITY) -> Part:
    """The part of *found* on *role*."""
    (only,) = [p for p in found.parts if (p.domain, p.role) == (domain, role)]
    return only


def served(found: Footprint, role: str, domain: str = CITY) -> list[str]:
    """`layer: offering (confidence)`, `~` before the label of somebody not identified."""
    return [
        f"{d.layer}: {d.offering or '~' + d.label} ({d.confidence})"
        for d in part(found, role, domain).dependencies
    ]


def open_(found: Footprint, role: str) -> list[str]:
    """The questions that leave *role* open."""
    gaps = part(found, role).gaps
    return [str(gap.exchange.question if gap.exchange else gap.subject) for gap in gaps]


def only(found: Footprint, role: str) -> Dependency:
    """The one dependency of *role*."""
    (dependency,) = part(found, role).dependencies
    return dependency
