"""The frameworks as a report sets them out: whom they bind, what is proved, what is declared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from auditor.model.assessed import (
    Answered,
    Bound,
    FrameworkResult,
    Ground,
    Placed,
    Span,
)
from auditor.model.assessment import Exposure, State
from auditor.model.framework import Framework, Item
from auditor.reporting.drawing import Bullet
from auditor.reporting.framework_results import NAMED, Results
from auditor.reporting.reading import Reading, capital, distinct, inside

DRAWN = 3
"""Services of one framework that are drawn and set out question by question."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question of which something is known.

    Attributes:
        left: The answers still possible, in words.
        told: The answer if the declarations hold; empty when that adds nothing.
        grounds: What it rests on, with exposures or the line of the dossier.
        contradicted: The declaration that evidence excludes; empty when none.
    """

    item: Item
    left: tuple[str, ...]
    told: str
    grounds: tuple[str, ...]
    contradicted: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One objective or chapter: levels and points as printed, and the questions that cap it."""

    id: str
    name: str
    proved: str
    declared: str
    points: str
    told: str
    caps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """One service under a framework with a scale of its own.

    Attributes:
        scores: (name of the weight set, score, score by declaration, whether the set is used).
        depth: How far the parties were followed, in a sentence.
    """

    label: str
    roles: str
    doubtful: bool
    proved: str
    declared: str
    passing: str
    scores: tuple[tuple[str, str, str, bool], ...]
    groups: tuple[GroupLine, ...]
    bullets: tuple[Bullet, ...]
    lines: tuple[AnswerLine, ...]
    depth: str


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """One requirement, and the services of which each result is established, or declared."""

    item: Item
    met: str
    told: str
    unmet: str
    open: str
    grounds: tuple[str, ...]

    @property
    def silent(self) -> bool:
        """Whether nothing is known of any service."""
        return not (self.met or self.told or self.unmet or self.grounds)


@dataclass(frozen=True, slots=True)
class Section:
    """A framework with something to say of the organisation.

    Attributes:
        cards: The services drawn, weakest first; for a scale of levels.
        rows: The requirements; for a scale of met and not met.
    """

    result: FrameworkResult
    bound: str
    minimum: str
    cards: tuple[ServiceCard, ...]
    all_cards: tuple[ServiceCard, ...]
    rows: tuple[RequirementLine, ...]

    @property
    def framework(self) -> Framework:
        """The framework."""
        return self.result.framework


@dataclass(frozen=True, slots=True)
class Line:
    """A framework in the table of all."""

    framework: Framework
    bound: str
    missing: str
    proved: str
    declared: str
    passing: str


def overview(reading: Reading) -> tuple[Line, ...]:
    """Every framework in a line, but for those that do not bind and were not applied."""
    return tuple(
        _Of(reading, result).line()
        for result in reading.assessment.frameworks
        if result.bound is not Bound.NO or result.services
    )


def unbound(reading: Reading) -> str:
    """The names of those left out of the overview; empty when there is none."""
    return reading.say.listing(
        reading.text(result.framework.short)
        for result in reading.assessment.frameworks
        if result.bound is Bound.NO and not result.services
    )


def sections(reading: Reading) -> tuple[Section, ...]:
    """The frameworks of which something can be said, in their order."""
    return tuple(
        _Of(reading, result).section()
        for result in reading.assessment.frameworks
        if result.services
    )


def in_a_line(reading: Reading) -> str:
    """The frameworks that bind, or that have a scale of levels, in one sentence; may be empty."""
    chosen = [
        result
        for result in reading.assessment.frameworks
        if result.levels is not None
        and (result.bound is Bound.YES or Results(reading, result.framework).graded)
    ]
    return reading.say("semicolon").join(
        reading.say(
            "colon",
            label=reading.text(result.framework.short),
            text=Results(reading, result.framework).levels(result.levels.proved),
        )
        for result in chosen
        if result.levels is not None
    )


def _drawn(cards: tuple[ServiceCard, ...]) -> tuple[ServiceCard, ...]:
    """Those of whose use we are sure, or else the first, where something is known of them."""
    known = [card for card in cards if card.lines]
    return tuple([card for card in known if not card.doubtful][:DRAWN] or known[:1])


class _Of:
    """One framework's result, in the words of a reading."""

    def __init__(self, reading: Reading, result: FrameworkResult) -> None:
        self._reading = reading
        self._say = reading.say
        self._result = result
        self._framework = result.framework
        self._items = {item.id: item for item in result.framework.items}
        self._in = Results(reading, result.framework)

    def line(self) -> Line:
        result = self._result
        text = self._reading.text
        levels = result.levels
        return Line(
            self._framework,
            self._reading.word("bound", result.bound),
            self._say.listing(map(text, result.missing)) if result.missing else "",
            self._in.levels(levels.proved) if levels else self._say("matrix.none"),
            self._in.told(levels) if levels else self._say("matrix.none"),
            self._in.passing(result.passing) if levels else self._say("matrix.none"),
        )

    def section(self) -> Section:
        ordered = sorted(
            self._result.services,
            key=lambda p: (p.result.levels.proved.high, p.result.levels.proved),
        )
        cards = tuple(self._card(placed) for placed in ordered) if self._in.graded else ()
        return Section(
            self._result,
            self._reading.word("bound", self._result.bound),
            self._in.minimum(self._result),
            _drawn(cards),
            cards,
            () if self._in.graded else self._rows(),
        )

    def _roles(self, placed: Placed) -> str:
        roles = [self._reading.role(role) for role in placed.roles]
        listed = [roles[0], *map(inside, roles[1:])] if roles else []
        doubt = [self._say("frameworks.doubtful")] if placed.doubtful else []
        return ", ".join([*listed, *doubt])

    def _card(self, placed: Placed) -> ServiceCard:
        result = placed.result
        text = self._reading.text
        answers = {answer.item: answer for answer in result.answers}
        names = {group.id: group for group in self._framework.groups}
        sets = {each.id: each for each in self._framework.weight_sets}
        return ServiceCard(
            label=placed.label,
            roles=self._roles(placed),
            doubtful=placed.doubtful,
            proved=self._in.levels(result.levels.proved),
            declared=self._in.told(result.levels),
            passing=self._in.passing(placed.passing),
            scores=tuple(
                (text(sets[name].name), *self._in.both(points), name == self._result.weights)
                for name, points in result.scores
            ),
            groups=tuple(
                GroupLine(
                    group.group,
                    text(names[group.group].name),
                    self._in.levels(group.levels.proved),
                    self._in.told(group.levels),
                    *self._in.both(group.points),
                    self._caps(names[group.group].items, answers, group.levels.proved),
                )
                for group in result.groups
            ),
            bullets=tuple(
                Bullet(
                    f"{group.group} {text(names[group.group].name)}",
                    *group.levels.proved,
                    None if group.levels.declared == group.levels.proved else group.levels.declared,
                )
                for group in result.groups
            ),
            lines=tuple(
                line
                for answer in result.answers
                if (line := self._line(answer, placed)) is not None
            ),
            depth=self._depth(placed),
        )

    def _caps(
        self, items: Iterable[Item], answers: dict[str, Answered], span: Span
    ) -> tuple[str, ...]:
        """The questions whose known answers hold the group below the top of the scale."""
        if span.high == len(self._framework.levels) - 1:
            return ()
        return tuple(
            item.id
            for item in items
            if item.id in answers
            and max(item.choice(value).level for value in answers[item.id].proved) == span.high
            and len(answers[item.id].proved) < len(item.choices)
        )

    def _line(self, answer: Answered, placed: Placed) -> AnswerLine | None:
        item = self._items[answer.item]
        if len(answer.declared) == len(item.choices) and not answer.contradicted:
            return None
        text = self._reading.text
        told = ""
        if answer.declared != answer.proved:
            told = self._say("frameworks.or").join(
                text(item.choice(value).text) for value in answer.declared
            )
        whole = len(answer.proved) == len(item.choices)
        return AnswerLine(
            item,
            () if whole else tuple(text(item.choice(value).text) for value in answer.proved),
            told,
            tuple(self._ground(ground, placed) for ground in answer.grounds),
            self._written(item, answer.contradicted),
        )

    def _written(self, item: Item, value: str) -> str:
        known = {choice.value: choice for choice in item.choices}
        return self._reading.text(known[value].text) if value in known else value

    def _ground(self, ground: Ground, placed: Placed) -> str:
        said = self._reading.text(ground.says)
        if ground.line:
            return self._say("frameworks.at-line", text=said, line=str(ground.line))
        ids = [
            exposure.id
            for dependency in placed.dependencies
            for exposure in self._exposures.get(dependency, ())
            if exposure.grasp.law in ground.laws
        ]
        if not ids:
            return said
        more = [self._say("and-more", len(ids) - NAMED)] if len(ids) > NAMED else []
        return f"{said} [{', '.join([*ids[:NAMED], *more])}]"

    @cached_property
    def _exposures(self) -> dict[str, list[Exposure]]:
        reached: dict[str, list[Exposure]] = {}
        for exposure in self._reading.assessment.exposures:
            if exposure.grasp.state is State.REACHED:
                reached.setdefault(exposure.dependency, []).append(exposure)
        return reached

    def _depth(self, placed: Placed) -> str:
        depth = placed.result.depth
        if depth is None:
            return ""
        known = self._reading.assessment.knowledge.entities
        entities = [known[id_].name if id_ in known else id_ for id_ in depth.entities]
        layers = dict(self._framework.layers)
        sentences = [
            self._say("frameworks.depth-entities", names=self._say.listing(entities))
            if entities
            else self._say("frameworks.depth-nobody"),
            self._say("frameworks.depth-whole" if depth.complete else "frameworks.depth-open"),
        ]
        if depth.followed:
            names = self._say.listing(self._reading.text(layers[id_]) for id_ in depth.followed)
            sentences.append(self._say("frameworks.depth-layers", names=names))
        left = [
            self._reading.text(name) for id_, name in layers.items() if id_ not in depth.followed
        ]
        if left:
            sentences.append(
                self._say("frameworks.depth-unfollowed", names=self._say.listing(left))
            )
        return " ".join(sentences)

    def _rows(self) -> tuple[RequirementLine, ...]:
        best = len(self._framework.levels) - 1
        rows = []
        for item in self._framework.items:
            asked = [
                (placed, answer)
                for placed in self._result.services
                for answer in placed.result.answers
                if answer.item == item.id
            ]
            if not asked:
                continue
            met, told, unmet, unsettled, grounds = [], [], [], [], []
            for placed, answer in asked:
                proved = {item.choice(value).level for value in answer.proved}
                declared = {item.choice(value).level for value in answer.declared}
                grounds += [self._ground(ground, placed) for ground in answer.grounds]
                if proved == {best}:
                    met.append(placed.label)
                elif best not in proved:
                    unmet.append(placed.label)
                elif declared == {best}:
                    told.append(placed.label)
                else:
                    unsettled.append(placed.label)
            rows.append(
                RequirementLine(
                    item,
                    self._in.names(met),
                    self._in.names(told),
                    self._in.names(unmet),
                    self._in.names(unsettled),
                    tuple(capital(ground) for ground in distinct(grounds)[:NAMED]),
                )
            )
        return tuple(rows)
