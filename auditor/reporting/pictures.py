"""The drawings of a report, each with its alternative in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from auditor.model.assessment import Interval
from auditor.model.law import Effect
from auditor.reporting import drawing
from auditor.reporting.chains import Chain, described, in_words
from auditor.reporting.flow_drawing import Node, flow
from auditor.reporting.flows import FLOWS, Flow
from auditor.reporting.frameworks import Section, ServiceCard
from auditor.reporting.places import Place, grid
from auditor.reporting.reading import Reading, capital, distinct, inside
from auditor.reporting.sum_drawing import Bar, points
from auditor.reporting.sums import Account
from auditor.reporting.tile_drawing import Tile, tiles

Clean = Callable[[str], str]


class Pictures:
    """Draws what a reading holds; *clean* makes every text one that can be drawn."""

    def __init__(self, reading: Reading, clean: Clean) -> None:
        self._reading = reading
        self._say = reading.say
        self._clean = clean

    def way(self, chain: Chain) -> Markup:
        """A path of control, box by box."""
        reading, say, clean = self._reading, self._say, self._clean
        boxes = [
            drawing.Box(
                clean(say("box.service")),
                clean(say.listing(chain.services)),
                clean(capital(say.listing(map(inside, chain.roles)))),
            )
        ]
        for index, step in enumerate(chain.steps):
            boxes.append(
                drawing.Box(
                    clean(capital(described(reading, step))),
                    clean(step.name or say("unnamed-party")),
                    clean(reading.country(step.country)),
                    step.verified,
                    index == len(chain.steps) - 1,
                )
            )
        title = say(
            "way.alternative",
            country=reading.countries(chain.jurisdictions),
            way=in_words(reading, say.listing(chain.services), chain.steps),
        )
        return drawing.way(clean(title), boxes)

    def bullets(self, section: Section, card: ServiceCard) -> Markup:
        """The levels of one service under a framework."""
        levels = [level.id for level in section.framework.levels]
        rows = self._say("semicolon").join(
            self._say("frameworks.alternative-row", name=f"{g.id} {g.name}", levels=g.proved)
            for g in card.groups
        )
        title = self._say("frameworks.alternative", service=card.label, rows=rows)
        bullets = [replace(row, name=self._clean(row.name)) for row in card.bullets]
        return drawing.bullets(self._clean(title), bullets, levels, section.result.minimum)

    def interval(self, effect: Effect, bar: Interval) -> Markup:
        """The score of one effect."""
        title = self._say(
            "interval.alternative",
            effect=self._reading.word("effect", effect.value),
            low=self._say.number(bar.low),
            high=self._say.number(bar.high),
        )
        return drawing.interval(title, bar.low, bar.high)

    def points(self, accounts: Sequence[Account]) -> Markup:
        """The points of each effect: proved, open and lost."""
        titles, bars = [], []
        for account in accounts:
            total = account.total
            proved, unknown, lost = total.low, total.high - total.low, total.weight - total.high
            figures: dict[str, Any] = {
                "proved": self._say.number(proved),
                "unknown": self._say.number(unknown),
                "lost": self._say.number(lost),
                "whole": self._say.number(total.weight),
            }
            effect = self._reading.word("effect", account.effect.value)
            titles.append(self._say("sums.alternative", effect=effect, **figures))
            told = self._say("sums.account", **figures)
            bars.append(Bar(effect, told, proved, unknown, lost))
        return points(" ".join(titles), bars)

    def flow(self, flows: Sequence[Flow]) -> Markup:
        """The organisation, its services, who operates them, and from where that is controlled."""
        say, clean = self._say, self._clean
        drawn = flows[:FLOWS]
        open_ = say("not-established")
        operators = distinct(f"{each.operator} {' '.join(each.countries)}" for each in drawn)
        controls = distinct(say.listing(each.countries) for each in drawn)
        of_operator = {
            f"{each.operator} {' '.join(each.countries)}": each for each in reversed(drawn)
        }
        of_control = {say.listing(each.countries): each for each in reversed(drawn)}
        columns = (
            [Node(clean(self._reading.assessment.target.name), next=tuple(range(len(drawn))))],
            [
                Node(
                    clean(each.service),
                    clean(each.roles),
                    not each.doubt,
                    next=(operators.index(f"{each.operator} {' '.join(each.countries)}"),),
                    sure=each.run,
                )
                for each in drawn
            ],
            [
                Node(
                    clean(each.operator) or open_,
                    firm=bool(each.operator),
                    next=(controls.index(say.listing(each.countries)),),
                    sure=each.held,
                )
                for each in map(of_operator.__getitem__, operators)
            ],
            [
                Node(
                    clean(say.listing(each.countries)) or open_,
                    firm=bool(each.countries),
                    far=each.far,
                )
                for each in map(of_control.__getitem__, controls)
            ],
        )
        rows = say("semicolon").join(
            say(
                "flows.alternative-row",
                service=each.service,
                roles=inside(each.roles),
                operator=each.operator or open_,
                countries=self._controlled(each) or open_,
            )
            for each in drawn
        )
        title = say("flows.alternative", name=self._reading.assessment.target.name, rows=rows)
        heads = [say(f"flows.{head}") for head in ("organisation", "services")]
        heads += [say("flows.operators"), say("flows.controlled")]
        return flow(clean(title), heads, columns)

    def _controlled(self, flow: Flow) -> str:
        countries = self._say.listing(flow.countries)
        return countries if flow.held or not countries else self._reading.to_confirm(countries)

    def tiles(self, places: Sequence[Place]) -> Markup:
        """Europe, with the states that matter; those elsewhere beside it."""
        say, clean = self._say, self._clean
        marked = [
            Tile(
                clean(place.code) or "?",
                clean(place.name),
                bool(place.controlled),
                bool(place.located) and bool(place.code),
                bool(place.code),
                bool(place.supposed),
            )
            for place in places
        ]
        none = say("places.none")
        rows = say("semicolon").join(
            say(
                "places.alternative-row",
                name=place.name,
                controlled=say.listing(place.services(self._reading)) or none,
                located=say.listing(place.located) or none,
            )
            for place in places
        )
        return tiles(clean(say("places.alternative", rows=rows)), grid(), marked)
