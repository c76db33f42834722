"""Frameworks applied to an organisation: each service it depends on, then the weakest of them.

What depends on the offering alone is worked out once and shared by all targets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.frameworks_levels import Standard, passing, standard, weakest
from auditor.engine.frameworks_service import Answers, Assessing, assess_service
from auditor.engine.truth import Truth, every
from auditor.exposure.grasps import Grasps
from auditor.exposure.parties import World
from auditor.model.assessed import Bound, FrameworkResult, Passing, Placed, ServiceResult
from auditor.model.footprint import Dependency, Footprint
from auditor.model.framework import Applicability, Framework, Scope
from auditor.model.rule import Confidence
from auditor.model.target import Answer, Declared, Organisation, Target
from auditor.model.text import Text


@dataclass(frozen=True, slots=True)
class _Service:
    """An offering on which the organisation depends, or a party that was not identified."""

    offering: str
    label: str
    dependencies: tuple[Dependency, ...]


class Frameworks:
    """The frameworks of a catalogue, applied as of one day to any organisation."""

    def __init__(self, catalogue: Catalogue, grasps: Grasps) -> None:
        self._catalogue = catalogue
        self._assessing = Assessing(
            catalogue.offerings,
            catalogue.laws,
            World(catalogue.entities, catalogue.jurisdictions, grasps.day, catalogue.words),
            grasps,
        )
        self._results: dict[tuple[str, str, str], ServiceResult] = {}
        self._bound: dict[tuple[str, Organisation, str | None], tuple[Bound, tuple[Text, ...]]] = {}

    def apply(self, target: Target, footprint: Footprint, home: str) -> tuple[FrameworkResult, ...]:
        """Every framework on *target*; one that does not bind it has no services, unless answered.

        *home* is the jurisdiction whose law is taken for the organisation's own.
        """
        answers: dict[str, list[Answer]] = defaultdict(list)
        for answer in target.answers:
            if self._understood(answer):
                answers[answer.framework].append(answer)
        services = _services(footprint)
        return tuple(
            self._framework(framework, target, services, tuple(answers[framework.id]), home)
            for framework in self._catalogue.frameworks.values()
        )

    def _understood(self, answer: Answer) -> bool:
        """Whether the catalogue still has that question and value: a recording may be older."""
        framework = self._catalogue.frameworks.get(answer.framework)
        question = answer.question.rpartition("/")[2]
        return framework is not None and answer.value in framework.questions.get(question, ())

    def _framework(
        self,
        framework: Framework,
        target: Target,
        services: tuple[_Service, ...],
        answers: tuple[Answer, ...],
        home: str,
    ) -> FrameworkResult:
        bound, missing = self._applies(framework, target)
        wanted = standard(framework, answers)
        placed: list[Placed] = []
        if bound is not Bound.NO or answers:
            said = Answers(answers)
            placed = [
                self._place(framework, service, target.declared, said, wanted, home)
                for service in services
                if any(d.role in framework.roles for d in service.dependencies)
            ]
            placed += self._organisation(framework, target, said, wanted, home)
        levels = weakest(each.result.levels for each in placed)
        return FrameworkResult(
            framework=framework,
            bound=bound,
            missing=missing,
            weights=wanted.weights,
            minimum=wanted.minimum,
            minima=wanted.minima,
            minimum_by=wanted.by,
            services=tuple(placed),
            levels=levels,
            passing=Passing(
                every(each.passing.proved for each in placed),
                every(each.passing.declared for each in placed),
            )
            if placed
            else Passing(None, None),
        )

    def _place(
        self,
        framework: Framework,
        service: _Service,
        declared: tuple[Declared, ...],
        answers: Answers,
        wanted: Standard,
        home: str,
    ) -> Placed:
        label = service.offering or service.label
        said = tuple([each for each in declared if each.label == label])
        told = answers.on(service.offering)
        if said or told:
            result = assess_service(
                framework, Scope.SERVICE, service.offering, label, said, told, home, self._assessing
            )
        else:
            result = self._known(framework, service.offering, home)
        used = [d for d in service.dependencies if d.role in framework.roles]
        return Placed(
            result=result,
            label=service.label,
            dependencies=tuple([d.id for d in used]),
            roles=tuple(dict.fromkeys([d.role for d in used])),
            passing=passing(result, wanted),
            doubtful=all(d.confidence is Confidence.LOW or not d.verified for d in used),
        )

    def _known(self, framework: Framework, offering: str, home: str) -> ServiceResult:
        """What holds of *offering* for whoever uses it; nobody identified when it is empty."""
        key = (framework.id, offering, home)
        result = self._results.get(key)
        if result is None:
            result = self._results[key] = assess_service(
                framework, Scope.SERVICE, offering, "", (), {}, home, self._assessing
            )
        return result

    def _organisation(
        self,
        framework: Framework,
        target: Target,
        answers: Answers,
        wanted: Standard,
        home: str,
    ) -> Iterable[Placed]:
        """What is asked of the organisation itself, where anything is."""
        if all(item.scope is Scope.SERVICE for item in framework.items):
            return
        result = assess_service(
            framework, Scope.ORGANISATION, "", "", (), answers.on(""), home, self._assessing
        )
        yield Placed(result, target.name, (), (), passing(result, wanted), doubtful=False)

    def _applies(self, framework: Framework, target: Target) -> tuple[Bound, tuple[Text, ...]]:
        key = (framework.id, target.organisation, target.home)
        if key not in self._bound:
            self._bound[key] = self._binds(
                framework.applicability, target.organisation, target.home
            )
        return self._bound[key]

    def _binds(
        self, rule: Applicability, organisation: Organisation, home: str | None
    ) -> tuple[Bound, tuple[Text, ...]]:
        """Whether *rule* takes in *organisation*, whose home is None when it is not known."""
        world = self._assessing.world
        points: list[tuple[str, Truth]] = [
            ("kind", _among(rule.kinds, (organisation.kind,))),
            ("sector", _among(rule.sectors, (organisation.sector,))),
            ("data", _among(rule.data, organisation.data)),
            ("sensitivity", _among(rule.sensitivity, (organisation.sensitivity,))),
            (
                "home",
                (
                    True
                    if not rule.within
                    else None
                    if home is None
                    else any(world.inside(home, space) for space in rule.within)
                ),
            ),
            ("day", rule.period.holds(world.day)),
        ]
        truth = every(value for _, value in points)
        if truth is False:
            return Bound.NO, ()
        if rule.voluntary:
            return Bound.VOLUNTARY, ()
        if truth:
            return Bound.YES, ()
        open_ = [world.words[f"missing.bound-{name}"] for name, value in points if value is None]
        return Bound.UNKNOWN, tuple(open_)


def _among(known: tuple[str, ...], said: tuple[str, ...]) -> Truth:
    """Whether one of the words *said* is *known*; nothing known is asked of anybody."""
    if not known:
        return True
    told = [word for word in said if word]
    return any(word in known for word in told) if told else None


def _services(footprint: Footprint) -> tuple[_Service, ...]:
    """The offerings depended on, and the parties not identified, each with its dependencies."""
    found: dict[tuple[str, str], list[Dependency]] = {}
    for dependency in footprint.dependencies:
        offering = dependency.offering or ""
        key = (offering, "" if offering else dependency.label)
        found.setdefault(key, []).append(dependency)
    return tuple(
        [
            _Service(offering, dependencies[0].label, tuple(dependencies))
            for (offering, _), dependencies in found.items()
        ]
    )
