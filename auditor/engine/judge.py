"""One verdict for each rule and subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.engine.recall import Aspects, Ruling, Shape
from auditor.engine.ruling import absent, rule_on
from auditor.engine.scope import ABSENT, ENDING, LAYERS, kinds_of, layers_of
from auditor.engine.situation import Reader, Situation, ending_of
from auditor.model.assessment import Finding
from auditor.model.exchange import Exchange, Unasked
from auditor.model.footprint import Dependency, Fact, Footprint, Part
from auditor.model.rule import Rule
from auditor.model.sighting import Gap

_NONE: frozenset[str] = frozenset()


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
        for case, gaps in court.docket(aspects):
            id_ = _finding_id(len(findings) + 1)
            if gaps is None:
                findings.append(court.absence(id_, aspects, case))
            else:
                findings.append(court.finding(id_, aspects, case, gaps))
    return tuple(findings)


@lru_cache(maxsize=4096)
def _finding_id(number: int) -> str:
    return f"f{number:02d}"


@lru_cache(maxsize=4096)
def _exposure_id(number: int) -> str:
    return f"x{number}"


@dataclass(slots=True)
class _View:
    """A situation as a rule sees it who looks at some layers alone.

    Attributes:
        number: The same for all situations alike; None when gaps make it one of a kind.
        first: For each dependency, the rank of the exposure by the first grasp on it.
        involved: By places of dependencies, their ids and those of their exchanges.
    """

    situation: Situation
    number: int | None
    first: list[int]
    involved: dict[tuple[int, ...], tuple[tuple[str, ...], tuple[str, ...]]]


@dataclass(slots=True)
class _Case:
    """A situation, with what every rule on it asks first.

    Attributes:
        subject: What is judged, as printed.
        layers: Those on which something is served.
        unanswered: Ids of the exchanges behind its gaps; what was never asked has left no evidence.
        views: By the layers looked at.
    """

    situation: Situation
    subject: str
    layers: frozenset[str]
    unanswered: tuple[str, ...]
    views: dict[frozenset[str], _View]


_Entry = tuple[_Case, tuple[Gap, ...] | None]


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
        self._ids: dict[int, str] = {}
        self._parts = {(part.domain, part.role): part for part in footprint.parts}
        self._domains = tuple(dict.fromkeys(part.domain for part in footprint.parts))
        self._cases = {
            (domain, role): self._case(domain, role, f"{domain} {role}", (part,))
            for (domain, role), part in self._parts.items()
        }
        self._dockets: dict[int, list[_Entry]] = {}
        self._several: dict[tuple[str, tuple[str, ...]], list[_Case]] = {}
        self._whole: dict[tuple[str, ...], _Case] = {}
        # For each dependency, the rank of the exposure by the first grasp on it.
        self._first: dict[str, int] = {}
        place = 1
        for d in footprint.dependencies:
            self._first[d.id] = place
            place += len(reader.grasps.on(d.offering, d.role, d.layer, reader.home))

    def docket(self, aspects: Aspects) -> list[_Entry]:
        """What a rule judges, each with the gaps that leave open whether it applies.

        With None where it does not: nothing is served there.
        """
        docket = self._dockets.get(aspects.docket)
        if docket is None:
            docket = self._dockets[aspects.docket] = [
                (case, _open(where, aspects.layers)) for case, where in self._cited(aspects.rule)
            ]
        return docket

    def _cited(self, rule: Rule) -> Iterator[tuple[_Case, Sequence[_Case]]]:
        """What *rule* judges, each with the cases of which one must be served for it to apply."""
        if rule.whole:
            together = self._together(rule.roles)
            where = [case for d in self._domains for case in self._of(d, rule.where)]
            yield together, where or (together,)
            return
        for domain in self._domains:
            for case in self._of(domain, rule.roles):
                yield case, self._of(domain, rule.where) if rule.where else (case,)

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
            dockets = self._reader.memory.dockets
            key = (rule.whole, rule.roles, rule.where, layers)
            number = dockets.setdefault(key, len(dockets))
            aspects = known[id(rule)] = Aspects(rule, layers, reads, kinds, number, {})
        return aspects

    def absence(self, id_: str, aspects: Aspects, case: _Case) -> Finding:
        """What a rule says of *case*, where there is nothing to judge."""
        rule, situation = aspects.rule, case.situation
        ruling = aspects.absent.get(situation.role)
        if ruling is None:
            ruling = aspects.absent[situation.role] = absent(rule, situation, self._reader)
        return Finding(
            id_, rule.id, situation.domain, situation.role, case.subject, ruling.verdict,
            rule.severity, ruling.confidence, ruling.says, (), (), (), (),
        )  # fmt: skip

    def finding(self, id_: str, aspects: Aspects, case: _Case, gaps: tuple[Gap, ...]) -> Finding:
        """What a rule says of *case*; *gaps* leave open whether it applies."""
        rule, situation = aspects.rule, case.situation
        facts = _looked_at(aspects, situation) if aspects.kinds else ()
        # A fact tells how a service is kept, whoever renders it.
        view = self._view(case, aspects.reads or (_NONE if facts else LAYERS))
        ruling = self._ruling(aspects, view, facts, gaps)
        involved, evidence = _involved(view, ruling.involved)
        told = [e for place in ruling.facts for e in facts[place].evidence] if ruling.facts else []
        if told or case.unanswered:
            evidence = tuple(dict.fromkeys([*evidence, *told, *case.unanswered]))
        return Finding(
            id_, rule.id, situation.domain, situation.role, case.subject, ruling.verdict,
            rule.severity, ruling.confidence, ruling.says,
            tuple([_exposure_id(view.first[place] + grasp) for place, grasp in ruling.exposures]),
            involved, evidence, ruling.missing,
        )  # fmt: skip

    def _view(self, case: _Case, layers: frozenset[str]) -> _View:
        """*case*, of which *layers* alone are looked at."""
        view = case.views.get(layers)
        if view is None:
            view = self._seen(case, layers & case.layers)
            case.views[layers] = view
        return view

    def _seen(self, case: _Case, layers: frozenset[str]) -> _View:
        view = case.views.get(layers)
        if view is None:
            situation = case.situation
            if layers != case.layers:
                seen = tuple([d for d in situation.dependencies if d.layer in layers])
                situation = situation._replace(dependencies=seen)
            alike = not situation.gaps and not situation.untold
            number = self._reader.memory.number(situation) if alike else None
            first = [self._first[dependency.id] for dependency in situation.dependencies]
            view = case.views[layers] = _View(situation, number, first, {})
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
                situation = situation._replace(facts=facts)
            ruling = rule_on(aspects.rule, situation, gaps, self._reader)
            if alike:
                self._reader.memory.keep(key, ruling)
        return ruling

    def _case(self, domain: str, role: str, subject: str, parts: Sequence[Part]) -> _Case:
        dependencies: tuple[Dependency, ...] = ()
        facts: tuple[Fact, ...] = ()
        gaps: list[Gap] = []
        untold: list[Gap] = []
        unanswered: list[str] = []
        for part in parts:
            dependencies += part.dependencies
            facts += part.facts
            for gap in part.gaps:
                (untold if part.role in gap.tells else gaps).append(gap)
                if gap.exchange and type(gap.exchange.result) is not Unasked:
                    unanswered.append(self._id_of(gap.exchange))
        layers = frozenset([d.layer for d in dependencies]) if dependencies else _NONE
        situation = Situation(domain, role, dependencies, facts, tuple(gaps), tuple(untold))
        return _Case(situation, subject, layers, tuple(unanswered), {})

    def _id_of(self, exchange: Exchange) -> str:
        """The id of *exchange*, a digest: several roles may have a gap for the same."""
        known = self._ids.get(id(exchange))
        if known is None:
            known = self._ids[id(exchange)] = exchange.id
        return known


def _open(where: Iterable[_Case], layers: frozenset[str]) -> tuple[Gap, ...] | None:
    """The gaps of the cases *where* nothing is served on *layers*; none where something is.

    None when nothing is, without any gap.
    """
    gaps: list[Gap] = []
    for case in where:
        if not layers.isdisjoint(case.layers):
            return ()
        gaps += case.situation.gaps
    return tuple(gaps) or None


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
