"""What a qualification cuts: one effect, for one offering, on its days, and no path seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from auditor.exposure.grasps import Grasps
from auditor.model.assessment import Grasp, State
from auditor.model.law import Effect
from tests import knowledge as world

DAY, AFTER = date(2026, 3, 1), date(2026, 5, 1)
SEAL = (
    "            qualifications: [{{scheme: Homeseal, scope: {{fr: courrier, en: mail}}, "
    'from: "2026-01-01", to: "2026-04-30", {provenance}}}]\n'
)


def grasps(directory: Path, offering: str, provenance: str = world.READ, day: date = DAY) -> Grasps:
    """The made-up world, in which *offering* holds the seal."""
    line = f"          - id: {offering}\n"
    providers = world.FILES["providers/world.yaml"]
    assert line in providers
    sealed = providers.replace(line, line + SEAL.format(provenance=provenance))
    return Grasps(world.catalogue(directory, providers_world=sealed), day)


def foreign(found: Grasps, offering: str, effect: Effect) -> Iterator[Grasp]:
    return (g for g in found.of(offering) if g.jurisdiction == "OL" and g.effect is effect)


def states(found: Grasps, offering: str, effect: Effect = Effect.DISCLOSURE) -> set[State]:
    return {grasp.state for grasp in foreign(found, offering, effect)}


def test_what_was_open_is_cut_with_the_reason(tmp_path: Path) -> None:
    found = grasps(tmp_path, "closed-mail")
    assert states(found, "closed-mail") == {State.NOT_REACHED}
    (only,) = foreign(found, "closed-mail", Effect.DISCLOSURE)
    assert only.why is not None
    assert only.why.en == "The seal excludes law from outside."


def test_a_path_that_is_seen_contradicts_it_and_is_not_cut(tmp_path: Path) -> None:
    found = grasps(tmp_path, "overcloud-mail")
    assert State.UNKNOWN in states(found, "overcloud-mail")
    assert State.REACHED not in states(found, "overcloud-mail")
    missing = {m.en for g in foreign(found, "overcloud-mail", Effect.DISCLOSURE) for m in g.missing}
    assert "how the seal agrees with this link" in missing


def test_other_effects_and_other_offerings_stand(tmp_path: Path) -> None:
    found = grasps(tmp_path, "homemail")
    assert State.REACHED in states(found, "homemail", Effect.INTERRUPTION)
    assert State.REACHED in states(found, "overcloud-mail")


@pytest.mark.parametrize(("provenance", "day"), [(world.BELIEVED, DAY), (world.READ, AFTER)])
def test_one_that_was_not_read_or_has_ended_cuts_nothing(
    tmp_path: Path, provenance: str, day: date
) -> None:
    found = grasps(tmp_path, "closed-mail", provenance, day)
    assert states(found, "closed-mail") == {State.UNKNOWN}
