"""The ways from a service to the law that takes hold of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.model.assessment import Exposure, State, Step
from auditor.model.footprint import Dependency
from auditor.reporting.reading import NEAR, Reading, distinct


@dataclass(frozen=True, slots=True)
class Grip:
    """One law at the end of a way, effect by effect.

    Attributes:
        effects: (effect, state) in words.
        missing: What would settle the unknown ones.
    """

    law: str
    citation: str
    force: str
    effects: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """One way, drawn once however many services, roles and laws it serves.

    Attributes:
        services: What the organisation uses that begins it.
        roles: In which roles.
        jurisdiction: Whose law waits at the end.
    """

    services: tuple[str, ...]
    roles: tuple[str, ...]
    jurisdiction: str
    steps: tuple[Step, ...]
    grips: tuple[Grip, ...]


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
    """Every way by which a law abroad certainly reaches a service."""
    by_service: dict[tuple[str, str, tuple[Step, ...]], list[Exposure]] = {}
    for exposure, dependency in _abroad(reading):
        grasp = exposure.grasp
        if grasp.path:
            key = (dependency.label, grasp.jurisdiction, grasp.path)
            by_service.setdefault(key, []).append(exposure)
    # Services of one operator share a drawing where the law does the same to all of them.
    merged: dict[tuple[str, tuple[Step, ...], tuple[Grip, ...]], list[str]] = {}
    roles: dict[tuple[str, tuple[Step, ...], tuple[Grip, ...]], list[str]] = {}
    for (service, jurisdiction, path), exposures in by_service.items():
        if any(x.grasp.state is State.REACHED for x in exposures):
            end = (jurisdiction, path, tuple(_grips(reading, exposures)))
            merged.setdefault(end, []).append(service)
            roles.setdefault(end, []).extend(reading.role(x.role) for x in exposures)
    return tuple(
        Chain(tuple(services), tuple(distinct(roles[end])), *end)
        for end, services in merged.items()
    )


def doubts(reading: Reading) -> tuple[Doubt, ...]:
    """What would have to be known to tell whether a law abroad reaches a service."""
    services: dict[str, list[str]] = {}
    laws: dict[str, list[str]] = {}
    for exposure, dependency in _abroad(reading):
        for point in exposure.grasp.missing:
            missing = reading.text(point)
            services.setdefault(missing, []).append(dependency.label)
            laws.setdefault(missing, []).append(reading.law(exposure.grasp.law))
    return tuple(
        Doubt(missing, tuple(distinct(names)), tuple(distinct(laws[missing])))
        for missing, names in services.items()
    )


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
    for law in distinct(x.grasp.law for x in exposures):
        mine = [x.grasp for x in exposures if x.grasp.law == law]
        sure = {grasp.effect for grasp in mine if grasp.state is State.REACHED}
        # An effect that is certain by one hook stays so where another hook leaves a doubt.
        telling = [g for g in mine if g.state is State.REACHED or g.effect not in sure]
        yield Grip(
            reading.law(law),
            laws[law].citation if law in laws else "",
            reading.word("force", mine[0].force.value),
            tuple(
                dict.fromkeys(
                    (reading.word("effect", g.effect.value), reading.word("state", g.state.value))
                    for g in telling
                )
            ),
            tuple(distinct(reading.text(point) for g in telling for point in g.missing)),
        )


def in_words(reading: Reading, service: str, steps: tuple[Step, ...]) -> str:
    """The way in one line, arrow by arrow."""
    return " → ".join([service, *(_step(reading, step) for step in steps)])


def _step(reading: Reading, step: Step) -> str:
    name = step.name or reading.say("unnamed-party")
    notes = [reading.word("relation", step.relation), reading.country(step.country)]
    if step.detail is not None:
        notes.append(reading.text(step.detail))
    if not step.verified:
        notes.append(reading.say("unverified-link"))
    return f"{name} ({', '.join(notes)})"
