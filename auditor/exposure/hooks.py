"""Test the hooks of a law against the parties behind an offering.

Each test answers yes, no or not known, and says by which party and what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from auditor.exposure.ownership import Holding, Ownership, ownership
from auditor.model.assessment import State, Step
from auditor.model.law import Hook, Jurisdiction, Reach
from auditor.model.party import LegalEntity, Offering, Stake, Supply
from auditor.model.text import Text

Words = Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Party:
    """A legal entity behind an offering, with the way to it."""

    entity: LegalEntity
    path: tuple[Step, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a hook says of one party."""

    state: State
    path: tuple[Step, ...]
    missing: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """What the tests need beside the offering: the entities, the legal spaces, the day, our words."""

    entities: Mapping[str, LegalEntity]
    jurisdictions: Mapping[str, Jurisdiction]
    day: date
    words: Words

    def inside(self, country: str | None, jurisdiction: str) -> bool | None:
        """Whether *country* is, or belongs to, *jurisdiction*; None when the country is not known."""
        if country is None:
            return None
        known = self.jurisdictions.get(country)
        return country == jurisdiction or bool(known and jurisdiction in known.within)

    def missing(self, point: str, **values: Text | str) -> Text:
        """The sentence for a missing fact, from `rules/words.yaml`."""
        return self.words[f"missing.{point}"].format(**values)


def answers(reach: Reach, jurisdiction: str, offering: Offering, world: World) -> Iterator[
    tuple[str, Answer]
]:
    """What *reach* of a law of *jurisdiction* says of each relation it names, one answer for each."""
    for relation in reach.relations:
        test = _TESTS[reach.hook]
        yield relation, test(relation, jurisdiction, offering, world)


def operator_party(offering: Offering, world: World) -> Party | None:
    """The operator of *offering*; None when it is not known."""
    if offering.operator is None:
        return None
    entity = world.entities[offering.operator]
    verified = offering.provenance.verified and entity.provenance.verified
    step = Step(entity.id, entity.name, "operator", _country(entity), None, verified)
    return Party(entity, (step,), verified)


def _suppliers(
    relation: str, supplies: tuple[Supply, ...], origin: Party, world: World
) -> list[Party]:
    parties = []
    for supply in supplies:
        if not supply.period.holds(world.day):
            continue
        entity = world.entities[supply.entity]
        verified = supply.provenance.verified and entity.provenance.verified
        step = Step(entity.id, entity.name, relation, _country(entity), supply.what, verified)
        parties.append(Party(entity, (*origin.path, step), verified))
    return parties


def _owners(party: Party, world: World) -> tuple[list[Party], Ownership]:
    above = ownership(party.entity, world.entities, world.day)
    return [_owner(party, holding) for holding in above.holdings], above


def _owner(party: Party, holding: Holding) -> Party:
    steps = tuple(_owner_step(stake, owner) for stake, owner in holding.chain)
    return Party(holding.owner, (*party.path, *steps), party.verified and holding.verified)


def _owner_step(stake: Stake, owner: LegalEntity) -> Step:
    verified = stake.provenance.verified and owner.provenance.verified
    return Step(owner.id, owner.name, "owner", _country(owner), _share(stake), verified)


def _share(stake: Stake) -> Text | None:
    share = stake.votes if stake.votes is not None else stake.capital
    if share is None:
        return None
    number = f"{share:g}"
    return Text(fr=f"{number.replace('.', ',')}\u00a0%", en=f"{number}%")


def _country(entity: LegalEntity) -> str:
    return entity.incorporated_in or entity.seat or ""


def _bases(relation: str, offering: Offering, world: World) -> tuple[list[Party], list[Text]]:
    """The parties in *relation* to the offering, and what is not known of that list."""
    operator = operator_party(offering, world)
    if operator is None:
        return [], [world.missing("operator", party=offering.name)]
    match relation:
        case "operator":
            return [operator], []
        case "owner":
            owners, above = _owners(operator, world)
            return owners, [world.missing("owners", party=e.name) for e in above.unknown] + [
                world.missing("verification", party=e.name) for e in above.unverified
            ]
        case "technology":
            suppliers = _suppliers(relation, offering.technology, operator, world)
            return suppliers, (
                [] if suppliers else [world.missing("technology", party=offering.name)]
            )
        case "sub-processor":
            processors = _suppliers(relation, offering.subprocessors, operator, world)
            return processors, (
                []
                if offering.subprocessors_known
                else [world.missing("sub-processors", party=offering.name)]
            )
    return [], [world.missing("location", party=offering.name)]


def _decide(
    parties: list[Party], missing: list[Text], holds: Callable[[Party], bool | None], unclear: str,
    world: World, jurisdiction: str,
) -> Answer:
    """Yes by the first party for whom *holds*, verified ones first; no only when all is known."""
    open_points = list(missing)
    yes: list[Party] = []
    for party in parties:
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
    path = parties[0].path if parties else ()
    if open_points:
        return Answer(State.UNKNOWN, path, tuple(dict.fromkeys(open_points)))
    return Answer(State.NOT_REACHED, path)


def _incorporation(relation: str, jurisdiction: str, offering: Offering, world: World) -> Answer:
    parties, missing = _bases(relation, offering, world)
    return _decide(
        parties,
        missing,
        lambda party: world.inside(party.entity.incorporated_in, jurisdiction),
        "incorporation",
        world,
        jurisdiction,
    )


def _parent_control(relation: str, jurisdiction: str, offering: Offering, world: World) -> Answer:
    """A controlling owner, at any height, of a party in the relation is incorporated there."""
    parties, missing = _bases("operator" if relation == "owner" else relation, offering, world)
    owners: list[Party] = []
    for party in parties:
        above, known = _owners(party, world)
        owners += above
        missing += [world.missing("owners", party=e.name) for e in known.unknown]
        missing += [world.missing("verification", party=e.name) for e in known.unverified]
    return _decide(
        owners,
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

    parties, missing = _bases(relation, offering, world)
    return _decide(parties, missing, established, "establishment", world, jurisdiction)


def _services_offered(relation: str, jurisdiction: str, offering: Offering, world: World) -> Answer:
    """Offers services there: certain only for those established there, else not observable."""

    def offers(party: Party) -> bool | None:
        entity = party.entity
        places = (entity.incorporated_in, entity.seat, *entity.establishments)
        return True if any(world.inside(place, jurisdiction) for place in places) else None

    parties, missing = _bases(relation, offering, world)
    return _decide(parties, missing, offers, "services", world, jurisdiction)


def _technology_origin(
    relation: str, jurisdiction: str, offering: Offering, world: World
) -> Answer:
    """The item is of that origin: its supplier, or an operator that makes its own, is of there."""
    parties, missing = _bases(relation, offering, world)
    operator = operator_party(offering, world)
    candidates = list(parties)
    for party in parties:
        candidates += _owners(party, world)[0]
    if operator is not None:
        candidates += [operator, *_owners(operator, world)[0]]
    return _decide(
        candidates,
        missing,
        lambda party: world.inside(party.entity.incorporated_in, jurisdiction),
        "incorporation",
        world,
        jurisdiction,
    )


def _territory(relation: str, jurisdiction: str, offering: Offering, world: World) -> Answer:
    """The bytes are there, as the offering itself fixes it; a prefix's registry country proves nothing."""
    operator = operator_party(offering, world)
    path = operator.path if operator else ()
    if not offering.regions:
        return Answer(
            State.UNKNOWN, path, (world.missing("location", party=offering.name),)
        )
    there = [r for r in offering.regions if world.inside(r, jurisdiction)]
    if not offering.provenance.verified:
        return Answer(
            State.UNKNOWN, path, (world.missing("verification", party=offering.name),)
        )
    if not there:
        return Answer(State.NOT_REACHED, path)
    country = world.jurisdictions[there[0]].name
    site = Step("", country.en, "site", there[0], country, True)
    return Answer(State.REACHED, (*path, site))


def _of_the_customer(
    relation: str, jurisdiction: str, offering: Offering, world: World
) -> Answer:
    """Rests on persons, whom no look-up from outside shows."""
    operator = operator_party(offering, world)
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


def unverified(answer: Answer, statement: Text) -> Answer:
    """*answer*, held to be unknown because a statement it rests on was not verified."""
    if answer.state is not State.REACHED:
        return answer
    return replace(answer, state=State.UNKNOWN, missing=(*answer.missing, statement))
