"""What could take the place of an exposed service, judged by the same engine.

No offering is proposed by its label or its country: it is proposed when the laws
applied to its own operator and owners reach it in none of the roles it would take over.
Where the law of a State behind it was not examined, that is open, and told apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.holders import holders
from auditor.exposure.grasps import Grasps
from auditor.model.assessment import Assessment, Grasp, State
from auditor.model.footprint import Dependency
from auditor.model.law import Effect
from auditor.model.party import Offering
from auditor.model.rule import Verdict
from auditor.model.target import Target
from auditor.model.text import Text
from auditor.model.way_out import Alternative, Effects, Left, Move, Plan, Prices, WayOut

OUTSIDE = frozenset({"third", "partly-adequate"})
"""Standings of the laws that one would leave."""
RESERVED = frozenset({"public-operator"})
"""Categories of what only the members of a public body can buy."""

_RANK = {State.NOT_REACHED: 0, State.UNKNOWN: 1, State.REACHED: 2}


def plan(
    assessment: Assessment,
    catalogue: Catalogue,
    grasps: Grasps,
    home: str,
    prices: Prices | None = None,
) -> Plan:
    """The ways out of what *assessment* finds exposed to the law of states outside.

    *grasps* are of the same catalogue and day.
    """
    market = _Market(catalogue, grasps, home, prices)
    services = list(_services(assessment, catalogue))
    ways = [
        way
        for move, group in services
        if (way := market.way(move, group, assessment, services)) is not None
    ]
    ways.sort(key=lambda way: (not way.alternatives, -way.weight, way.label.casefold()))
    states = {(way.move.id, way.offering): way.effects for way in ways}
    others = [
        market.effects(group[0].offering, {d.role for d in group})
        for move, group in services
        if (move.id, group[0].offering) not in states
    ]
    after = []
    for way in ways:
        if way.alternatives:
            states[way.move.id, way.offering] = way.alternatives[0].effects
            after.append(_left((*states.values(), *others)))
    return Plan(
        as_of=assessment.as_of,
        ways=tuple(ways),
        before=_left((*(way.effects for way in ways), *others)),
        after=tuple(after),
        applied=tuple(sorted({law.jurisdiction for law in catalogue.laws.values()})),
        switching=catalogue.moves.switching,
        prices=prices,
    )


_Service = tuple[Move, list[Dependency]]


def _services(assessment: Assessment, catalogue: Catalogue) -> Iterator[_Service]:
    """The identified services, each with the dependencies on it that move together."""
    for move in catalogue.moves.moves:
        groups: dict[str, list[Dependency]] = {}
        for dependency in assessment.footprint.dependencies:
            if dependency.layer == "service" and dependency.role in move.roles:
                groups.setdefault(dependency.offering or dependency.label, []).append(dependency)
        yield from ((move, group) for group in groups.values())


class _Market:
    """What there is to be had, and how each offering stands."""

    def __init__(
        self, catalogue: Catalogue, grasps: Grasps, home: str, prices: Prices | None
    ) -> None:
        self._catalogue = catalogue
        self._grasps = grasps
        self._home = home
        self._prices = prices

    def way(
        self,
        move: Move,
        group: list[Dependency],
        assessment: Assessment,
        services: Iterable[_Service],
    ) -> WayOut | None:
        """The way out of the service of *group*; None when no law outside reaches it."""
        offering = group[0].offering
        roles = {d.role for d in group}
        effects = self.effects(offering, roles)
        sure = [d for d in group if d.verified and d.confidence != "low"]
        if offering is None or not sure or not _is_reached(effects):
            return None
        known = self._catalogue.offerings[offering]
        others = [
            other
            for other in self._catalogue.offerings.values()
            if other.id != offering and roles <= other.roles and self._is_for_sale(other)
        ]
        verified = [other for other in others if self._is_verified(other)]
        states = [(other, self.effects(other.id, roles)) for other in verified]
        clear = [self._alternative(o, held, roles) for o, held in states if not _is_reached(held)]
        clear.sort(key=lambda a: (bool(a.unexamined), _unknown(a.effects), a.name.casefold()))
        ids = frozenset(d.id for d in group)
        return WayOut(
            move=move,
            offering=offering,
            label=known.name,
            domains=tuple(dict.fromkeys(d.domain for d in group)),
            roles=tuple(sorted(roles)),
            dependencies=tuple(d.id for d in group),
            effects=effects,
            weight=_weight(assessment, ids, self._catalogue),
            alternatives=tuple(clear),
            reached=len(states) - len(clear),
            unverified=len(others) - len(verified),
            coupled=self._coupled(known, move, services),
            ends=_ends(assessment.target, offering),
            cost=self._prices.total(offering) if self._prices else None,
        )

    def effects(self, offering: str | None, roles: Iterable[str]) -> Effects:
        """How the laws outside stand to *offering* in *roles*, effect by effect."""
        states: dict[Effect, State] = {}
        for standing in self._outside(offering, roles):
            effect, state = standing.effect, standing.state
            held = states.get(effect)
            if held is None or _RANK[state] > _RANK[held]:
                states[effect] = state
        for effect in Effect:
            if states.get(effect) is not State.REACHED and self._unexamined(
                offering, roles, effect
            ):
                states[effect] = State.UNKNOWN
        return tuple((effect, states[effect]) for effect in Effect if effect in states)

    def _outside(self, offering: str | None, roles: Iterable[str]) -> Iterator[Grasp]:
        for role in sorted(roles):
            for standing in self._grasps.on(offering, role, "service", self._home):
                if standing.standing in OUTSIDE:
                    yield standing.grasp

    def _unexamined(
        self, offering: str | None, roles: Iterable[str], effect: Effect
    ) -> tuple[Text, ...]:
        """What the law of a State behind *offering* allows, where no law on record covers it."""
        told = [
            text
            for role in sorted(roles)
            for text in self._grasps.unexamined(
                offering, role, "service", self._home, effect, OUTSIDE
            )
        ]
        return tuple(dict.fromkeys(told))

    def _is_for_sale(self, offering: Offering) -> bool:
        """Whether anybody can buy it, and not the members of a public body alone."""
        operator = self._catalogue.entities.get(offering.operator or "")
        reserved = operator is not None and operator.public
        return not reserved and not RESERVED & set(offering.category)

    def _is_verified(self, offering: Offering) -> bool:
        """Whether everything that would decide a verdict on it was read in a source."""
        held = holders(offering.id, self._catalogue, self._grasps.day)
        return (
            held is not None and held.certain and self._grasps.controllers(offering.id) is not None
        )

    def _alternative(self, offering: Offering, effects: Effects, roles: set[str]) -> Alternative:
        missing: dict[Text, None] = {}
        for grasp in self._outside(offering.id, roles):
            if grasp.state is State.UNKNOWN:
                missing |= dict.fromkeys(grasp.missing)
        unexamined: dict[Text, None] = {}
        for effect in Effect:
            unexamined |= dict.fromkeys(self._unexamined(offering.id, roles, effect))
        return Alternative(
            offering=offering.id,
            name=offering.name,
            operator=self._catalogue.entities[offering.operator or ""].name,
            controlled_from=self._grasps.controllers(offering.id) or (),
            effects=effects,
            missing=tuple(missing | unexamined),
            unexamined=tuple(unexamined),
            cost=self._prices.total(offering.id) if self._prices else None,
        )

    def _coupled(
        self, offering: Offering, move: Move, services: Iterable[_Service]
    ) -> tuple[Text, ...]:
        """The names of the other moves in which the operator of *offering* serves as well."""
        return tuple(
            dict.fromkeys(
                other.name
                for other, group in services
                if other is not move
                and (also := self._catalogue.offerings.get(group[0].offering or "")) is not None
                and also.operator == offering.operator
            )
        )


def _is_reached(effects: Effects) -> bool:
    return any(state is State.REACHED for _, state in effects)


def _unknown(effects: Effects) -> int:
    return sum(state is State.UNKNOWN for _, state in effects)


def _weight(assessment: Assessment, dependencies: frozenset[str], catalogue: Catalogue) -> int:
    """The points that the criteria not met on *dependencies* put at stake."""
    return sum(
        catalogue.weights[finding.severity]
        for finding in assessment.findings
        if finding.verdict is Verdict.FAIL and dependencies & set(finding.dependencies)
    )


def _ends(target: Target, offering: str) -> date | None:
    """The end of the contract on *offering*, or else of the contract at stake."""
    contracts = [service.contract for service in target.declared if service.offering == offering]
    for contract in (*contracts, target.contract):
        if contract is not None and contract.ends is not None:
            return contract.ends
    return None


def _left(services: Iterable[Effects]) -> tuple[Left, ...]:
    counts = Counter(pair for effects in services for pair in effects)
    return tuple(
        Left(effect, counts[effect, State.REACHED], counts[effect, State.UNKNOWN])
        for effect in Effect
    )
