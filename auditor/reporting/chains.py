"""The ways from a service to the law that takes hold of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.assessment import Exposure, State, Step
from auditor.reporting.reading import NEAR, Reading, distinct


@dataclass(frozen=True, slots=True)
class Grip:
    """One law at the end of a way, effect by effect.

    Attributes:
        certain: Whether at least one effect is.
        effects: (effect, state) in words.
        missing: What would settle the unknown ones.
    """

    law: str
    citation: str
    force: str
    certain: bool
    effects: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """One way, drawn once however many services, roles and laws it serves.

    Attributes:
        services: What the organisation uses that begins it.
        roles: In which roles.
        jurisdiction: Whose law waits at the end.
        certain: Whether at least one law certainly reaches the service.
    """

    services: tuple[str, ...]
    roles: tuple[str, ...]
    jurisdiction: str
    certain: bool
    steps: tuple[Step, ...]
    grips: tuple[Grip, ...]


def chains(reading: Reading) -> tuple[Chain, ...]:
    """Every way by which a law abroad reaches, or may reach, a service."""
    by_service: dict[tuple[str, str, tuple[Step, ...]], list[Exposure]] = {}
    for exposure in reading.assessment.exposures:
        grasp = exposure.grasp
        dependency = reading.dependencies.get(exposure.dependency)
        if dependency is None or not grasp.path or exposure.standing in NEAR:
            continue
        if grasp.state is not State.NOT_REACHED:
            key = (dependency.label, grasp.jurisdiction, grasp.path)
            by_service.setdefault(key, []).append(exposure)
    # Services of one operator share a drawing where the law does the same to all of them.
    merged: dict[tuple[str, tuple[Step, ...], tuple[Grip, ...]], list[str]] = {}
    roles: dict[tuple[str, tuple[Step, ...], tuple[Grip, ...]], list[str]] = {}
    for (service, jurisdiction, path), exposures in by_service.items():
        end = (jurisdiction, path, tuple(_grips(reading, exposures)))
        merged.setdefault(end, []).append(service)
        roles.setdefault(end, []).extend(reading.role(x.role) for x in exposures)
    found = [
        Chain(
            tuple(services),
            tuple(distinct(roles[end])),
            end[0],
            any(grip.certain for grip in end[2]),
            end[1],
            end[2],
        )
        for end, services in merged.items()
    ]
    return tuple(sorted(found, key=lambda chain: not chain.certain))


def _grips(reading: Reading, exposures: list[Exposure]) -> Iterable[Grip]:
    laws = reading.assessment.knowledge.laws
    for law in distinct(x.grasp.law for x in exposures):
        mine = [x.grasp for x in exposures if x.grasp.law == law]
        yield Grip(
            reading.law(law),
            laws[law].citation if law in laws else "",
            reading.word("force", mine[0].force.value),
            any(grasp.state is State.REACHED for grasp in mine),
            tuple(
                dict.fromkeys(
                    (
                        reading.word("effect", grasp.effect.value),
                        reading.word("state", grasp.state.value),
                    )
                    for grasp in mine
                )
            ),
            tuple(distinct(reading.text(point) for grasp in mine for point in grasp.missing)),
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
