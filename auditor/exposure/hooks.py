"""Test the hooks of a law against the parties behind an offering.

Each test answers yes, no or not known, and says by which party and what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from auditor.exposure.parties import Party, World, owners, parties
from auditor.model.assessment import State, Step
from auditor.model.law import Hook
from auditor.model.party import Offering
from auditor.model.text import Text


@dataclass(frozen=True, slots=True)
class Answer:
    """What a hook says of one party."""

    state: State
    path: tuple[Step, ...]
    missing: tuple[Text, ...] = ()


def answer(
    hook: Hook, relation: str, jurisdiction: str, offering: Offering | None, world: World
) -> Answer:
    """What *hook* of a law of *jurisdiction* says of the parties in *relation* to *offering*.

    Of somebody not identified when *offering* is None.
    """
    if offering is None:
        return Answer(State.UNKNOWN, (), (world.words["missing.unidentified"],))
    return _TESTS[hook](relation, jurisdiction, offering, world)


def _decide(
    candidates: list[Party],
    missing: list[Text],
    holds: Callable[[Party], bool | None],
    unclear: str,
    world: World,
    jurisdiction: str,
) -> Answer:
    """Yes by the first party for whom *holds*, verified ones first; no only when all is known."""
    open_points = list(missing)
    yes: list[Party] = []
    for party in candidates:
        verdict = holds(party)
        if verdict:
            yes.append(party)
        elif verdict is None:
            open_points.append(
                world.missing(
                    unclear,
                    party=party.entity.name,
                    country=world.jurisdictions[jurisdiction].name,
                )
            )
        elif not party.verified:
            open_points.append(world.missing("verification", party=party.entity.name))
    if yes:
        party = min(yes, key=lambda p: (not p.verified, len(p.path)))
        if party.verified:
            return Answer(State.REACHED, party.path)
        weak = [step.name for step in party.path if not step.verified] or [party.entity.name]
        return Answer(
            State.UNKNOWN,
            party.path,
            tuple(world.missing("verification", party=name) for name in weak),
        )
    path = candidates[0].path if candidates else ()
    if open_points:
        return Answer(State.UNKNOWN, path, tuple(dict.fromkeys(open_points)))
    return Answer(State.NOT_REACHED, path)


def _incorporation(relation: str, jurisdiction: str, offering: Offering, world: World) -> Answer:
    found, missing = parties(relation, offering, world)
    return _decide(
        found,
        missing,
        lambda party: world.inside(party.entity.incorporated_in, jurisdiction),
        "incorporation",
        world,
        jurisdiction,
    )


def _parent_control(relation: str, jurisdiction: str, offering: Offering, world: World) -> Answer:
    """A controlling owner, at any height, of a party in the relation is incorporated there."""
    found, missing = parties("operator" if relation == "owner" else relation, offering, world)
    controlling: list[Party] = []
    for party in found:
        above, known = owners(party, world)
        controlling += above
        missing += [world.missing("owners", party=e.name) for e in known.unknown]
        missing += [world.missing("verification", party=e.name) for e in known.unverified]
    return _decide(
        controlling,
        missing,
        lambda party: world.inside(party.entity.incorporated_in, jurisdiction),
        "incorporation",
        world,
        jurisdiction,
    )


def _presence(relation: str, jurisdiction: str, offering: Offering, world: World) -> Answer:
    """Established there: incorporated, seated, or with an establishment or subsidiary."""

    def established(party: Party) -> bool | None:
        entity = party.entity
        places = (entity.incorporated_in, entity.seat, *entity.establishments)
        if any(world.inside(place, jurisdiction) for place in places):
            return True
        return False if entity.establishments_known and entity.incorporated_in else None

    found, missing = parties(relation, offering, world)
    return _decide(found, missing, established, "establishment", world, jurisdiction)


def _services_offered(relation: str, jurisdiction: str, offering: Offering, world: World) -> Answer:
    """Offers services there: certain only for those established there, else not observable."""

    def offers(party: Party) -> bool | None:
        entity = party.entity
        places = (entity.incorporated_in, entity.seat, *entity.establishments)
        return True if any(world.inside(place, jurisdiction) for place in places) else None

    found, missing = parties(relation, offering, world)
    return _decide(found, missing, offers, "services", world, jurisdiction)


def _technology_origin(
    relation: str, jurisdiction: str, offering: Offering, world: World
) -> Answer:
    """The item is of that origin: its supplier, or an operator that makes its own, is of there."""
    found, missing = parties(relation, offering, world)
    operator = world.operator(offering)
    candidates = list(found)
    for party in found:
        candidates += owners(party, world)[0]
    if operator is not None:
        candidates += [operator, *owners(operator, world)[0]]
    return _decide(
        candidates,
        missing,
        lambda party: world.inside(party.entity.incorporated_in, jurisdiction),
        "incorporation",
        world,
        jurisdiction,
    )


def _territory(relation: str, jurisdiction: str, offering: Offering, world: World) -> Answer:
    """The bytes are there, as the offering fixes it; the registry of a prefix proves nothing."""
    operator = world.operator(offering)
    path = operator.path if operator else ()
    if not offering.regions:
        return Answer(State.UNKNOWN, path, (world.missing("location", party=offering.name),))
    there = [r for r in offering.regions if world.inside(r, jurisdiction)]
    if not offering.provenance.verified:
        return Answer(State.UNKNOWN, path, (world.missing("verification", party=offering.name),))
    if not there:
        return Answer(State.NOT_REACHED, path)
    country = world.jurisdictions[there[0]].name
    site = Step("", country.en, "site", there[0], country, True)
    return Answer(State.REACHED, (*path, site))


def _of_the_customer(relation: str, jurisdiction: str, offering: Offering, world: World) -> Answer:
    """Rests on persons, whom no look-up from outside shows."""
    operator = world.operator(offering)
    return Answer(
        State.UNKNOWN,
        operator.path if operator else (),
        (world.missing("persons", country=world.jurisdictions[jurisdiction].name),),
    )


_TESTS: Mapping[Hook, Callable[[str, str, Offering, World], Answer]] = {
    Hook.INCORPORATION: _incorporation,
    Hook.PARENT_CONTROL: _parent_control,
    Hook.POSSESSION_CUSTODY_CONTROL: _presence,
    Hook.PRESENCE: _presence,
    Hook.SERVICES_OFFERED: _services_offered,
    Hook.TERRITORY_OF_DATA: _territory,
    Hook.TECHNOLOGY_ORIGIN: _technology_origin,
    Hook.NATIONALITY: _of_the_customer,
    Hook.SANCTIONS_LIST: _of_the_customer,
}


def unverified(held: Answer, statement: Text) -> Answer:
    """*held*, now held to be unknown because a statement it rests on was not verified."""
    if held.state is not State.REACHED:
        return held
    return replace(held, state=State.UNKNOWN, missing=(*held.missing, statement))
