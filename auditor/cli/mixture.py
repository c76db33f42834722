"""The inputs of one assessment, some of them exchanged for those of another."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.audit import read
from auditor.catalogue.dossier import recorded
from auditor.catalogue.reading import files
from auditor.errors import AuditorError
from auditor.model.exchange import Exchange, Question, Reply

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.target import Target
    from auditor.model.waiver import Waivers
    from auditor.network.manifest import Circumstances

_LAW: Final = ("laws", "jurisdictions")
_KNOWLEDGE: Final = ("providers", "names.yaml", "sources.yaml", "moves.yaml")
"""What of a directory of rules is the law, and what is known of services; the rest is rules."""


class Move(Enum):
    """One input that is taken from the other assessment.

    Attributes:
        FAILED: Its failed look-ups take the place of answers.
        ANSWERS: Its answers take the place of those to the same questions.
        ANSWERED: What failed only here is answered as it was there.
    """

    LAW = auto()
    KNOWLEDGE = auto()
    RULES = auto()
    DAY = auto()
    WAIVERS = auto()
    DECLARED = auto()
    FAILED = auto()
    ANSWERS = auto()
    ANSWERED = auto()


_EVIDENCE: Final = frozenset({Move.DECLARED, Move.FAILED, Move.ANSWERS, Move.ANSWERED})
_KNOWN: Final = frozenset({Move.LAW, Move.KNOWLEDGE, Move.RULES})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen and declared, and of whom."""

    target: Target
    circumstances: Circumstances
    exchanges: tuple[Exchange, ...]

    @property
    def declared(self) -> dict[Question, Exchange]:
        """The sections of the dossier."""
        return {e.question: e for e in self.exchanges if e.question.medium == "declared"}

    @property
    def seen(self) -> dict[Question, Exchange]:
        """All other exchanges, the first for each question."""
        found: dict[Question, Exchange] = {}
        for exchange in self.exchanges:
            if exchange.question.medium != "declared":
                found.setdefault(exchange.question, exchange)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything that an assessment follows from; None is what is not at hand.

    Attributes:
        rules: The directory that the catalogue was read from.
    """

    evidence: Evidence | None
    catalogue: Catalogue | None
    rules: Path
    day: date
    waivers: Waivers | None


class Mixture:
    """Two assessments' inputs, mixed at will; equal mixtures are the same objects."""

    def __init__(self, one: Inputs, other: Inputs) -> None:
        self._one = one
        self._other = other
        self._evidence: dict[frozenset[Move], Evidence | None] = {}
        self._catalogues: dict[frozenset[Move], Catalogue | None] = {}

    def inputs(self, done: Collection[Move]) -> Inputs:
        """Those of the one, but for what the moves *done* take from the other."""
        one, other = self._one, self._other
        return Inputs(
            evidence=self._mixed(_EVIDENCE.intersection(done)),
            catalogue=self._known(_KNOWN.intersection(done)),
            rules=one.rules,
            day=(other if Move.DAY in done else one).day,
            waivers=(other if Move.WAIVERS in done else one).waivers,
        )

    def _known(self, done: frozenset[Move]) -> Catalogue | None:
        one, other = self._one, self._other
        if not done or one.catalogue is other.catalogue:
            return one.catalogue
        if done == _KNOWN:
            return other.catalogue
        if done not in self._catalogues:
            self._catalogues[done] = _overlaid(one.rules, other.rules, done)
        return self._catalogues[done]

    def _mixed(self, done: frozenset[Move]) -> Evidence | None:
        one, other = self._one.evidence, self._other.evidence
        if not done:
            return one
        if done == _EVIDENCE:
            return other
        if one is None or other is None:
            return None
        if done not in self._evidence:
            self._evidence[done] = _mixed(one, other, done)
        return self._evidence[done]


def apart(one: Evidence, other: Evidence) -> bool:
    """Whether what they declare can be exchanged alone: the same names were looked at."""
    return (one.target.domains, one.target.hosts) == (other.target.domains, other.target.hosts)


def _mixed(one: Evidence, other: Evidence, done: frozenset[Move]) -> Evidence | None:
    """Evidence that is partly the one's and partly the other's."""
    base, beside = (other, one) if Move.ANSWERS in done else (one, other)
    # Whether the failures of the one, and those of the other, are in it.
    failures = {id(one): Move.ANSWERED not in done, id(other): Move.FAILED in done}
    seen, elsewhere = base.seen, beside.seen
    for question, exchange in elsewhere.items():
        if not _answered(exchange) and failures[id(beside)] and question in seen:
            seen[question] = exchange
        elif _answered(exchange) and not failures[id(base)]:
            here = seen.get(question)
            if here is not None and not _answered(here):
                seen[question] = exchange
    said = other if Move.DECLARED in done else one
    exchanges = (*said.declared.values(), *seen.values())
    try:
        target = recorded(said.circumstances.target, exchanges)
    except AuditorError:
        return None
    return Evidence(target, base.circumstances, exchanges)


def _answered(exchange: Exchange) -> bool:
    return isinstance(exchange.result, Reply)


def _overlaid(one: Path, other: Path, done: frozenset[Move]) -> Catalogue | None:
    """The rules of *one* with some parts of *other*; None when they do not go together."""
    with tempfile.TemporaryDirectory(prefix="auditor-") as temporary:
        for source, taken in ((one, False), (other, True)):
            for file in files(source):
                name = file.relative_to(source)
                if (_part(name) in done) is taken:
                    place = temporary / name
                    place.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(file, place)
        try:
            return read(Path(temporary))
        except AuditorError:
            return None


def _part(name: Path) -> Move:
    """What the file *name* below a directory of rules belongs to."""
    if name.parts[0] in _LAW:
        return Move.LAW
    return Move.KNOWLEDGE if name.parts[0] in _KNOWLEDGE else Move.RULES
