"""The facts about the parties behind a service: where they are, who controls and holds them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from auditor.engine.frameworks_holdings import Holdings, holdings
from auditor.engine.frameworks_scene import MOST, Reading, Scene
from auditor.engine.truth import Truth, every
from auditor.exposure.parties import Party, owners, parties
from auditor.model.assessed import Ground
from auditor.model.framework import Clause
from auditor.model.party import LegalEntity, Stake
from auditor.model.text import Text


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
        return Reading(None, (), tuple(dict.fromkeys(missing))[:MOST])
    return Reading(True, tuple(dict.fromkeys(grounds)))


def seat(scene: Scene, clause: Clause) -> Reading:
    """The registered office is within."""
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


def head_office(scene: Scene, clause: Clause) -> Reading:
    """The central administration is within."""
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


def controlled_from(scene: Scene, clause: Clause) -> Reading:
    """Every party that nobody controls, at the top of each chain, lies within."""
    return _tops(scene, *_deliverers(scene), clause.words("within"), "ground.controlled")


def deliverers_from(scene: Scene, clause: Clause) -> Reading:
    """Operator and sub-processors, with those who control them, lie within."""
    found, missing = parties("operator", scene.offering, scene.world)
    if found:
        below, unknown = parties("sub-processor", scene.offering, scene.world)
        found, missing = [*found, *below], [*missing, *unknown]
    return _tops(scene, found, missing, clause.words("within"), "ground.controlled", whole=True)


def subprocessors_from(scene: Scene, clause: Clause) -> Reading:
    """The sub-processors, with those who control them, lie within."""
    found, missing = parties("sub-processor", scene.offering, scene.world)
    return _tops(scene, found, missing, clause.words("within"), "ground.sub-processor", whole=True)


def technology_from(scene: Scene, clause: Clause) -> Reading:
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


def holdings_within(scene: Scene, clause: Clause) -> Reading:
    """No holder outside has more than `each` percent, nor all more than `together`."""
    operator = scene.world.operator(scene.offering)
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
        ranked = sorted(opaque, key=lambda id_: -opaque[id_])[:MOST]
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


def recipients_under(scene: Scene, clause: Clause) -> Reading:
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
