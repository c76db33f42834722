"""The facts that a framework may ask for: each yes, no or not known, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from auditor.engine import frameworks_parties as behind
from auditor.engine.frameworks_scene import MOST, Reading, Scene, listed
from auditor.engine.truth import every
from auditor.model.assessed import Ground
from auditor.model.assessment import State
from auditor.model.framework import Clause
from auditor.model.party import Qualification
from auditor.model.target import Declared
from auditor.model.text import Text


def read(clause: Clause, scene: Scene) -> Reading:
    """What is known of the fact of *clause*: by the catalogue, or else by the dossier."""
    return KNOWN[clause.fact](scene, clause)


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
        short = [scene.laws[law].short for law in laws]
        says = scene.text("ground.law", party=offering.name, law=listed(short[:MOST]))
        return Reading(True, (Ground("law", says, laws),))
    unknown = [point for g in grasps if g.state is State.UNKNOWN for point in g.missing]
    if unknown:
        return Reading(None, (), tuple(dict.fromkeys(unknown))[:MOST])
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
    held = [q for q in scene.offering.qualifications if q.scheme in schemes and q.period.holds(day)]
    for qualification in held:
        if qualification.provenance.verified:
            says = _qualification(scene, qualification)
            return Reading(True, (Ground("offering", says),))
    for declared in scene.said:
        for certificate in declared.certificates:
            named = certificate.scheme.casefold() in [scheme.casefold() for scheme in schemes]
            if named and certificate.period.holds(day):
                says = scene.text("ground.said", what=certificate.scheme)
                return Reading(True, (Ground("dossier", says, line=certificate.line),), said=True)
    phrase = scene.world.words["missing.certificate"]
    return Reading(None, (), (phrase.format(party=scene.offering.name, what=schemes[0]),))


def _qualification(scene: Scene, held: Qualification) -> Text:
    party, scheme, scope = scene.offering.name, held.scheme, held.scope
    if scope is None:
        return scene.text("ground.qualified", party=party, scheme=scheme)
    return scene.text("ground.qualified-scope", party=party, scheme=scheme, scope=scope)


def _exit_agreed(scene: Scene, clause: Clause) -> Reading:
    """The data comes back in formats that are named; only a contract tells."""
    for declared in scene.said:
        if declared.exit is not None and declared.exit.formats:
            says = scene.text("ground.said-exit", what=", ".join(declared.exit.formats))
            return Reading(True, (Ground("dossier", says, line=declared.line),), said=True)
    return Reading(None, (), (scene.missing("exit"),))


KNOWN: Mapping[str, Callable[[Scene, Clause], Reading]] = {
    "seat": behind.seat,
    "head-office": behind.head_office,
    "controlled-from": behind.controlled_from,
    "holdings-within": behind.holdings_within,
    "technology-from": behind.technology_from,
    "deliverers-from": behind.deliverers_from,
    "sub-processors-from": behind.subprocessors_from,
    "recipients-under": behind.recipients_under,
    "data-kept": _data_kept,
    "administered-from": _administered_from,
    "reached": _reached,
    "keys-held-by": _keys_held_by,
    "qualified": _qualified,
    "exit-agreed": _exit_agreed,
}
