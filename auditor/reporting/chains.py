"""The ways from a service to the law that takes hold of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.model.assessment import Exposure, State, Step
from auditor.model.footprint import Dependency
from auditor.reporting.points import headed, told
from auditor.reporting.reading import NEAR, Reading, distinct, inside
from auditor.reporting.sources import Read, sources

DOUBTS = 8
"""How many missing facts are listed; assessment.json has them all."""


@dataclass(frozen=True, slots=True)
class Grip:
    """One law at the end of a way.

    Attributes:
        certain: The effects it certainly has, in words.
        open: Those of which it is not known, in words.
    """

    law: str
    citation: str
    force: str
    jurisdiction: str
    certain: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """One way, drawn once however many services, roles and laws it serves.

    Attributes:
        services: What the organisation uses that begins it.
        roles: In which roles.
        jurisdictions: Whose law waits at the end.
        grips: The laws, those that certainly take hold first.
        sources: Where its links were read.
    """

    services: tuple[str, ...]
    roles: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    steps: tuple[Step, ...]
    grips: tuple[Grip, ...]
    sources: tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A missing fact on which it depends whether laws reach services.

    Attributes:
        missing: The fact.
        services: What it concerns.
        laws: Which laws would take hold.
    """

    missing: str
    services: tuple[str, ...]
    laws: tuple[str, ...]


def chains(reading: Reading) -> tuple[Chain, ...]:
    """Every way by which a law abroad certainly reaches a service that is certainly used."""
    by_service: dict[tuple[str, tuple[Step, ...]], list[Exposure]] = {}
    for exposure, dependency in _abroad(reading):
        if exposure.grasp.path and not reading.doubt(dependency):
            by_service.setdefault((dependency.label, exposure.grasp.path), []).append(exposure)
    # Services of one operator share a drawing where the law does the same to all of them.
    merged: dict[tuple[tuple[Step, ...], tuple[Grip, ...]], list[str]] = {}
    roles: dict[tuple[tuple[Step, ...], tuple[Grip, ...]], list[str]] = {}
    offerings: dict[tuple[tuple[Step, ...], tuple[Grip, ...]], list[str]] = {}
    for (service, path), exposures in by_service.items():
        grips = tuple(_grips(reading, exposures))
        if any(grip.certain for grip in grips):
            # Of other countries' laws the path proves nothing; they are left to the doubts.
            ends = {grip.jurisdiction for grip in grips if grip.certain}
            grips = tuple(grip for grip in grips if grip.jurisdiction in ends)
            merged.setdefault((path, grips), []).append(service)
            roles.setdefault((path, grips), []).extend(reading.role(x.role) for x in exposures)
            used = (reading.dependencies[x.dependency].offering for x in exposures)
            offerings.setdefault((path, grips), []).extend(filter(None, used))
    return tuple(
        Chain(
            tuple(services),
            tuple(distinct(roles[path, grips])),
            tuple(distinct(grip.jurisdiction for grip in grips if grip.certain)),
            path,
            grips,
            sources(reading, distinct(offerings[path, grips]), path),
        )
        for (path, grips), services in merged.items()
    )


def doubts(reading: Reading, most: int = DOUBTS) -> tuple[tuple[Doubt, ...], int]:
    """What would have to be known to tell whether a law abroad reaches a service.

    At most *most*, those first on which most laws depend; the number left off comes second.
    """
    laws: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    facts: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for missing, (services, names) in _missing(reading).items():
        key = (headed(missing)[0], tuple(services))
        laws.setdefault(key, []).extend(names)
        facts.setdefault(key, []).append(missing)
    ranked = sorted(laws, key=lambda key: -len(laws[key]))
    return tuple(
        Doubt(told(key[0], facts[key]), key[1], tuple(distinct(laws[key]))) for key in ranked[:most]
    ), max(0, len(ranked) - most)


def _missing(reading: Reading) -> dict[str, tuple[list[str], list[str]]]:
    """Each missing fact, with the services and the laws, each once, that it concerns."""
    services: dict[str, list[str]] = {}
    laws: dict[str, list[str]] = {}
    for exposure, dependency in _abroad(reading):
        for point in exposure.grasp.missing:
            missing = reading.text(point)
            services.setdefault(missing, []).append(dependency.label)
            laws.setdefault(missing, []).append(reading.law(exposure.grasp.law))
    return {
        missing: (distinct(names), distinct(laws[missing])) for missing, names in services.items()
    }


def _abroad(reading: Reading) -> Iterator[tuple[Exposure, Dependency]]:
    """The exposures, certain or not, to laws that the organisation does not live under."""
    for exposure in reading.assessment.exposures:
        dependency = reading.dependencies.get(exposure.dependency)
        if dependency is None or exposure.standing in NEAR:
            continue
        if exposure.grasp.state is not State.NOT_REACHED:
            yield exposure, dependency


def _grips(reading: Reading, exposures: list[Exposure]) -> Iterable[Grip]:
    laws = reading.assessment.knowledge.laws
    grips = []
    for law in distinct(x.grasp.law for x in exposures):
        mine = [x.grasp for x in exposures if x.grasp.law == law]
        sure = [grasp.effect for grasp in mine if grasp.state is State.REACHED]
        # An effect that is certain by one hook stays so where another hook leaves a doubt.
        unsure = [grasp.effect for grasp in mine if grasp.effect not in sure]
        grips.append(
            Grip(
                reading.law(law),
                laws[law].citation if law in laws else "",
                reading.word("force", mine[0].force.value),
                mine[0].jurisdiction,
                tuple(distinct(inside(reading.word("effect", effect.value)) for effect in sure)),
                tuple(distinct(inside(reading.word("effect", effect.value)) for effect in unsure)),
            )
        )
    return sorted(grips, key=lambda grip: not grip.certain)


def in_words(reading: Reading, service: str, steps: tuple[Step, ...]) -> str:
    """The way in one line, arrow by arrow."""
    return " → ".join([service, *(_step(reading, step) for step in steps)])


def _step(reading: Reading, step: Step) -> str:
    name = step.name or reading.say("unnamed-party")
    notes = [inside(described(reading, step)), reading.country(step.country)]
    if not step.verified:
        notes.append(reading.say("unverified-link"))
    return f"{name} ({', '.join(notes)})"


def described(reading: Reading, step: Step) -> str:
    """What the party is to the one before, in the fullest words there are, and only once."""
    relation = reading.word("relation", step.relation)
    if step.detail is None:
        return relation
    detail = reading.text(step.detail)
    if detail.casefold().startswith(relation.casefold()):
        return detail
    return f"{relation}, {detail}"
