"""A world written down as lines of a zone file, for probes and surveys to look at.

Each reply is a DNS message that dnspython made, so a probe reads what it would
read from the wire.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply, Result, Unasked
from auditor.model.sighting import Gap, Observation, Sighting
from auditor.model.subject import Subject
from auditor.probes.look import Look
from auditor.probes.probe import Probe

NOW = datetime(2026, 11, 23, tzinfo=UTC)
_LONGEST_CHAIN = 16


@dataclass
class World:
    """A network of zone lines.

    Attributes:
        lines: `name rdtype rdata`, names absolute without the final dot.
        results: What happens to other questions, or instead, by the question's text.
        authentic: Names whose answers the resolver validated.
        asked: The texts of the questions, in order.
    """

    lines: str = ""
    results: Mapping[str, Result] = field(default_factory=dict)
    authentic: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._records = [_rrset(line) for line in self.lines.splitlines() if line.strip()]
        self._names = {above for record in self._records for above in _and_above(record.name)}

    def exchange(self, question: Question) -> Exchange:
        """What comes back."""
        self.asked.append(question.text)
        result = self.results.get(question.text)
        if result is None:
            result = Reply(self._message(question)) if question.medium == "dns" else Unasked()
        return Exchange(question, result, NOW, 0.0, "zone lines")

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        """The same, as a network answers."""
        future: asyncio.Future[Exchange] = asyncio.get_running_loop().create_future()
        future.set_result(self.exchange(question))
        return future

    def _message(self, question: Question) -> bytes:
        text, rdtype = question.text.split(" ")
        response = dns.message.make_response(dns.message.make_query(text, rdtype))
        response.flags |= dns.flags.RA
        if text in self.authentic:
            response.flags |= dns.flags.AD
        name = dns.name.from_text(text)
        wanted = dns.rdatatype.from_text(rdtype)
        for _ in range(_LONGEST_CHAIN):
            here = self._at(name)
            if here is None:
                response.set_rcode(dns.rcode.NXDOMAIN)
                break
            found = [record for record in here if record.rdtype == wanted]
            chain = [record for record in here if record.rdtype == dns.rdatatype.CNAME]
            for record in found or chain:
                rrset = response.find_rrset(
                    response.answer, name, record.rdclass, record.rdtype, create=True
                )
                rrset.update(record)
            if found or not chain:
                break
            name = chain[0][0].target
        if not response.answer:
            response.authority += [
                record
                for record in self._records
                if record.rdtype == dns.rdatatype.SOA and name.is_subdomain(record.name)
            ]
        return response.to_wire(max_size=65_535)

    def _at(self, name: dns.name.Name) -> list[dns.rrset.RRset] | None:
        """The records at *name*, a wildcard's included; None when there is no such name."""
        if name in self._names:
            return [record for record in self._records if record.name == name]
        closest = name.parent()
        while closest not in self._names and closest != dns.name.root:
            closest = closest.parent()
        wildcard = [r for r in self._records if r.name == dns.name.Name((b"*", *closest.labels))]
        return wildcard or None


def sight(probe: Probe, subject: Subject, world: World) -> Sighting:
    """What *probe* sees of *subject* in *world*, gaps and all."""

    async def look() -> Sighting:
        looking = Look(probe, subject, [], 0, lambda _: None)
        seen = looking.step(world, 64)
        assert seen is not None
        return looking.sighting(seen)

    return asyncio.run(look())


def facts(probe: Probe, subject: Subject, world: World | str) -> list[str]:
    """The facts, in field notation; fails when anything was left open."""
    sighting = sight(probe, subject, World(world) if isinstance(world, str) else world)
    assert not sighting.gaps, sighting.gaps
    return [observation.value.text() for observation in sighting.observations]


def values(probe: Probe, subject: Subject, world: World | str) -> list[Any]:
    """The values seen."""
    sighting = sight(probe, subject, World(world) if isinstance(world, str) else world)
    return [observation.value for observation in sighting.observations]


def gaps(sightings: Sighting | tuple[Sighting, ...]) -> list[tuple[str, str]]:
    """(probe, why) of every gap."""
    every = (sightings,) if isinstance(sightings, Sighting) else sightings
    found: list[Gap] = [gap for sighting in every for gap in sighting.gaps]
    return [(gap.probe, gap.why) for gap in found]


def told(sightings: tuple[Sighting, ...]) -> list[str]:
    """`subject fact` of everything observed, in order."""
    observed: list[Observation] = [o for s in sightings for o in s.observations]
    return [observation.text() for observation in observed]


def failing(*questions: str, reason: Reason = Reason.TIMEOUT) -> dict[str, Result]:
    """Nobody answers *questions*."""
    return {question: Failure(reason) for question in questions}


def _rrset(line: str) -> dns.rrset.RRset:
    name, rdtype, rdata = line.split(None, 2)
    return dns.rrset.from_text(dns.name.from_text(name), 300, "IN", rdtype, rdata)


def _and_above(name: dns.name.Name) -> list[dns.name.Name]:
    above = [name]
    while above[-1] != dns.name.root:
        above.append(above[-1].parent())
    return above
