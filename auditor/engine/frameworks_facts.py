"""The facts that a framework may ask for: each yes, no or not known, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from auditor.engine.frameworks_holdings import Holdings, holdings
from auditor.engine.truth import Truth, every
from auditor.exposure.grasps import Grasps
from auditor.exposure.parties import Party, World, operator_party, owners, parties
from auditor.model.assessed import Ground
from auditor.model.assessment import State
from auditor.model.framework import Clause
from auditor.model.party import LegalEntity, Offering, Stake
from auditor.model.target import Declared
from auditor.model.text import LANGUAGES, Text

_MOST = 3
"""Missing facts, or laws, named at most for one fact."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a fact.

    Attributes:
        said: Whether the organisation says so, and nothing else does.
    """

    truth: Truth
    grounds: tuple[Ground, ...] = ()
    missing: tuple[Text, ...] = ()
    said: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What a fact is asked about: an offering, and what the organisation says of it.

    Attributes:
        home: Jurisdiction id of the organisation.
        entities: Whether to ask of each entity that delivers part of the service.
    """

    offering: Offering
    said: tuple[Declared, ...]
    world: World
    grasps: Grasps
    home: str
    entities: bool

    def text(self, key: str, **values: Text | str) -> Text:
        """The template *key* of `rules/words.yaml`, filled."""
        return self.world.words[key].format(**values)

    def missing(self, point: str, party: str = "") -> Text:
        """The sentence for a missing fact about *party*, or about the offering."""
        return self.world.missing(point, party=party or self.offering.name)

    def countries(self, ids: Iterable[str]) -> Text:
        """The names of jurisdictions, as a list."""
        known = self.world.jurisdictions
        return listed([known[each].name for each in dict.fromkeys(ids) if each in known])

    def inside(self, country: str | None, spaces: tuple[str, ...]) -> Truth:
        """Whether *country* lies in one of *spaces*."""
        if country is None:
            return None
        return any(self.world.inside(country, space) for space in spaces)


def listed(items: Iterable[Text]) -> Text:
    """*items* between commas, in each language."""
    known = list(items)
    return Text(**{name: ", ".join(t.in_language(name) for t in known) for name in LANGUAGES})


def read(clause: Clause, scene: Scene) -> Reading:
    """What is known of the fact of *clause*: by the catalogue, or else by the dossier."""
    return _FACTS[clause.fact](scene, clause)


def _deliverers(scene: Scene) -> tuple[list[Party], list[Text]]:
    """The operator, and its sub-processors where the question is asked of each entity."""
    found, missing = parties("operator", scene.offering, scene.world)
    if scene.entities and found:
        below, unknown = parties("sub-processor", scene.offering, scene.world)
        found, missing = [*found, *below], [*missing, *unknown]
    return found, missing


def _judge(
    scene: Scene,
    found: list[Party],
    missing: list[Text],
    holds: Callable[[LegalEntity], Truth],
    says: Callable[[LegalEntity], Text],
    unclear: str,
) -> Reading:
    """Yes when it holds of every party and none is missing; no by one verified party."""
    missing = list(missing)
    against: list[Ground] = []
    grounds: list[Ground] = []
    for party in found:
        truth = holds(party.entity)
        if truth is None:
            missing.append(scene.missing(unclear, party.entity.name))
        elif not party.verified:
            missing.append(scene.missing("verification", party.entity.name))
        else:
            (grounds if truth else against).append(Ground("party", says(party.entity)))
    if against:
        return Reading(False, tuple(dict.fromkeys(against)))
    if missing or not found:
        return Reading(None, (), tuple(dict.fromkeys(missing))[:_MOST])
    return Reading(True, tuple(dict.fromkeys(grounds)))


def _seat(scene: Scene, clause: Clause) -> Reading:
    spaces = clause.words("within")
    return _judge(
        scene,
        *_deliverers(scene),
        lambda entity: scene.inside(entity.incorporated_in, spaces),
        lambda entity: scene.text(
            "ground.seat",
            party=entity.name,
            country=scene.countries([entity.incorporated_in or ""]),
        ),
        "incorporation",
    )


def _head_office(scene: Scene, clause: Clause) -> Reading:
    spaces = clause.words("within")
    return _judge(
        scene,
        *_deliverers(scene),
        lambda entity: scene.inside(entity.seat, spaces),
        lambda entity: scene.text(
            "ground.head-office", party=entity.name, country=scene.countries([entity.seat or ""])
        ),
        "head-office",
    )


def _controlled_from(scene: Scene, clause: Clause) -> Reading:
    """Every party that nobody controls, at the top of each chain, lies within."""
    return _tops(scene, *_deliverers(scene), clause.words("within"), "ground.controlled")


def _deliverers_from(scene: Scene, clause: Clause) -> Reading:
    """Operator and sub-processors, with those who control them, lie within."""
    found, missing = parties("operator", scene.offering, scene.world)
    if found:
        below, unknown = parties("sub-processor", scene.offering, scene.world)
        found, missing = [*found, *below], [*missing, *unknown]
    return _tops(scene, found, missing, clause.words("within"), "ground.controlled", whole=True)


def _technology_from(scene: Scene, clause: Clause) -> Reading:
    """The suppliers of technology, with those who control them, lie within."""
    found, missing = parties("technology", scene.offering, scene.world)
    return _tops(scene, found, missing, clause.words("within"), "ground.technology", whole=True)


def _tops(
    scene: Scene,
    found: list[Party],
    missing: list[Text],
    spaces: tuple[str, ...],
    key: str,
    *,
    whole: bool = False,
) -> Reading:
    """Judge the last in each chain of control above *found*; every one on the way if *whole*."""
    missing = list(missing)
    judged: list[Party] = []
    for party in found:
        above, known = owners(party, scene.world)
        missing += [scene.missing("owners", e.name) for e in known.unknown]
        missing += [scene.missing("verification", e.name) for e in known.unverified]
        tops = {top.id for top in known.top}
        judged += [p for p in (party, *above) if whole or p.entity.id in tops]
    return _judge(
        scene,
        judged,
        missing,
        lambda entity: scene.inside(entity.incorporated_in or entity.seat, spaces),
        lambda entity: scene.text(
            key,
            party=entity.name,
            country=scene.countries([entity.incorporated_in or entity.seat or ""]),
        ),
        "incorporation",
    )


def _holdings_within(scene: Scene, clause: Clause) -> Reading:
    """No holder outside has more than `each` percent, nor all more than `together`."""
    operator = operator_party(scene.offering, scene.world)
    if operator is None:
        return Reading(None, (), (scene.missing("operator"),))
    if not operator.verified:
        return Reading(None, (), (scene.missing("verification", operator.entity.name),))
    each, together = float(clause.words("each")[0]), float(clause.words("together")[0])
    spaces = clause.words("within")
    world = scene.world

    def inside(entity: LegalEntity) -> Truth:
        return every(scene.inside(place, spaces) for place in (entity.incorporated_in, entity.seat))

    measures: Mapping[str, Callable[[Stake], float | None]] = {
        "capital": lambda stake: stake.capital,
        "votes": lambda stake: stake.votes,
    }
    truths: list[Truth] = []
    grounds: list[Ground] = []
    opaque: dict[str, float] = {}
    for measure, share_of in measures.items():
        held = holdings(operator.entity, world.entities, world.day, share_of, inside)
        truths.append(held.within(each, together))
        grounds += _shares(scene, operator.entity, measure, held)
        for entity, rest in held.opaque.items():
            opaque[entity] = max(rest, opaque.get(entity, 0.0))
    truth = every(truths)
    if truth is None:
        ranked = sorted(opaque, key=lambda id_: -opaque[id_])[:_MOST]
        missing = [scene.missing("holders", world.entities[id_].name) for id_ in ranked]
        return Reading(None, tuple(grounds), tuple(missing))
    if truth and not grounds:
        grounds = [Ground("party", scene.text("ground.no-holder", party=operator.entity.name))]
    return Reading(truth, tuple(grounds))


def _shares(scene: Scene, entity: LegalEntity, measure: str, held: Holdings) -> list[Ground]:
    lines = []
    for id_, low in held.low.items():
        holder = scene.world.entities[id_]
        number = f"{round(low, 2):g}"
        lines.append(
            Ground(
                "party",
                scene.text(
                    f"ground.{measure}",
                    party=entity.name,
                    holder=holder.name,
                    country=scene.countries([holder.incorporated_in or holder.seat or ""]),
                    share=Text(fr=f"{number.replace('.', ',')}\u00a0%", en=f"{number}%"),
                ),
            )
        )
    return lines


def _recipients_under(scene: Scene, clause: Clause) -> Reading:
    """Operator and sub-processors lie under laws that stand so to the organisation."""
    found, missing = parties("operator", scene.offering, scene.world)
    if found:
        below, unknown = parties("sub-processor", scene.offering, scene.world)
        found, missing = [*found, *below], [*missing, *unknown]
    words = clause.words("standing")

    def holds(entity: LegalEntity) -> Truth:
        place = entity.incorporated_in
        return None if place is None else scene.grasps.standing(scene.home, place) in words

    return _judge(
        scene,
        found,
        missing,
        holds,
        lambda entity: scene.text(
            "ground.seat",
            party=entity.name,
            country=scene.countries([entity.incorporated_in or ""]),
        ),
        "incorporation",
    )


def _data_kept(scene: Scene, clause: Clause) -> Reading:
    """The bytes are within, as the offering fixes it; or as the organisation says."""
    offering, spaces = scene.offering, clause.words("within")
    if offering.regions and offering.provenance.verified:
        says = scene.text(
            "ground.data", party=offering.name, country=scene.countries(offering.regions)
        )
        truth = every(scene.inside(region, spaces) for region in offering.regions)
        return Reading(truth, (Ground("offering", says),))
    point = "verification" if offering.regions else "location"
    return _said_places(scene, lambda d: d.regions, spaces, "ground.said-data", point)


def _administered_from(scene: Scene, clause: Clause) -> Reading:
    """Administration and support are given from within; only a contract tells."""
    spaces = clause.words("within")
    return _said_places(scene, lambda d: d.support, spaces, "ground.said-support", "support")


def _said_places(
    scene: Scene,
    of: Callable[[Declared], tuple[str, ...]],
    spaces: tuple[str, ...],
    key: str,
    point: str,
) -> Reading:
    grounds, truths = [], []
    for declared in scene.said:
        places = of(declared)
        if places:
            truths.append(every(scene.inside(place, spaces) for place in places))
            says = scene.text(key, country=scene.countries(places))
            grounds.append(Ground("dossier", says, line=declared.line))
    if not truths:
        return Reading(None, (), (scene.missing(point),))
    return Reading(every(truths), tuple(grounds), said=True)


def _reached(scene: Scene, clause: Clause) -> Reading:
    """A law from outside the space has, through some party, an effect on the service."""
    offering, hooks = scene.offering, clause.words("hook")
    wanted = set(clause.words("effect")) - offering.cannot
    outside = clause.words("outside")
    grasps = [
        grasp
        for grasp in scene.grasps.of(offering.id)
        if grasp.effect.value in wanted
        and (not hooks or grasp.hook.value in hooks)
        and scene.inside(grasp.jurisdiction, outside) is False
    ]
    reached = [g.law for g in grasps if g.state is State.REACHED]
    if reached:
        laws = tuple(dict.fromkeys(reached))
        short = [scene.grasps.law(law).short for law in laws]
        says = scene.text("ground.law", party=offering.name, law=listed(short[:_MOST]))
        return Reading(True, (Ground("law", says, laws),))
    unknown = [point for g in grasps if g.state is State.UNKNOWN for point in g.missing]
    if unknown:
        return Reading(None, (), tuple(dict.fromkeys(unknown))[:_MOST])
    return Reading(False, (Ground("offering", scene.text("ground.no-law", party=offering.name)),))


def _keys_held_by(scene: Scene, clause: Clause) -> Reading:
    """Who can decrypt.  Keys that an operator holds by default, a customer may hold by contract."""
    offering, words = scene.offering, clause.words("by")
    if offering.keys == "customer" and offering.provenance.verified:
        says = scene.text("ground.keys", party=offering.name)
        return Reading("customer" in words, (Ground("offering", says),))
    said = [d for d in scene.said if d.keys]
    if not said:
        return Reading(None, (), (scene.missing("keys"),))
    grounds = [
        Ground(
            "dossier",
            scene.text("ground.said", what=scene.world.words[f"keys.{d.keys}"]),
            line=d.line,
        )
        for d in said
    ]
    return Reading(all(d.keys in words for d in said), tuple(grounds), said=True)


def _qualified(scene: Scene, clause: Clause) -> Reading:
    """Holds a qualification of a scheme on the day.  That none is on record proves nothing."""
    schemes, day = clause.words("scheme"), scene.world.day
    held = [
        q for q in scene.offering.qualifications if q.scheme in schemes and q.period.holds(day)
    ]
    for qualification in held:
        if qualification.provenance.verified:
            what = f"{qualification.scheme} ({qualification.scope})"
            says = scene.text("ground.qualified", party=scene.offering.name, what=what)
            return Reading(True, (Ground("offering", says),))
    for declared in scene.said:
        for certificate in declared.certificates:
            if certificate.scheme in schemes and certificate.period.holds(day):
                says = scene.text("ground.said", what=certificate.scheme)
                return Reading(True, (Ground("dossier", says, line=certificate.line),), said=True)
    phrase = scene.world.words["missing.certificate"]
    return Reading(None, (), (phrase.format(party=scene.offering.name, what=schemes[0]),))


def _subprocessors_known(scene: Scene, clause: Clause) -> Reading:
    if scene.offering.subprocessors_known and scene.offering.provenance.verified:
        says = scene.text("ground.sub-processors", party=scene.offering.name)
        return Reading(True, (Ground("offering", says),))
    for declared in scene.said:
        if declared.subprocessors is not None:
            what = scene.world.words["subprocessors.known"]
            says = scene.text("ground.said", what=what)
            return Reading(True, (Ground("dossier", says, line=declared.line),), said=True)
    return Reading(None, (), (scene.missing("sub-processors"),))


def _exit_agreed(scene: Scene, clause: Clause) -> Reading:
    for declared in scene.said:
        if declared.exit is not None and declared.exit.formats:
            says = scene.text("ground.said-exit", what=", ".join(declared.exit.formats))
            return Reading(True, (Ground("dossier", says, line=declared.line),), said=True)
    return Reading(None, (), (scene.missing("exit"),))


_FACTS: Mapping[str, Callable[[Scene, Clause], Reading]] = {
    "seat": _seat,
    "head-office": _head_office,
    "controlled-from": _controlled_from,
    "holdings-within": _holdings_within,
    "technology-from": _technology_from,
    "deliverers-from": _deliverers_from,
    "recipients-under": _recipients_under,
    "data-kept": _data_kept,
    "administered-from": _administered_from,
    "reached": _reached,
    "keys-held-by": _keys_held_by,
    "qualified": _qualified,
    "subprocessors-known": _subprocessors_known,
    "exit-agreed": _exit_agreed,
}
