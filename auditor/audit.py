"""The whole audit: survey, attribute, expose, judge.

knowledge(rules)                     what we know
look(target, network, …)             what we see      the only part that asks
assess(target, sightings, …)         what it means    pure
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditor import __version__
from auditor.attribution.attribute import attribute
from auditor.catalogue import cache
from auditor.catalogue.catalogue import Catalogue, digest, load
from auditor.engine.contradictions import contradictions, shaken
from auditor.engine.examples import failures
from auditor.engine.frameworks import Frameworks
from auditor.engine.judge import judge
from auditor.engine.score import score
from auditor.engine.situation import Reader
from auditor.engine.waivers import waive
from auditor.errors import AuditorError
from auditor.exposure.expose import expose
from auditor.exposure.grasps import Grasps
from auditor.model.assessment import Assessment, Digests, Knowledge, Resolver
from auditor.model.deferred import Deferred
from auditor.model.exchange import Exchange
from auditor.model.footprint import Footprint
from auditor.model.sighting import Sighting
from auditor.model.target import Target
from auditor.model.waiver import Waivers
from auditor.probes import probe
from auditor.survey import starting_subjects, survey

if TYPE_CHECKING:
    from auditor.network.door import Network
    from auditor.settings import Limits

NO_WAIVERS = Waivers()


@dataclass(frozen=True, slots=True)
class Record:
    """The look-ups an assessment is made from.

    Attributes:
        exchanges: In the order asked.
        began: First look-up, UTC.
        ended: Last look-up, UTC.
        vantage: From where, in the words of whoever ran it.
        digest: SHA-256 of the bundle's manifest; empty when there is no bundle.
    """

    exchanges: tuple[Exchange, ...]
    began: datetime
    ended: datetime
    vantage: str
    digest: str


def knowledge(rules: Path, *, fresh: bool = False) -> Catalogue:
    """The catalogue under *rules*, its rules proved by their examples.

    Compiled once for each state of the rules and of the tool, unless *fresh*.

    Raises:
        SourceError, SourceErrors: A file is wrong.
        AuditorError: A rule does not do what its examples say.
    """

    def compile_() -> Catalogue:
        catalogue = read(rules)
        wrong = list(failures(catalogue))
        if wrong:
            raise AuditorError("\n".join(wrong))
        return catalogue

    if fresh:
        return compile_()
    return cache.cached(f"{digest(rules)} {tool()}", compile_)


def read(rules: Path) -> Catalogue:
    """The catalogue under *rules*, its rules not yet proved.

    Raises:
        SourceError, SourceErrors: A file is wrong.
    """
    return load(rules, probe.kinds())


async def look(
    target: Target,
    catalogue: Catalogue,
    network: Network,
    asn_source: str,
    limits: Limits,
    without: tuple[str, ...] = (),
) -> tuple[Sighting, ...]:
    """Everything that *network* shows of *target*.

    Left out are the media of *without*, and the probes whose name begins with one of its words.
    """
    if not target.declares:
        without = (*without, "declared")
    return await survey(
        starting_subjects(target, catalogue),
        probe.installed(asn_source, without),
        network,
        limits,
    )


class Assessor:
    """Assesses targets with one catalogue as of one day, and remembers what they share."""

    def __init__(self, catalogue: Catalogue, day: date) -> None:
        self._catalogue = catalogue
        self._day = day
        self._grasps = Grasps(catalogue, day)
        self._readers: dict[str, Reader] = {}
        self._frameworks = Frameworks(catalogue, self._grasps)

    def assess(
        self,
        target: Target,
        sightings: tuple[Sighting, ...],
        record: Record,
        waivers: Waivers = NO_WAIVERS,
        judged: Callable[[Footprint], Footprint] = lambda footprint: footprint,
    ) -> Assessment:
        """What *sightings* of *target* mean on the day, *waivers* told apart.  Pure.

        *judged* makes of what is depended on what is to be judged, once the contradictions
        are known.

        Raises:
            SourceError, SourceErrors: A waiver names what its rule does not judge.
        """
        catalogue, grasps = self._catalogue, self._grasps
        home = target.home or catalogue.assumed_home
        reader = self._readers.setdefault(home, Reader(catalogue, grasps, home))
        footprint = attribute(target, sightings, catalogue)
        opposed = contradictions(
            target, footprint, sightings, record.exchanges, catalogue, self._day
        )
        footprint = judged(shaken(footprint, opposed))
        exposures = expose(footprint, grasps, home)
        findings = judge(catalogue.rules.values(), footprint, target.name, reader)
        # Before the waivers: a risk that somebody accepts is no smaller for it.
        scored = score(findings, catalogue.rules, catalogue.weights)
        findings, waived = waive(findings, waivers, target.domains, self._day)
        offerings = {d.offering for d in footprint.dependencies if d.offering}
        controllers = {
            offering: found
            for offering in sorted(offerings)
            if (found := grasps.controllers(offering)) is not None
        }
        return Assessment(
            target=target,
            as_of=self._day,
            began=record.began,
            ended=record.ended,
            vantage=record.vantage,
            digests=Digests(record.digest, catalogue.digest, tool(), waivers.digest),
            footprint=footprint,
            controllers=controllers,
            exposures=exposures,
            findings=findings,
            score=scored,
            resolvers=_resolvers(record.exchanges, catalogue),
            lookups=record.exchanges,
            knowledge=_named(target, footprint, grasps, catalogue),
            frameworks=Deferred(partial(self._frameworks.apply, target, footprint, home)),
            contradictions=opposed,
            waivers=waived,
            unconfirmed=frozenset(o for o in controllers if reader.controllers(o) is None),
        )


@lru_cache(maxsize=1)
def tool() -> str:
    """The version of the auditor and a digest over its code."""
    package = Path(__file__).parent
    whole = hashlib.sha256()
    for file in sorted(package.rglob("*.py")):
        whole.update(file.relative_to(package).as_posix().encode() + b"\0")
        whole.update(file.read_bytes())
    return f"auditor {__version__} {whole.hexdigest()}"


def _resolvers(exchanges: tuple[Exchange, ...], catalogue: Catalogue) -> tuple[Resolver, ...]:
    """Everybody we asked, with what `rules/sources.yaml` knows of them."""
    vias = dict.fromkeys([exchange.via for exchange in exchanges])
    resolvers = []
    for via in vias:
        words = via.replace("/", " ").split()
        source = next((catalogue.sources[w] for w in words if w in catalogue.sources), None)
        resolvers.append(
            Resolver(via, source.operator, source.country) if source else Resolver(via, "", "")
        )
    return tuple(resolvers)


def _named(
    target: Target,
    footprint: Footprint,
    grasps: Grasps,
    catalogue: Catalogue,
) -> Knowledge:
    """The part of the catalogue that the assessment names."""
    offerings = {d.offering for d in footprint.dependencies if d.offering}
    entities = {entity for offering in offerings for entity in grasps.parties(offering)}
    # A dossier may name a company by a name of its own, which no id matches.
    for declared in target.declared:
        entities |= {declared.operator, *(declared.subprocessors or ())}
    return Knowledge(
        offerings={i: catalogue.offerings[i] for i in sorted(offerings)},
        entities={i: catalogue.entities[i] for i in sorted(entities) if i in catalogue.entities},
        laws=catalogue.laws,
        jurisdictions=catalogue.jurisdictions,
        rules=catalogue.rules,
        roles=catalogue.role_names,
        words=catalogue.words,
    )
