"""Replay what lies between two assessments, one input exchanged at a time.

    as written, tool, law, knowledge, rules, day, waivers, declared, look-ups, target, as written

and once more with the inner ones the other way round.  A thing that a time-out
hides is so told from one that is gone: failures and answers are exchanged apart.
"""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.audit import NO_WAIVERS, Assessor, Record, look, tool
from auditor.catalogue.dossier import recorded
from auditor.catalogue.waivers import waivers
from auditor.cli.attached import WAIVERS
from auditor.cli.bundles import check_known
from auditor.cli.mixture import Evidence, Inputs, Mixture, Move, apart
from auditor.engine.causes import KNOWN, Step
from auditor.engine.difference import States, states
from auditor.errors import AuditorError, BundleError
from auditor.model.difference import Cause
from auditor.network.recorded import RecordedNetwork
from auditor.reporting.formats.json import document
from auditor.settings import INTERACTIVE

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.cli.assessments import Kept
    from auditor.model.sighting import Sighting
    from auditor.model.waiver import Waivers

_Exchanged = tuple[tuple[Move, ...], tuple[Cause, ...]]
"""Moves that are made together, and what they stand for."""


def chains(before: Kept, after: Kept, one: Inputs, other: Inputs) -> list[list[Step]]:
    """From *before* to *after*, which follow from *one* and *other*, in two opposite orders.

    With the evidence of one alone there is one order: the one in which it serves longest.

    Raises:
        BundleError: An assessment does not follow from the evidence beside it.
    """
    mixture, replays = Mixture(one, other), _Replays()
    edges = _edge(before, one, replays), _edge(after, other, replays)
    moves = _moves(one, other)
    walks = []
    orders = [moves] if one.evidence is not None else []
    orders += [moves[::-1]] if other.evidence is not None else []
    for order in orders:
        done: list[Move] = []
        chain = [Step((), states(before.document)), Step(edges[0], replays.states(one))]
        for together, causes in order:
            done += together
            chain.append(Step(causes, replays.states(mixture.inputs(done))))
        # Whatever no move stands for is the same in both.
        chain.append(Step((), replays.states(other)))
        chain.append(Step(edges[1], states(after.document)))
        walks.append(chain)
    return walks


def inputs(kept: Kept, catalogue: Catalogue, rules: Path) -> Inputs:
    """What *kept* followed from, as far as it is at hand.

    Args:
        catalogue: Stands for what was known then; read from *rules*.

    Raises:
        BundleError: The bundle names what is not known.
    """
    evidence = None
    if kept.bundle is not None:
        check_known(kept.bundle, catalogue)
        told = kept.bundle.circumstances
        exchanges = kept.bundle.exchanges
        evidence = Evidence(recorded(told.target, exchanges), told, exchanges)
    return Inputs(
        evidence=evidence,
        catalogue=catalogue,
        rules=rules,
        day=date.fromisoformat(kept.document["as_of"]),
        waivers=_waivers(kept, catalogue),
    )


def _waivers(kept: Kept, catalogue: Catalogue) -> Waivers | None:
    """Those that *kept* was made with; None when they are not at hand, or on other rules."""
    digest = kept.document["digests"]["waivers"]
    if digest is None:
        return NO_WAIVERS
    if kept.waivers is None:
        return None
    try:
        found = waivers(kept.waivers, Path(WAIVERS), catalogue.rules)
    except AuditorError:
        return None
    return found if found.digest == digest else None


def _edge(kept: Kept, made: Inputs, replays: _Replays) -> tuple[Cause, ...]:
    """What differs between *kept* as written and its replay.

    Raises:
        BundleError: Nothing does, and yet they say different things.
    """
    digests = kept.document["digests"]
    causes: tuple[Cause, ...] = ()
    if digests["tool"] != tool():
        causes = (Cause.TOOL,)
    if made.catalogue is None or digests["rules"] != made.catalogue.digest:
        causes = (*KNOWN, *causes)
    if not causes:
        replayed = replays.states(made)
        if replayed is not None and replayed != states(kept.document):
            raise BundleError(
                f"{kept.called} does not follow from the evidence beside it; it was altered"
            )
    return causes


def _moves(one: Inputs, other: Inputs) -> list[_Exchanged]:
    """The inputs that differ, in order."""
    moves: list[_Exchanged] = []
    if one.catalogue is not other.catalogue:
        moves += [
            ((Move.LAW,), (Cause.LAW,)),
            ((Move.KNOWLEDGE,), (Cause.KNOWLEDGE,)),
            ((Move.RULES,), (Cause.RULES,)),
        ]
    moves += [((Move.DAY,), (Cause.DAY,)), ((Move.WAIVERS,), (Cause.WAIVERS,))]
    seen, then = one.evidence, other.evidence
    if seen is None or then is None:
        together = (Move.DECLARED, Move.FAILED, Move.ANSWERS, Move.ANSWERED)
        return [*moves, (together, (Cause.TARGET, Cause.LOOKUPS, Cause.DECLARED))]
    target: tuple[Cause, ...] = (Cause.TARGET,)
    if seen.circumstances.asn_source != then.circumstances.asn_source:
        # Another source was asked, and what it says may differ for that alone.
        target = (Cause.TARGET, Cause.LOOKUPS)
    failed: _Exchanged = ((Move.FAILED,), (Cause.LOOKUPS,))
    answered: _Exchanged = ((Move.ANSWERED,), (Cause.LOOKUPS,))
    if apart(seen, then):
        declared: _Exchanged = ((Move.DECLARED,), (Cause.DECLARED,))
        return [*moves, declared, failed, ((Move.ANSWERS,), target), answered]
    both: _Exchanged = ((Move.DECLARED, Move.ANSWERS), (*target, Cause.DECLARED))
    return [*moves, failed, both, answered]


class _Replays:
    """Assessments of mixed inputs; what they share is worked out once."""

    def __init__(self) -> None:
        self._sightings: dict[tuple[int, int], tuple[Sighting, ...]] = {}
        self._assessors: dict[tuple[int, date], Assessor] = {}
        self._kept: list[object] = []
        """What is known by its identity, so that no other takes it on."""

    def states(self, inputs: Inputs) -> States | None:
        """What follows from *inputs*; None when one is not at hand, or they do not go together.

        A waiver on what the other's evidence does not show does not go with it.
        """
        evidence, catalogue, borne = inputs.evidence, inputs.catalogue, inputs.waivers
        if evidence is None or catalogue is None or borne is None:
            return None
        sightings = self._seen(evidence, catalogue)
        key = id(catalogue), inputs.day
        if key not in self._assessors:
            self._assessors[key] = Assessor(catalogue, inputs.day)
        told = evidence.circumstances
        record = Record(evidence.exchanges, told.began, told.ended, told.vantage, "")
        try:
            made = self._assessors[key].assess(evidence.target, sightings, record, borne)
        except AuditorError:
            return None
        return states(document(made))

    def _seen(self, evidence: Evidence, catalogue: Catalogue) -> tuple[Sighting, ...]:
        key = id(evidence), id(catalogue)
        if key not in self._sightings:
            self._kept += (evidence, catalogue)
            network = RecordedNetwork(evidence.exchanges, evidence.circumstances.began)
            source = evidence.circumstances.asn_source.partition(" ")[0]
            looked = look(evidence.target, catalogue, network, source, INTERACTIVE)
            self._sightings[key] = asyncio.run(looked)
        return self._sightings[key]
