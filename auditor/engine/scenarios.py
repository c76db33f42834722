"""What a scenario does to an organisation: which services it hits, by whom, and by when.

Some changes alter the knowledge (`engine.supposing`): the organisation is
assessed again with it, and what got worse is told.  Others use a power that
somebody has already: the exposures tell who has it.  A service of somebody not
identified is never spared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import assert_never

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.deadlines import deadlines
from auditor.engine.supposing import suppose
from auditor.exposure.grasps import Grasps
from auditor.exposure.parties import World, parties
from auditor.model.assessment import Assessment, Exposure, State, Step
from auditor.model.footprint import Dependency
from auditor.model.law import Effect
from auditor.model.rule import Confidence
from auditor.model.scenario import (
    Acquired,
    AdequacyEnds,
    Change,
    Consequence,
    Flip,
    LawStands,
    Ordered,
    Outcome,
    Played,
    QualificationLost,
    RegionLost,
    Scenario,
    SupplierActs,
    Way,
)
from auditor.model.text import Text

_STATES = {State.NOT_REACHED: 0, State.UNKNOWN: 1, State.REACHED: 2}
_STANDINGS = {"home": 0, "shared": 0, "adequate": 1, "partly-adequate": 2, "third": 3}
_OUTCOMES = {Outcome.SPARED: 0, Outcome.UNKNOWN: 1, Outcome.HIT: 2}

Exposures = Mapping[str, tuple[Exposure, ...]]
"""Exposures by dependency."""


def play(
    scenario: Scenario,
    before: Assessment,
    catalogue: Catalogue,
    home: str,
    assess: Callable[[Catalogue], Assessment],
) -> Played:
    """*scenario* played on *before*, an assessment made with *catalogue* for *home*.

    *assess* makes the same assessment with another catalogue.
    """
    day = before.as_of
    offerings = [d.offering for d in before.footprint.dependencies if d.offering]
    operators = {
        operator for id_ in offerings if (operator := catalogue.offerings[id_].operator) is not None
    }
    supposed = suppose(scenario.changes, catalogue, operators, day)
    after = before if supposed is catalogue else assess(supposed)
    world = World(catalogue.entities, catalogue.jurisdictions, day, catalogue.words)
    grasps = Grasps(catalogue, day)

    def unexamined(change: Ordered, dependency: Dependency) -> tuple[Text, ...]:
        if change.laws or change.hooks or change.jurisdictions or change.relations:
            return ()
        offering, role, layer = dependency.offering, dependency.role, dependency.layer
        return grasps.unexamined(offering, role, layer, home, change.effect, change.standings)

    players = [
        _player(change, _by_dependency(before), _by_dependency(after), catalogue, world, unexamined)
        for change in scenario.changes
    ]
    consequences = tuple(
        _worst(player(dependency) for player in players)
        for dependency in before.footprint.dependencies
    )
    return Played(
        scenario=scenario,
        as_of=day,
        consequences=consequences,
        unseen=tuple(
            (part.domain, part.role)
            for part in before.footprint.parts
            if part.unnamed and not any(d.layer == "service" for d in part.dependencies)
        ),
        flips=tuple(_flips(before, after)),
        deadlines=deadlines(scenario, consequences, before, catalogue),
    )


def _by_dependency(assessment: Assessment) -> Exposures:
    grouped: dict[str, list[Exposure]] = {}
    for exposure in assessment.exposures:
        grouped.setdefault(exposure.dependency, []).append(exposure)
    return {dependency: tuple(exposures) for dependency, exposures in grouped.items()}


def _worst(consequences: Iterable[Consequence]) -> Consequence:
    return max(consequences, key=lambda consequence: _OUTCOMES[consequence.outcome])


def _flips(before: Assessment, after: Assessment) -> Iterator[Flip]:
    """Findings of the same rule on the same subject, in the order of the rules both times."""
    for old, new in zip(before.findings, after.findings, strict=True):
        if old.verdict is not new.verdict:
            yield Flip(old.verdict, new)


def _player(
    change: Change,
    before: Exposures,
    after: Exposures,
    catalogue: Catalogue,
    world: World,
    unexamined: Callable[[Ordered, Dependency], tuple[Text, ...]],
) -> Callable[[Dependency], Consequence]:
    """What *change* does to a dependency."""
    match change:
        case AdequacyEnds() | LawStands() | Acquired():
            return lambda dependency: _compared(change, dependency, before, after, world)
        case Ordered():
            return lambda dependency: _ordered(
                change, dependency, after, unexamined(change, dependency), world
            )
        case QualificationLost(scheme):
            return lambda dependency: _unqualified(scheme, dependency, catalogue, world)
        case RegionLost(country):
            return lambda dependency: _without_region(country, dependency, world)
        case SupplierActs():
            return lambda dependency: _supplier(change, dependency, catalogue, world)
    assert_never(change)


def _compared(
    change: AdequacyEnds | LawStands | Acquired,
    dependency: Dependency,
    before: Exposures,
    after: Exposures,
    world: World,
) -> Consequence:
    """What the exposures of *dependency* say after that they did not say before.

    What was open before and stays open is not spared: it may be what changes.
    """
    if dependency.offering is None:
        return _unidentified(dependency, world)
    known = {_key(exposure): _weight(exposure) for exposure in before.get(dependency.id, ())}
    live = [x for x in after.get(dependency.id, ()) if x.grasp.state is not State.NOT_REACHED]
    if isinstance(change, AdequacyEnds):
        # A ground for transfers (GDPR, Article 45): it says nothing of who can stop a service.
        live = [x for x in live if x.grasp.effect is Effect.DISCLOSURE]
    worse = [x for x in live if _weight(x) > known.get(_key(x), (0, 0))]
    if not worse and not isinstance(change, AdequacyEnds):
        concerned = [x for x in live if _concerns(change, x, world)]
        if all(x.grasp.state is State.UNKNOWN for x in concerned):
            worse = concerned
    return _from_exposures(dependency, worse, world)


def _concerns(change: LawStands | Acquired, exposure: Exposure, world: World) -> bool:
    """Whether *change* can bear on *exposure*."""
    grasp = exposure.grasp
    if isinstance(change, LawStands):
        return grasp.law == change.law
    inside = world.inside(change.country, grasp.jurisdiction)
    return grasp.relation == "owner" and bool(inside)


def _key(exposure: Exposure) -> tuple[str, ...]:
    grasp = exposure.grasp
    return grasp.law, grasp.effect, grasp.hook, grasp.relation


def _weight(exposure: Exposure) -> tuple[int, int]:
    return _STATES[exposure.grasp.state], _STANDINGS[exposure.standing]


def _ordered(
    change: Ordered,
    dependency: Dependency,
    exposures: Exposures,
    unexamined: tuple[Text, ...],
    world: World,
) -> Consequence:
    """Whether somebody behind *dependency* can be given the order.

    Not known when none can by the laws on record, but they do not cover every State behind it.
    """
    chosen = [
        exposure
        for exposure in exposures.get(dependency.id, ())
        if exposure.grasp.effect is change.effect
        and exposure.standing in change.standings
        and (not change.jurisdictions or exposure.grasp.jurisdiction in change.jurisdictions)
        and (not change.laws or exposure.grasp.law in change.laws)
        and (not change.hooks or exposure.grasp.hook in change.hooks)
        and (not change.relations or exposure.grasp.relation in change.relations)
    ]
    consequence = _from_exposures(dependency, chosen, world)
    if consequence.outcome is Outcome.SPARED and unexamined:
        return Consequence(dependency.id, Outcome.UNKNOWN, change.effect, missing=unexamined)
    return consequence


def _from_exposures(dependency: Dependency, exposures: list[Exposure], world: World) -> Consequence:
    """The strongest of *exposures*: what is reached, else what may be."""
    for state, outcome in ((State.REACHED, Outcome.HIT), (State.UNKNOWN, Outcome.UNKNOWN)):
        found = [exposure for exposure in exposures if exposure.grasp.state is state]
        if found:
            laws: dict[tuple[Step, ...], dict[str, None]] = {}
            for exposure in found:
                laws.setdefault(exposure.grasp.path, {})[exposure.grasp.law] = None
            ways = tuple(Way(path, tuple(by)) for path, by in laws.items())
            doubts = [text for exposure in found for text in exposure.grasp.missing]
            effect = found[0].grasp.effect
            return _weighed(dependency, outcome, effect, ways, doubts, world)
    return Consequence(dependency.id, Outcome.SPARED)


def _weighed(
    dependency: Dependency,
    outcome: Outcome,
    effect: Effect | None,
    ways: tuple[Way, ...],
    doubts: Iterable[Text],
    world: World,
) -> Consequence:
    """*outcome*, unless the service is only believed to be in use: then it is not established."""
    missing = list(doubts)
    if dependency.confidence is Confidence.LOW:
        missing.insert(0, world.missing("use", party=dependency.label))
    elif not dependency.verified:
        missing.insert(0, world.missing("attribution", party=dependency.label))
    if missing:
        outcome = Outcome.UNKNOWN
    return Consequence(dependency.id, outcome, effect, ways, tuple(dict.fromkeys(missing)))


def _unidentified(dependency: Dependency, world: World) -> Consequence:
    missing = (world.words["missing.unidentified"],)
    return Consequence(dependency.id, Outcome.UNKNOWN, missing=missing)


def _unqualified(
    scheme: str, dependency: Dependency, catalogue: Catalogue, world: World
) -> Consequence:
    """Whether the service holds the qualification today, and so would lose it."""
    if dependency.offering is None:
        return _unidentified(dependency, world)
    offering = catalogue.offerings[dependency.offering]
    held = [q for q in offering.qualifications if q.scheme == scheme and q.period.holds(world.day)]
    if any(q.provenance.verified for q in held):
        return Consequence(dependency.id, Outcome.HIT)
    if held:
        missing = (world.missing("verification", party=offering.name),)
        return Consequence(dependency.id, Outcome.UNKNOWN, missing=missing)
    return Consequence(dependency.id, Outcome.SPARED)


def _without_region(country: str, dependency: Dependency, world: World) -> Consequence:
    """Whether all of *dependency* stands in the country that is lost.

    Where a block of addresses is registered does not tell where a machine stands.
    """
    fixed = {place.country for place in dependency.location if place.source != "registry"}
    lost = fixed if not country and len(fixed) == 1 else {country}
    if fixed and fixed <= lost:
        return _weighed(dependency, Outcome.HIT, Effect.INTERRUPTION, (), (), world)
    if country and fixed and not fixed & lost:
        return Consequence(dependency.id, Outcome.SPARED)
    missing = [world.missing("location", party=dependency.label)]
    return _weighed(dependency, Outcome.UNKNOWN, Effect.INTERRUPTION, (), missing, world)


def _supplier(
    change: SupplierActs, dependency: Dependency, catalogue: Catalogue, world: World
) -> Consequence:
    """Who stands behind *dependency* and could act."""
    if dependency.offering is None:
        return _unidentified(dependency, world)
    offering = catalogue.offerings[dependency.offering]
    open_: list[Text] = []
    for relation in change.relations:
        behind, unknown = parties(relation, offering, world)
        if behind:
            ways = tuple(Way(party.path) for party in behind)
            doubts = [
                world.missing("verification", party=party.entity.name)
                for party in behind
                if not party.verified
            ]
            return _weighed(dependency, Outcome.HIT, change.effect, ways, doubts, world)
        open_ += unknown
    return _weighed(dependency, Outcome.UNKNOWN, change.effect, (), open_, world)
