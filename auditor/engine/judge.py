"""One verdict for each rule and subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.engine.recall import Aspects, Ruling, Shape
from auditor.engine.ruling import absent, rule_on
from auditor.engine.scope import ABSENT, ENDING, LAYERS, kinds_of, layers_of
from auditor.engine.sentences import say
from auditor.engine.situation import Reader, Situation, ending_of
from auditor.model.assessment import Exposure, Finding
from auditor.model.footprint import Fact, Footprint, Part
from auditor.model.rule import Rule, Verdict
from auditor.model.sighting import Gap


def judge(
    rules: Iterable[Rule],
    footprint: Footprint,
    exposures: tuple[Exposure, ...],
    organisation: str,
    reader: Reader,
) -> tuple[Finding, ...]:
    """Judge *footprint* by *rules*, in the order of the rules, then of the domains.

    Every rule and subject has exactly one finding.  A subject is a role of a
    domain, or *organisation* for a rule on the whole.  *exposures* are those of
    `expose`: for each dependency in order, one for each grasp on it.
    """
    court = _Court(footprint, organisation, reader)
    first: dict[str, int] = {}
    place = 0
    for d in footprint.dependencies:
        first[d.id] = place
        place += len(reader.grasps.on(d.offering, d.role, d.layer, reader.home))
    findings: list[Finding] = []
    for rule in rules:
        for case, facts, ruling in court.rulings(rule):
            id_ = f"f{len(findings) + 1:02d}"
            if ruling.verdict is Verdict.NOT_APPLICABLE:
                findings.append(_absence(id_, rule, case, ruling))
            else:
                findings.append(_finding(id_, rule, case, facts, ruling, exposures, first))
    return tuple(findings)


@dataclass(frozen=True, slots=True)
class _Case:
    """A situation, with what every rule on it asks first.

    Attributes:
        subject: What is judged, as printed.
        layers: Those on which something is served.
        facts: By kind; that something is absent is a fact of its kind.
        number: The same for all situations alike; None when gaps make it one of a kind.
    """

    situation: Situation
    subject: str
    layers: frozenset[str]
    facts: Mapping[str, tuple[Fact, ...]]
    number: int | None


class _Court:
    """Rules on one footprint, of which each part is prepared once for all rules."""

    def __init__(self, footprint: Footprint, organisation: str, reader: Reader) -> None:
        self._reader = reader
        self._organisation = organisation
        self._parts = {(part.domain, part.role): part for part in footprint.parts}
        self._domains = tuple(dict.fromkeys(part.domain for part in footprint.parts))
        self._cases = {
            (domain, role): self._case(domain, role, f"{domain} {role}", (part,))
            for (domain, role), part in self._parts.items()
        }

    def rulings(self, rule: Rule) -> Iterator[tuple[_Case, tuple[Fact, ...], Ruling]]:
        """What *rule* judges, the facts that it looks at, and what it says of them."""
        aspects = self._aspects(rule)
        if rule.whole:
            places = [(domain, role) for domain in self._domains for role in rule.roles]
            parts = [self._parts[place] for place in places if place in self._parts]
            case = self._case(self._organisation, "", self._organisation, parts)
            where = [self._cases[d, role] for d in self._domains for role in rule.where] or [case]
            yield case, *self._ruling(aspects, case, where)
            return
        for domain in self._domains:
            for role in rule.roles:
                case = self._cases[domain, role]
                where = [self._cases[domain, other] for other in rule.where] or [case]
                yield case, *self._ruling(aspects, case, where)

    def _ruling(
        self, aspects: Aspects, case: _Case, where: Sequence[_Case]
    ) -> tuple[tuple[Fact, ...], Ruling]:
        """What a rule says of *case* if anything is served *where* it applies, or might be."""
        layers = aspects.layers
        gaps: tuple[Gap, ...] = ()
        for other in where:
            if not layers.isdisjoint(other.layers):
                gaps = ()
                break
            gaps += other.situation.gaps
        else:
            if not gaps:
                return (), self._absent(aspects, case.situation)
        facts: tuple[Fact, ...] = ()
        shape: Shape = ()
        if aspects.kinds:
            facts = tuple([f for kind in aspects.kinds for f in case.facts.get(kind, ())])
            shape = tuple([(f.kind, f.fields) for f in facts])
            if ENDING in aspects.kinds:
                shape = (*shape, ending_of(case.situation.domain))
        if case.number is None or gaps:
            return facts, self._ruled(aspects, case, facts, gaps)
        key = aspects.rule.id, case.situation.role, case.number, shape
        ruling = self._reader.memory.get(key)
        if ruling is None:
            ruling = self._ruled(aspects, case, facts, ())
            self._reader.memory.keep(key, ruling)
        return facts, ruling

    def _ruled(
        self, aspects: Aspects, case: _Case, facts: tuple[Fact, ...], gaps: tuple[Gap, ...]
    ) -> Ruling:
        """The ruling, its places of facts being among those that the rule looks at."""
        situation = case.situation
        if facts != situation.facts:
            situation = replace(situation, facts=facts)
        return rule_on(aspects.rule, situation, gaps, self._reader)

    def _absent(self, aspects: Aspects, situation: Situation) -> Ruling:
        known = aspects.absent.get(situation.role)
        if known is None:
            known = aspects.absent[situation.role] = absent(aspects.rule, situation, self._reader)
        return known

    def _case(self, domain: str, role: str, subject: str, parts: Sequence[Part]) -> _Case:
        situation = Situation(
            domain,
            role,
            tuple([d for part in parts for d in part.dependencies]),
            tuple([f for part in parts for f in part.facts]),
            tuple([g for part in parts for g in part.unnamed]),
            tuple([g for part in parts for g in part.gaps if part.role in g.tells]),
        )
        layers = frozenset([d.layer for d in situation.dependencies])
        facts: dict[str, tuple[Fact, ...]] = {}
        for fact in situation.facts:
            kind = dict(fact.fields)["what"] if fact.kind == ABSENT else fact.kind
            facts[kind] = (*facts.get(kind, ()), fact)
        alike = not situation.gaps and not situation.untold
        number = self._reader.memory.number(situation) if alike else None
        return _Case(situation, subject, layers, facts, number)

    def _aspects(self, rule: Rule) -> Aspects:
        known = self._reader.memory.aspects
        if id(rule) not in known:
            layers = LAYERS if rule.where else layers_of(rule.condition)
            known[id(rule)] = Aspects(rule, layers, tuple(sorted(kinds_of(rule.condition))), {})
        return known[id(rule)]


def _absence(id_: str, rule: Rule, case: _Case, ruling: Ruling) -> Finding:
    """The finding where there is nothing to judge."""
    domain, role = case.situation.domain, case.situation.role
    says = say(ruling.says, domain)
    return Finding(
        id_, rule.id, domain, role, case.subject, ruling.verdict, rule.severity,
        ruling.confidence, says, (), (), (), (),
    )  # fmt: skip


def _finding(
    id_: str,
    rule: Rule,
    case: _Case,
    facts: tuple[Fact, ...],
    ruling: Ruling,
    exposures: tuple[Exposure, ...],
    first: dict[str, int],
) -> Finding:
    """*ruling* on *case*, with the names and the evidence that are its own.

    Args:
        facts: Those that the rule looks at.
        first: For each dependency, the place of the exposure by the first grasp on it.
    """
    situation = case.situation
    dependencies = situation.dependencies
    involved = [dependencies[place] for place in ruling.involved]
    evidence = [e for d in involved for e in d.evidence]
    evidence += [e for place in ruling.facts for e in facts[place].evidence]
    evidence += [g.exchange.id for g in (*situation.gaps, *situation.untold) if g.exchange]
    return Finding(
        id=id_,
        rule=rule.id,
        domain=situation.domain,
        role=situation.role,
        subject=case.subject,
        verdict=ruling.verdict,
        severity=rule.severity,
        confidence=ruling.confidence,
        says=say(ruling.says, situation.domain),
        exposures=tuple(
            [exposures[first[dependencies[d].id] + grasp].id for d, grasp in ruling.exposures]
        ),
        dependencies=tuple([d.id for d in involved]),
        evidence=tuple(dict.fromkeys(evidence)),
        missing=ruling.missing,
    )
