"""Every law against every offering: computed once for a day, shared by all targets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from auditor.catalogue.catalogue import Catalogue
from auditor.exposure.hooks import Answer, answer, unverified
from auditor.exposure.ownership import controllers
from auditor.exposure.parties import World
from auditor.exposure.standing import standing
from auditor.exposure.unexamined import Unexamined
from auditor.model.assessment import Grasp, State
from auditor.model.law import Effect, Force, Hook, Law, Shield, Validity
from auditor.model.party import Offering
from auditor.model.text import Text

_Heard = dict[tuple[Hook, str, str], Answer]
"""What hook, relation and jurisdiction say of one offering, for all laws of that jurisdiction."""

_RANK = {State.REACHED: 0, State.UNKNOWN: 1, State.NOT_REACHED: 2}


class Standing(NamedTuple):
    """A grasp, and how its jurisdiction stands to one home."""

    grasp: Grasp
    standing: str


class Grasps:
    """The laws of a catalogue applied, as of one day, to any offering and any home."""

    def __init__(self, catalogue: Catalogue, day: date) -> None:
        self.day = day
        self._catalogue = catalogue
        self._world = World(catalogue.entities, catalogue.jurisdictions, day, catalogue.words)
        self._laws = tuple((law, law.on(day)) for law in catalogue.laws.values())
        self._scopes = frozenset(shield.scope for shield in catalogue.shields)
        self._unexamined = Unexamined(catalogue, self._world)
        self._of: dict[str | None, tuple[Grasp, ...]] = {}
        self._for: dict[tuple[str | None, str, str, str], tuple[Standing, ...]] = {}
        self._parties: dict[str, frozenset[str]] = {}
        self._standings: dict[tuple[str, str], str] = {}
        self._controllers: dict[str, tuple[str, ...] | None] = {}

    def of(self, offering: str | None) -> tuple[Grasp, ...]:
        """How each law takes hold of *offering*; of somebody not identified when None."""
        if offering not in self._of:
            known = self._catalogue.offerings[offering] if offering else None
            heard: _Heard = {}
            self._of[offering] = tuple(
                [
                    grasp
                    for law, validity in self._laws
                    for grasp in self._law(law, validity, known, heard)
                ]
            )
        return self._of[offering]

    def parties(self, offering: str) -> frozenset[str]:
        """Ids of the entities that stand on the path of a grasp on *offering*."""
        if offering not in self._parties:
            steps = (step for grasp in self.of(offering) for step in grasp.path)
            self._parties[offering] = frozenset(step.entity for step in steps if step.entity)
        return self._parties[offering]

    def on(self, offering: str | None, role: str, layer: str, home: str) -> tuple[Standing, ...]:
        """The grasps on *offering* in *role*: only effects that a party there has the means for."""
        key = (offering, role, layer, home)
        if key not in self._for:
            means = self._means(offering, role, layer)
            self._for[key] = tuple(
                Standing(grasp, self.standing(home, grasp.jurisdiction))
                for grasp in self.of(offering)
                if grasp.effect in means and (not grasp.roles or role in grasp.roles)
            )
        return self._for[key]

    def standing(self, home: str, foreign: str) -> str:
        """See `exposure.standing`."""
        key = (home, foreign)
        if key not in self._standings:
            self._standings[key] = standing(home, foreign, self._catalogue.jurisdictions, self.day)
        return self._standings[key]

    def unexamined(
        self,
        offering: str | None,
        role: str,
        layer: str,
        home: str,
        effect: Effect,
        standings: Collection[str],
    ) -> tuple[Text, ...]:
        """What is not known of *offering*, since no law on record covers a State behind it.

        Of States that stand to *home* in one of *standings*, and of an effect
        that a party there has the means for; see `exposure.unexamined`.
        """
        if effect not in self._means(offering, role, layer):
            return ()
        known = self._catalogue.offerings[offering] if offering else None
        names, words = self._catalogue.jurisdictions, self._catalogue.words
        called = words[f"unexamined.{effect}"]
        return tuple(
            self._world.missing("unexamined", country=names[country].name, effect=called)
            for country in self._unexamined.countries(offering, role, effect)
            if self.standing(home, country) in standings
            and self._shield(known, effect, country) is None
        )

    def controllers(self, offering: str | None) -> tuple[str, ...] | None:
        """The jurisdictions from where *offering* is controlled; None when not known."""
        if offering is None:
            return None
        if offering not in self._controllers:
            operator = self._catalogue.offerings[offering].operator
            self._controllers[offering] = (
                controllers(self._catalogue.entities[operator], self._catalogue.entities, self.day)
                if operator
                else None
            )
        return self._controllers[offering]

    def _means(self, offering: str | None, role: str, layer: str) -> frozenset[str]:
        means = getattr(self._catalogue.roles[role], layer)
        cannot: frozenset[str] = (
            self._catalogue.offerings[offering].cannot if offering else frozenset()
        )
        return frozenset(means) - cannot

    def _law(
        self, law: Law, validity: Validity | None, offering: Offering | None, heard: _Heard
    ) -> list[Grasp]:
        """The grasps of *law* on *offering*, of which *heard* remembers what was asked before."""
        force = validity.force if validity else Force.NOT_YET
        grasps: dict[tuple[Effect, Hook, str], Grasp] = {}
        for reach in law.reaches:
            for relation in reach.relations:
                asked = (reach.hook, relation, law.jurisdiction)
                if asked not in heard:
                    heard[asked] = answer(*asked, offering, self._world)
                held = self._weigh(heard[asked], law, reach.settled, reach.why, validity)
                for effect in reach.effects:
                    grasp = Grasp(
                        law=law.id,
                        jurisdiction=law.jurisdiction,
                        effect=effect,
                        hook=reach.hook,
                        relation=relation,
                        path=held.path,
                        state=held.state,
                        force=force,
                        missing=held.missing,
                        why=reach.why,
                        roles=reach.roles,
                    )
                    grasp = self._mitigated(grasp, offering)
                    key = (effect, reach.hook, relation)
                    if key not in grasps or _RANK[grasp.state] < _RANK[grasps[key].state]:
                        grasps[key] = grasp
        # Of what does not reach, the first is kept: that a qualification cut it tells most.
        told = sorted(grasps.values(), key=lambda grasp: grasp.why not in self._scopes)
        return _without_repetition(told)

    def _weigh(
        self, held: Answer, law: Law, settled: bool, why: Text, validity: Validity | None
    ) -> Answer:
        """Bring in the state of the law on the day, and what is not settled or not verified."""
        force = validity.force if validity else Force.NOT_YET
        if force in (Force.LAPSED, Force.PROPOSED, Force.NOT_YET):
            return Answer(State.NOT_REACHED, held.path)
        if not settled:
            held = unverified(held, self._world.missing("settled", why=why))
        if force in (Force.CONTESTED, Force.LAPSED_WITH_TAIL):
            held = unverified(held, self._world.missing(f"force-{force}", law=law.short))
        if not law.provenance.verified or (validity and not validity.provenance.verified):
            held = unverified(held, self._world.missing("law", law=law.short))
        return held

    def _mitigated(self, grasp: Grasp, offering: Offering | None) -> Grasp:
        """Keys that only the customer holds, or a qualification, cut the effect they are made for.

        A qualification is no answer to a path that shows what it excludes: the
        two contradict each other, and which holds is not known.
        """
        if offering is None or grasp.state is State.NOT_REACHED:
            return grasp
        shield = self._shield(offering, grasp.effect, grasp.jurisdiction)
        if shield is not None:
            if grasp.state is State.REACHED:
                return grasp._replace(state=State.UNKNOWN, missing=(shield.contradicted,))
            return grasp._replace(state=State.NOT_REACHED, missing=(), why=shield.scope)
        if (
            grasp.state is State.REACHED
            and grasp.effect is Effect.DISCLOSURE
            and offering.keys == "customer"
        ):
            missing = self._world.missing("customer-keys", party=offering.name)
            return grasp._replace(state=State.UNKNOWN, missing=(missing,))
        return grasp

    def _shield(
        self, offering: Offering | None, effect: Effect, jurisdiction: str
    ) -> Shield | None:
        """The qualification that cuts *effect* of the law of *jurisdiction* on *offering* today."""
        held = offering.qualifications if offering else ()
        for shield in self._catalogue.shields if held else ():
            if (
                shield.effect is effect
                and not self._world.inside(jurisdiction, shield.outside)
                and any(
                    q.scheme in shield.schemes
                    and q.provenance.verified
                    and q.period.end is not None
                    and q.period.holds(self.day)
                    for q in held
                )
            ):
                return shield
        return None


def _without_repetition(grasps: list[Grasp]) -> list[Grasp]:
    """Drop "not reached" where the law is not clear of that effect; keep one where it is."""
    kept: dict[tuple[Effect, object], Grasp] = {}
    live = {grasp.effect for grasp in grasps if grasp.state is not State.NOT_REACHED}
    for grasp in grasps:
        if grasp.state is State.NOT_REACHED:
            if grasp.effect not in live:
                kept.setdefault((grasp.effect, None), grasp)
        else:
            kept[(grasp.effect, (grasp.hook, grasp.relation))] = grasp
    return list(kept.values())


def countries(grasps: tuple[Grasp, ...]) -> Mapping[str, State]:
    """The strongest state for each jurisdiction."""
    strongest: dict[str, State] = {}
    for grasp in grasps:
        held = strongest.get(grasp.jurisdiction)
        if held is None or _RANK[grasp.state] < _RANK[held]:
            strongest[grasp.jurisdiction] = grasp.state
    return strongest
