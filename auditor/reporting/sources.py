"""Where the links of a path were read, when, and whether they were read at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from auditor.model.assessment import Step
from auditor.model.party import Offering
from auditor.model.text import Provenance
from auditor.reporting.reading import Reading

LONGEST = 64
"""Characters of an address that are printed; where it leads is in the link."""

_ADDRESS = re.compile(r"https?://(?:www\.)?([^\s;]+)")


@dataclass(frozen=True, slots=True)
class Source:
    """A source as printed.

    Attributes:
        name: In the words of the reader, addresses shortened.
        url: Where it leads; empty unless it is at one address.
    """

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Read:
    """What was read on one day.

    Attributes:
        verified: Whether the sources themselves say it.
    """

    checked: date
    verified: bool
    sources: tuple[Source, ...]


def sources(reading: Reading, offerings: Iterable[str], steps: Sequence[Step]) -> tuple[Read, ...]:
    """The sources of the links from *offerings* along *steps*, each once, the latest read first."""
    known = reading.assessment.knowledge.offerings
    read: dict[tuple[bool, date], dict[str, None]] = {}
    for offering in offerings:
        for provenance in _links(reading, known[offering], steps):
            said = read.setdefault((provenance.verified, provenance.checked), {})
            said[provenance.source or provenance.note] = None
    return tuple(
        Read(checked, verified, tuple(source(reading, each) for each in said))
        for (verified, checked), said in sorted(read.items(), key=lambda r: r[0], reverse=True)
    )


def source(reading: Reading, said: str) -> Source:
    """*said* as printed."""
    addresses = _ADDRESS.findall(said)
    name = _ADDRESS.sub(lambda match: _short(match[1]), reading.origin(said))
    found = _ADDRESS.search(said)
    return Source(name, found[0] if found and len(addresses) == 1 else "")


def _short(address: str) -> str:
    bare = address.rstrip("/")
    return bare if len(bare) <= LONGEST else f"{bare[: LONGEST - 1]}…"


def _links(reading: Reading, offering: Offering, steps: Sequence[Step]) -> Iterator[Provenance]:
    """Why each link is believed, and where whoever it leads to is at home."""
    day = reading.assessment.as_of
    entities = reading.assessment.knowledge.entities
    supplies = {"technology": offering.technology, "sub-processor": offering.subprocessors}
    held = ""
    for step in steps:
        if step.relation == "owner":
            stakes = entities[held].stakes if held in entities else ()
            yield from (
                stake.provenance
                for stake in stakes
                if stake.owner == step.entity and stake.control and stake.period.holds(day)
            )
        elif step.relation in supplies:
            yield from (
                supply.provenance
                for supply in supplies[step.relation]
                if supply.entity == step.entity and supply.period.holds(day)
            )
        else:
            yield offering.provenance
        if step.entity in entities:
            yield entities[step.entity].provenance
        held = step.entity
