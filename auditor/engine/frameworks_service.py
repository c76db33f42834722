"""One service under one framework: each answer by what is known, then by what is declared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.engine.frameworks_facts import read
from auditor.engine.frameworks_levels import group_result, overall, score
from auditor.engine.frameworks_scene import Reading, Scene
from auditor.exposure.grasps import Grasps
from auditor.exposure.parties import World, parties
from auditor.model.assessed import Answered, Depth, Ground, GroupResult, ServiceResult
from auditor.model.framework import LAYER, Framework, Item, Scope
from auditor.model.law import Law
from auditor.model.party import Offering
from auditor.model.target import Answer, Declared
from auditor.model.text import Provenance, Text


@dataclass(frozen=True, slots=True)
class Assessing:
    """What every assessment of a service needs."""

    offerings: Mapping[str, Offering]
    laws: Mapping[str, Law]
    world: World
    grasps: Grasps


class Answers:
    """The answers of a dossier to one framework, by the service they are about."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._general: dict[str, Answer] = {}
        self._special: dict[str, dict[str, Answer]] = {}
        for answer in answers:
            service, apart, question = answer.question.rpartition("/")
            of = self._special.setdefault(service, {}) if apart else self._general
            of[question] = answer

    def on(self, offering: str) -> Mapping[str, Answer]:
        """The answers that hold for *offering*: its own before those for every service."""
        return self._general | self._special.get(offering, {})


def assess_service(
    framework: Framework,
    scope: Scope,
    offering: str,
    name: str,
    said: tuple[Declared, ...],
    answers: Mapping[str, Answer],
    home: str,
    assessing: Assessing,
) -> ServiceResult:
    """*offering*, or a service that was not identified but is called *name*, under *framework*.

    Only the questions of *scope* are asked.  *said* and *answers* are what the dossier says of it.
    """
    known = assessing.offerings.get(offering) or _unidentified(name, assessing)
    asked = _Asked(known, said, answers, home, assessing)
    results: list[GroupResult] = []
    answered: list[Answered] = []
    for group in framework.groups:
        mine = [asked.answered(item) for item in group.items if item.scope is scope]
        if mine:
            results.append(group_result(group, mine))
            answered += mine
    whole = len(results) == len(framework.groups)
    return ServiceResult(
        offering=offering,
        answers=tuple(answered),
        groups=tuple(results),
        levels=overall(results),
        scores=tuple((w.id, score(framework, w.id, results)) for w in framework.weight_sets)
        if whole
        else (),
        depth=asked.depth(framework) if framework.layers and scope is Scope.SERVICE else None,
    )


def _unidentified(name: str, assessing: Assessing) -> Offering:
    """A service of which nothing is known but what the organisation calls it."""
    nothing = Provenance("", assessing.world.day, verified=False)
    return Offering(
        id="", name=name, operator=None, category=(), roles=frozenset(), cannot=frozenset(),
        technology=(), subprocessors=(), subprocessors_known=False, regions=(), keys="unknown",
        qualifications=(), provenance=nothing,
    )  # fmt: skip


class _Asked:
    """Answers the questions about one service; a fact that several ask for is read once."""

    def __init__(
        self,
        offering: Offering,
        said: tuple[Declared, ...],
        answers: Mapping[str, Answer],
        home: str,
        assessing: Assessing,
    ) -> None:
        self._offering = offering
        self._answers = answers
        self._words = assessing.world.words
        self._scenes = {
            entities: Scene(
                offering, said, assessing.world, assessing.grasps, assessing.laws, home, entities
            )
            for entities in (False, True)
        }
        self._readings: dict[object, Reading] = {}

    def answered(self, item: Item) -> Answered:
        """What is known of the answer to *item*: evidence prevails over what is declared."""
        every_value = tuple(choice.value for choice in item.choices)
        proved = declared = every_value
        grounds: list[Ground] = []
        heard: list[Ground] = []
        missing: list[Text] = []
        at_odds = False
        for clause in item.clauses:
            key = (clause.fact, clause.parameters, item.entities)
            if key not in self._readings:
                self._readings[key] = read(clause, self._scenes[item.entities])
            reading = self._readings[key]
            if reading.truth is None:
                missing += reading.missing
            if reading.truth is not clause.holds:
                continue
            if not reading.said:
                left = _left(proved, clause.leaves)
                at_odds = at_odds or not left
                if left != proved:
                    grounds += reading.grounds
                    proved = left or proved
            left = _left(declared, clause.leaves)
            if left and left != declared:
                declared = left
                if reading.said:
                    heard += reading.grounds
        if at_odds:
            # Two sources that exclude each other prove nothing until one of them is mended.
            proved, missing = every_value, [self._words["missing.sources-at-odds"]]
        declared = _left(declared, proved) or proved
        contradicted = ""
        answer = self._answers.get(item.id)
        if answer is not None:
            if answer.value in declared:
                declared = (answer.value,)
                told = self._words["ground.answer"].format(what=item.choice(answer.value).text)
                heard.append(Ground("dossier", told, line=answer.line))
            else:
                contradicted = answer.value
        if not item.provenance.verified:
            # The text of the question was not read: what follows from a fact is a reading of ours.
            proved, missing = every_value, [self._words["missing.question"], *missing]
        return Answered(
            item.id,
            proved,
            declared,
            (*dict.fromkeys(grounds), *dict.fromkeys(heard)),
            contradicted,
            tuple(dict.fromkeys(missing)) if len(proved) > 1 else (),
        )

    def depth(self, framework: Framework) -> Depth:
        """How far the parties were followed: entities by us, layers by the dossier's word."""
        scene = self._scenes[True]
        found, _ = parties("operator", self._offering, scene.world)
        if found:
            found = [*found, *parties("sub-processor", self._offering, scene.world)[0]]
        followed = [
            layer
            for layer, _ in framework.layers
            if (answer := self._answers.get(LAYER + layer)) and answer.value == "followed"
        ]
        return Depth(
            tuple(dict.fromkeys(party.entity.id for party in found)),
            self._offering.subprocessors_known,
            tuple(followed),
        )


def _left(values: tuple[str, ...], leaves: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if value in leaves)
