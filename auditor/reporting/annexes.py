"""What stands behind the report: facts, exchanges, look-ups, sources."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from auditor.model.exchange import Exchange, Failure, Reply, Unasked
from auditor.model.text import Provenance
from auditor.reporting.reading import Reading, distinct

LISTED = 400
"""How many look-ups, and how many facts, are printed; the bundle has them all."""


@dataclass(frozen=True, slots=True)
class FactLine:
    """Facts that were read from the same exchanges and serve the same roles."""

    roles: tuple[str, ...]
    texts: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """An exchange that a fact or a finding rests on.

    Attributes:
        via: Empty when it is the one by whom most of them came.
        digest: SHA-256 of what came back; empty when nothing did.
    """

    id: str
    question: str
    at: str
    via: str
    digest: str


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody we asked, and how often without result."""

    via: str
    operator: str
    country: str
    asked: int
    failed: int


@dataclass(frozen=True, slots=True)
class Failed:
    """Look-ups that failed in one way."""

    questions: tuple[str, ...]
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class NameAsked:
    """Everything that was asked about one name."""

    name: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lookups:
    """Our own look-ups.

    Attributes:
        total: How many questions were put.
        unasked: How many exchanges note a question that was put to nobody.
        names: Those over DNS, by name.
        others: The others, as asked.
        left_off: How many lines the lists leave off.
    """

    total: int
    unasked: int
    respondents: tuple[Respondent, ...]
    failed: tuple[Failed, ...]
    failures: int
    names: tuple[NameAsked, ...]
    others: tuple[str, ...]
    left_off: int


@dataclass(frozen=True, slots=True)
class Unverified:
    """A statement of the catalogue that nobody read in a source.

    Attributes:
        sorts: What it is part of: `law`, `entity` …
    """

    sorts: tuple[str, ...]
    name: str
    source: str
    checked: date


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the knowledge is, and what of it is not verified."""

    statements: int
    oldest: date | None
    newest: date | None
    unverified: tuple[Unverified, ...]


def facts(reading: Reading) -> tuple[FactLine, ...]:
    """Every fact of the footprint, each once, with the fewest exchanges known to hold it."""
    roles: dict[str, list[str]] = {}
    basis: dict[str, tuple[str, ...]] = {}
    for part in reading.assessment.footprint.parts:
        stated = [(text, d.evidence) for d in part.dependencies for text in d.because]
        stated += [(fact.text, fact.evidence) for fact in part.facts]
        for text, ids in stated:
            roles.setdefault(text, []).append(reading.role(part.role, part.domain))
            if text not in basis or len(ids) < len(basis[text]):
                basis[text] = ids
    lines: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for text, ids in basis.items():
        lines.setdefault((tuple(distinct(roles[text])), ids), []).append(text)
    return tuple(FactLine(served, tuple(texts), ids) for (served, ids), texts in lines.items())


def usual_via(reading: Reading) -> str:
    """By whom most replies came; empty when there is none."""
    replied = Counter(x.via for x in reading.assessment.lookups if isinstance(x.result, Reply))
    return max(replied, key=lambda via: replied[via], default="")


def evidence(reading: Reading) -> tuple[EvidenceLine, ...]:
    """The exchanges that are cited, in the order asked."""
    usual = usual_via(reading)
    cited = {id for line in facts(reading) for id in line.evidence}
    cited.update(id for finding in reading.assessment.findings for id in finding.evidence)
    cited.update(id for each in reading.assessment.contradictions for id in each.evidence)
    return tuple(
        EvidenceLine(
            exchange.id,
            str(exchange.question),
            exchange.asked_at.strftime("%H:%M:%S"),
            "" if exchange.via == usual else exchange.via,
            _digest(exchange),
        )
        for exchange in reading.exchanges.values()
        if exchange.id in cited and reading.was_asked(exchange.id)
    )


def _digest(exchange: Exchange) -> str:
    match exchange.result:
        case Reply(content) | Failure(content=content) if content:
            return hashlib.sha256(content).hexdigest()
        case _:
            return ""


def lookups(reading: Reading) -> Lookups:
    """Whom we asked, how often, with what failures, and what."""
    asked = [x for x in reading.assessment.lookups if not isinstance(x.result, Unasked)]
    total = Counter(exchange.via for exchange in asked)
    unanswered = [exchange for exchange in asked if isinstance(exchange.result, Failure)]
    without = Counter(exchange.via for exchange in unanswered)
    known = {resolver.via: resolver for resolver in reading.assessment.resolvers}
    types: dict[str, list[str]] = {}
    others: list[str] = []
    for exchange in asked:
        name, _, rdtype = exchange.question.text.rpartition(" ")
        if exchange.question.medium == "dns" and name:
            types.setdefault(name, []).append(rdtype)
        else:
            others.append(str(exchange.question))
    names = [NameAsked(name, tuple(distinct(rdtypes))) for name, rdtypes in types.items()]
    others = distinct(others)
    room = max(0, LISTED - len(names))
    return Lookups(
        len(asked),
        len(reading.assessment.lookups) - len(asked),
        tuple(
            Respondent(
                via,
                known[via].operator if via in known else "",
                known[via].country if via in known else "",
                number,
                without[via],
            )
            for via, number in total.most_common()
        )[:LISTED],
        tuple(_failed(reading, unanswered[:LISTED])),
        len(unanswered),
        tuple(names[:LISTED]),
        tuple(others[:room]),
        max(0, len(names) - LISTED) + max(0, len(others) - room),
    )


def _failed(reading: Reading, exchanges: list[Exchange]) -> Iterator[Failed]:
    questions: dict[tuple[str, str], list[str]] = {}
    for exchange in exchanges:
        if isinstance(exchange.result, Failure):
            way = (reading.word("gap", exchange.result.reason.value), exchange.result.detail)
            questions.setdefault(way, []).append(str(exchange.question))
    for (reason, detail), asked in questions.items():
        yield Failed(tuple(asked), reason, detail)


def freshness(reading: Reading) -> Freshness:
    """The age of everything that the assessment takes from the catalogue."""
    statements = list(_statements(reading))
    days = [provenance.checked for _, _, provenance in statements]
    unverified: dict[tuple[str, str, date], list[str]] = {}
    for sort, name, provenance in statements:
        if not provenance.verified:
            source = reading.origin(provenance.source) if provenance.source else provenance.note
            statement = (name, source, provenance.checked)
            unverified.setdefault(statement, []).append(sort)
    return Freshness(
        len(statements),
        min(days, default=None),
        max(days, default=None),
        tuple(
            Unverified(tuple(distinct(sorts)), *statement)
            for statement, sorts in unverified.items()
        ),
    )


def _statements(reading: Reading) -> Iterator[tuple[str, str, Provenance]]:
    """(sort, name, provenance) of each statement."""
    known = reading.assessment.knowledge
    for offering in known.offerings.values():
        yield "offering", offering.name, offering.provenance
        for supply in (*offering.technology, *offering.subprocessors):
            yield (
                "supply",
                f"{offering.name} ← {_entity(reading, supply.entity)}",
                supply.provenance,
            )
        for qualification in offering.qualifications:
            name = f"{offering.name}, {qualification.scheme}"
            yield "qualification", name, qualification.provenance
    for entity in known.entities.values():
        yield "entity", entity.name, entity.provenance
        for stake in entity.stakes:
            yield "stake", f"{entity.name} ← {_entity(reading, stake.owner)}", stake.provenance
    for law in known.laws.values():
        yield "law", reading.text(law.short), law.provenance
        for validity in law.validity:
            yield "validity", reading.text(law.short), validity.provenance
    for rule in known.rules.values():
        for citation in rule.citations:
            yield "citation", reading.text(citation.text), citation.provenance


def _entity(reading: Reading, id: str) -> str:
    known = reading.assessment.knowledge.entities.get(id)
    return known.name if known else id
