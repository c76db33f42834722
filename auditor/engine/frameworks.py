"""Frameworks applied to an organisation: each service it depends on, then the weakest of them.

What depends on the offering alone is worked out once and shared by all targets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

_UNTRIED = Passing(None, None)


@dataclass(frozen=True, slots=True)
class _Service:
    """An offering on which the organisation depends, or a party that was not identified."""

    offering: str
    label: str
    dependencies: tuple[Dependency, ...]


@dataclass(frozen=True, slots=True)
class _Bound:
    """Whether a framework binds organisations of one description.

    Attributes:
        asks: Whether it puts questions to the organisation itself.
    """

    framework: Framework
    asks: bool
    state: Bound
    missing: tuple[Text, ...]


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
        self._usual = {id_: standard(f, ()) for id_, f in catalogue.frameworks.items()}
        self._known: dict[tuple[str, str, str], tuple[ServiceResult, Passing]] = {}
        self._bound: dict[tuple[Organisation, str | None], tuple[_Bound, ...]] = {}

    def apply(self, target: Target, footprint: Footprint, home: str) -> tuple[FrameworkResult, ...]:
        """Every framework on *target*; one that does not bind it has no services, unless answered.

        *home* is the jurisdiction whose law is taken for the organisation's own.
        """
        answers: dict[str, list[Answer]] = {}
        for answer in target.answers:
            if self._understood(answer):
                answers.setdefault(answer.framework, []).append(answer)
        services = _services(footprint)
        return tuple(
            [
                self._framework(each, target, services, answers.get(each.framework.id, ()), home)
                for each in self._applicable(target)
            ]
        )

    def _understood(self, answer: Answer) -> bool:
        """Whether the catalogue still has that question and value: a recording may be older."""
        framework = self._catalogue.frameworks.get(answer.framework)
        question = answer.question.rpartition("/")[2]
        return framework is not None and answer.value in framework.questions.get(question, ())

    def _framework(
        self,
        bound: _Bound,
        target: Target,
        services: tuple[_Service, ...],
        answers: Sequence[Answer],
        home: str,
    ) -> FrameworkResult:
        framework = bound.framework
        wanted = standard(framework, answers) if answers else self._usual[framework.id]
        placed: list[Placed] = []
        if bound.state is not Bound.NO or answers:
            said = Answers(answers)
            for service in services:
                used = [d for d in service.dependencies if d.role in framework.roles]
                if used:
                    placed.append(
                        self._place(framework, service, used, target.declared, said, wanted, home)
                    )
            if bound.asks:
                result, passes = self._assess(
                    framework, Scope.ORGANISATION, "", "", (), said.on(""), wanted, home
                )
                placed.append(Placed(result, target.name, (), (), passes, doubtful=False))
        return FrameworkResult(
            framework=framework,
            bound=bound.state,
            missing=bound.missing,
            weights=wanted.weights,
            minimum=wanted.minimum,
            minima=wanted.minima,
            minimum_by=wanted.by,
            services=tuple(placed),
            levels=weakest(placed, len(framework.levels) - 1),
            passing=Passing(
                every([_sure(each.passing.proved, each) for each in placed]),
                every([_sure(each.passing.declared, each) for each in placed]),
            )
            if placed
            else _UNTRIED,
        )

    def _place(
        self,
        framework: Framework,
        service: _Service,
        used: list[Dependency],
        declared: tuple[Declared, ...],
        answers: Answers,
        wanted: Standard,
        home: str,
    ) -> Placed:
        name = service.offering or service.label
        said = tuple([each for each in declared if each.label == name])
        told = answers.on(service.offering)
        result, passes = self._assess(
            framework, Scope.SERVICE, service.offering, name, said, told, wanted, home
        )
        return Placed(
            result=result,
            label=service.label,
            dependencies=tuple([d.id for d in used]),
            roles=tuple(dict.fromkeys([d.role for d in used])),
            passing=passes,
            doubtful=all(d.confidence is Confidence.LOW or not d.verified for d in used),
        )

    def _assess(
        self,
        framework: Framework,
        scope: Scope,
        offering: str,
        name: str,
        said: tuple[Declared, ...],
        answers: Mapping[str, Answer],
        wanted: Standard,
        home: str,
    ) -> tuple[ServiceResult, Passing]:
        """The result, and whether it passes; shared by all who say nothing of the service."""
        plain = not said and not answers and wanted is self._usual[framework.id]
        key = (framework.id, f"{scope} {offering}", home)
        known = self._known.get(key) if plain else None
        if known is None:
            result = assess_service(
                framework,
                scope,
                offering,
                "" if plain else name,
                said,
                answers,
                home,
                self._assessing,
            )
            known = (result, passing(result, wanted))
            if plain:
                self._known[key] = known
        return known

    def _applicable(self, target: Target) -> tuple[_Bound, ...]:
        """What is known of each framework for organisations such as *target*."""
        key = (target.organisation, target.home)
        known = self._bound.get(key)
        if known is None:
            known = self._bound[key] = tuple(
                _Bound(
                    framework,
                    any(item.scope is Scope.ORGANISATION for item in framework.items),
                    *self._binds(framework.applicability, *key),
                )
                for framework in self._catalogue.frameworks.values()
            )
        return known

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
        open_ = [world.words[f"missing.bound-{name}"] for name, value in points if value is None]
        open_ += [
            each.text
            for each in rule.unsettled
            if not each.kinds or not organisation.kind or organisation.kind in each.kinds
        ]
        return (Bound.UNKNOWN, tuple(open_)) if open_ else (Bound.YES, ())


def _sure(passes: Truth, placed: Placed) -> Truth:
    """*passes*, but that a service which may not be in use fails nobody."""
    return None if placed.doubtful and passes is False else passes


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
