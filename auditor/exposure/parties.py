"""Who stands behind an offering: operator, owners, suppliers, each with the way to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auditor.exposure.ownership import Holding, Ownership, ownership
from auditor.model.assessment import Step
from auditor.model.law import Jurisdiction
from auditor.model.party import LegalEntity, Offering, Stake, Supply
from auditor.model.text import Text


@dataclass(frozen=True, slots=True)
class Party:
    """A legal entity behind an offering, with the way to it."""

    entity: LegalEntity
    path: tuple[Step, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class World:
    """What stands around an offering: the entities, the legal spaces, the day, our words.

    It remembers what was asked: every law asks the same of every offering.
    """

    entities: Mapping[str, LegalEntity]
    jurisdictions: Mapping[str, Jurisdiction]
    day: date
    words: Mapping[str, Text]
    _said: dict[tuple[object, ...], Text] = field(default_factory=dict, repr=False, compare=False)
    _operators: dict[str, Party] = field(default_factory=dict, repr=False, compare=False)

    def inside(self, country: str | None, jurisdiction: str) -> bool | None:
        """Whether *country* is, or belongs to, *jurisdiction*; None when not known."""
        if country is None:
            return None
        known = self.jurisdictions.get(country)
        return country == jurisdiction or bool(known and jurisdiction in known.within)

    def missing(self, point: str, **values: Text | str) -> Text:
        """The sentence for a missing fact, from `rules/words.yaml`."""
        key = (point, *values.items())
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = self.words[f"missing.{point}"].format(**values)
        return said

    def operator(self, offering: Offering) -> Party | None:
        """The operator of *offering*; None when it is not known."""
        if offering.operator is None:
            return None
        party = self._operators.get(offering.id)
        if party is None:
            entity = self.entities[offering.operator]
            verified = offering.provenance.verified and entity.provenance.verified
            step = Step(entity.id, entity.name, "operator", _country(entity), None, verified)
            party = self._operators[offering.id] = Party(entity, (step,), verified)
        return party


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


def owners(party: Party, world: World) -> tuple[list[Party], Ownership]:
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


def parties(relation: str, offering: Offering, world: World) -> tuple[list[Party], list[Text]]:
    """The parties in *relation* to the offering, and what is not known of that list."""
    operator = world.operator(offering)
    if operator is None:
        return [], [world.missing("operator", party=offering.name)]
    match relation:
        case "operator":
            return [operator], []
        case "owner":
            above_operator, above = owners(operator, world)
            return above_operator, [
                world.missing("owners", party=e.name) for e in above.unknown
            ] + [world.missing("verification", party=e.name) for e in above.unverified]
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
