"""One verdict for each rule and subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from auditor.engine.recall import Aspects, Ruling, Shape
from auditor.engine.ruling import absent, rule_on
from auditor.engine.scope import ABSENT, ENDING, LAYERS, kinds_of, layers_of
from auditor.engine.sentences import say
from auditor.engine.situation import Reader, Situation, ending_of
from auditor.model.assessment import Finding
from auditor.model.footprint import Fact, Footprint, Part
from auditor.model.rule import Rule
from auditor.model.sighting import Gap


def judge(
    rules: Iterable[Rule],
    footprint: Footprint,
    organisation: str,
    reader: Reader,
) -> tuple[Finding, ...]:
    """Judge *footprint* by *rules*, in the order of the rules, then of the domains.

    Every rule and subject has exactly one finding.  A subject is a role of a
    domain, or *organisation* for a rule on the whole.  Exposures are named as
    `expose` does: for each dependency in order, one for each grasp on it.
    """
    court = _Court(footprint, organisation, reader)
    findings: list[Finding] = []
    for rule in rules:
        aspects = court.aspects(rule)
        for case, where in court.docket(rule):
            findings.append(court.finding(_id(len(findings) + 1), aspects, case, where))
    return tuple(findings)


@lru_cache(maxsize=4096)
def _id(number: int) -> str:
    return f"f{number:02d}"


@dataclass(slots=True)
class _View:
    """A situation as a rule sees it who looks at some layers alone.

    Attributes:
        number: The same for all situations alike; None when gaps make it one of a kind.
        involved: By places of dependencies, their ids and those of their exchanges.
    """

    situation: Situation
    number: int | None
    involved: dict[tuple[int, ...], tuple[tuple[str, ...], tuple[str, ...]]]


@dataclass(slots=True)
class _Case:
    """A situation, with what every rule on it asks first.

    Attributes:
        subject: What is judged, as printed.
        layers: Those on which something is served.
        unanswered: Ids of the exchanges behind its gaps.
        views: By the layers looked at.
    """

    situation: Situation
    subject: str
    layers: frozenset[str]
    unanswered: tuple[str, ...]
    views: dict[frozenset[str], _View]


class _Court:
    """Rules on one footprint, of which each part is prepared once for all rules."""

    def __init__(
        self,
        footprint: Footprint,
        organisation: str,
        reader: Reader,
    ) -> None:
        self._reader = reader
        self._organisation = organisation
        self._parts = {(part.domain, part.role): part for part in footprint.parts}
        self._domains = tuple(dict.fromkeys(part.domain for part in footprint.parts))
        self._cases = {
            (domain, role): self._case(domain, role, f"{domain} {role}", (part,))
            for (domain, role), part in self._parts.items()
        }
        self._dockets: dict[
            tuple[bool, tuple[str, ...], tuple[str, ...]], list[tuple[_Case, Sequence[_Case]]]
        ] = {}
        self._several: dict[tuple[str, tuple[str, ...]], list[_Case]] = {}
        self._whole: dict[tuple[str, ...], _Case] = {}
        # For each dependency, the rank of the exposure by the first grasp on it.
        self._first: dict[str, int] = {}
        place = 1
        for d in footprint.dependencies:
            self._first[d.id] = place
            place += len(reader.grasps.on(d.offering, d.role, d.layer, reader.home))

    def docket(self, rule: Rule) -> list[tuple[_Case, Sequence[_Case]]]:
        """What *rule* judges, each with the cases of which one must be served for it to apply."""
        key = (rule.whole, rule.roles, rule.where)
        docket = self._dockets.get(key)
        if docket is None:
            docket = self._dockets[key] = self._docket(rule)
        return docket

    def _docket(self, rule: Rule) -> list[tuple[_Case, Sequence[_Case]]]:
        if rule.whole:
            together = self._together(rule.roles)
            where = [case for d in self._domains for case in self._of(d, rule.where)]
            return [(together, where or (together,))]
        if not rule.where:
            return [(case, (case,)) for d in self._domains for case in self._of(d, rule.roles)]
        return [
            (case, self._of(d, rule.where))
            for d in self._domains
            for case in self._of(d, rule.roles)
        ]

    def _of(self, domain: str, roles: tuple[str, ...]) -> list[_Case]:
        """The cases of *roles* of *domain*; many rules are about the same."""
        key = (domain, roles)
        if key not in self._several:
            self._several[key] = [self._cases[domain, role] for role in roles]
        return self._several[key]

    def _together(self, roles: tuple[str, ...]) -> _Case:
        """*roles* of all domains as one case."""
        if roles not in self._whole:
            places = [(domain, role) for domain in self._domains for role in roles]
            parts = [self._parts[place] for place in places if place in self._parts]
            self._whole[roles] = self._case(self._organisation, "", self._organisation, parts)
        return self._whole[roles]

    def aspects(self, rule: Rule) -> Aspects:
        """What the condition of *rule* looks at."""
        known = self._reader.memory.aspects
        aspects = known.get(id(rule))
        if aspects is None:
            reads = layers_of(rule.condition)
            layers = LAYERS if rule.where or not reads else reads
            kinds = tuple(sorted(kinds_of(rule.condition)))
            aspects = known[id(rule)] = Aspects(rule, layers, reads, kinds, {})
        return aspects

    def finding(self, id_: str, aspects: Aspects, case: _Case, where: Sequence[_Case]) -> Finding:
        """What a rule says of *case* if anything is served *where* it applies, or might be."""
        rule, situation = aspects.rule, case.situation
        gaps: tuple[Gap, ...] = ()
        for other in where:
            if not aspects.layers.isdisjoint(other.layers):
                gaps = ()
                break
            gaps += other.situation.gaps
        else:
            if not gaps:
                ruling = aspects.absent.get(situation.role)
                if ruling is None:
                    ruling = absent(rule, situation, self._reader)
                    aspects.absent[situation.role] = ruling
                return Finding(
                    id_, rule.id, situation.domain, situation.role, case.subject, ruling.verdict,
                    rule.severity, ruling.confidence, say(ruling.says, situation.domain),
                    (), (), (), (),
                )  # fmt: skip
        facts = _looked_at(aspects, situation) if aspects.kinds else ()
        # A fact tells how a service is kept, whoever renders it.
        view = self._view(case, aspects.reads or (frozenset() if facts else LAYERS))
        ruling = self._ruling(aspects, view, facts, gaps)
        involved, evidence = _involved(view, ruling.involved)
        told = [e for place in ruling.facts for e in facts[place].evidence]
        told += case.unanswered
        if told:
            evidence = tuple(dict.fromkeys([*evidence, *told]))
        dependencies = view.situation.dependencies
        return Finding(
            id_,
            rule.id,
            situation.domain,
            situation.role,
            case.subject,
            ruling.verdict,
            rule.severity,
            ruling.confidence,
            say(ruling.says, situation.domain),
            tuple([f"x{self._first[dependencies[d].id] + grasp}" for d, grasp in ruling.exposures]),
            involved,
            evidence,
            ruling.missing,
        )

    def _view(self, case: _Case, layers: frozenset[str]) -> _View:
        """*case*, of which *layers* alone are looked at."""
        layers &= case.layers
        view = case.views.get(layers)
        if view is None:
            situation = case.situation
            if layers != case.layers:
                seen = tuple([d for d in situation.dependencies if d.layer in layers])
                situation = replace(situation, dependencies=seen)
            alike = not situation.gaps and not situation.untold
            number = self._reader.memory.number(situation) if alike else None
            view = case.views[layers] = _View(situation, number, {})
        return view

    def _ruling(
        self, aspects: Aspects, view: _View, facts: tuple[Fact, ...], gaps: tuple[Gap, ...]
    ) -> Ruling:
        """The ruling on what *view* shows and the *facts* that the rule looks at.

        Args:
            gaps: Those that leave open whether it applies.
        """
        situation = view.situation
        alike = view.number is not None and not gaps
        shape: Shape = tuple([(f.kind, f.fields) for f in facts])
        if ENDING in aspects.kinds:
            shape = (*shape, ending_of(situation.domain))
        key = aspects.rule.id, situation.role, view.number or 0, shape
        ruling = self._reader.memory.get(key) if alike else None
        if ruling is None:
            if aspects.kinds:
                situation = replace(situation, facts=facts)
            ruling = rule_on(aspects.rule, situation, gaps, self._reader)
            if alike:
                self._reader.memory.keep(key, ruling)
        return ruling

    def _case(self, domain: str, role: str, subject: str, parts: Sequence[Part]) -> _Case:
        gaps = [(part, gap) for part in parts for gap in part.gaps]
        situation = Situation(
            domain,
            role,
            tuple(chain.from_iterable([part.dependencies for part in parts])),
            tuple(chain.from_iterable([part.facts for part in parts])),
            tuple([gap for part, gap in gaps if part.role not in gap.tells]),
            tuple([gap for part, gap in gaps if part.role in gap.tells]),
        )
        layers = frozenset([d.layer for d in situation.dependencies])
        unanswered = tuple([gap.exchange.id for _, gap in gaps if gap.exchange])
        return _Case(situation, subject, layers, unanswered, {})


def _involved(view: _View, places: tuple[int, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the dependencies at *places*, and those of their exchanges."""
    known = view.involved.get(places)
    if known is None:
        involved = [view.situation.dependencies[place] for place in places]
        evidence = dict.fromkeys([e for d in involved for e in d.evidence])
        known = view.involved[places] = tuple([d.id for d in involved]), tuple(evidence)
    return known


def _looked_at(aspects: Aspects, situation: Situation) -> tuple[Fact, ...]:
    """The facts of *situation* of the kinds that a rule looks at, or that say there is none."""
    return tuple(
        [
            fact
            for fact in situation.facts
            if (dict(fact.fields)["what"] if fact.kind == ABSENT else fact.kind) in aspects.kinds
        ]
    )
