"""The report as one HTML document, for the screen or for paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from auditor import resources
from auditor.model.assessment import Assessment, Interval
from auditor.model.law import Effect
from auditor.model.rule import Verdict
from auditor.reporting import annexes, drawing, frameworks
from auditor.reporting.cards import cards, settled
from auditor.reporting.chains import Chain, chains, doubts, in_words
from auditor.reporting.matrix import matrix
from auditor.reporting.opposed import borne, opposed, to_explain
from auditor.reporting.printable import BRIEF, printable
from auditor.reporting.reading import Reading, capital, inside
from auditor.reporting.summary import summarise
from auditor.reporting.sums import sums
from auditor.reporting.unknowns import questions, silences, uncovered

POINTS = 6
"""How many missing facts are named beside one criterion."""
DRAWN = 16
"""How many ways are drawn; those beyond are given in words."""

Clean = Callable[[str], str]


def compose(
    assessment: Assessment, language: str, style: str, drawable: Callable[[str], bool], medium: str
) -> str:
    """The whole document.

    *style* is the style sheet, written into it; *drawable* tells which
    characters the reader's fonts have; *medium* is `screen` or `paper`.
    """
    reading = Reading(assessment, language)
    clean = partial(printable, drawable=drawable)
    ways = chains(reading)
    unsettled, left_off = doubts(reading)
    return (
        environment(drawable)
        .get_template("report.html.j2")
        .render(
            a=assessment,
            r=reading,
            say=reading.say,
            language=language,
            medium=medium,
            style=Markup(style),  # noqa: S704 - our own files
            summary=summarise(reading, numbered=True),
            matrix=matrix(reading),
            chains=ways[:DRAWN],
            more_chains=ways[DRAWN:],
            doubts=unsettled,
            more_doubts=left_off,
            failed=cards(reading, Verdict.FAIL),
            waived=cards(reading, Verdict.WAIVED),
            unknown=cards(reading, Verdict.UNKNOWN),
            settled=settled(reading),
            opposed=opposed(reading),
            to_explain=to_explain(reading),
            borne=borne(reading),
            uncovered=uncovered(reading),
            silences=silences(reading),
            limits=silences(reading, limits=True),
            questions=questions(reading),
            facts=annexes.facts(reading),
            evidence=annexes.evidence(reading),
            usual_via=annexes.usual_via(reading),
            sums=sums(reading),
            LISTED=annexes.LISTED,
            POINTS=POINTS,
            lookups=annexes.lookups(reading),
            freshness=annexes.freshness(reading),
            effects=tuple(Effect),
            frameworks={
                "overview": frameworks.overview(reading),
                "sections": frameworks.sections(reading),
                "unbound": frameworks.unbound(reading),
            },
            bullets=lambda section, card: _bullets(reading, section, card, clean),
            brief=lambda text: printable(text, drawable, BRIEF),
            capital=capital,
            in_words=partial(in_words, reading),
            way=lambda chain: _way(reading, chain, clean),
            interval=lambda effect, bar: _interval(reading, effect, bar),
        )
    )


@cache
def environment(drawable: Callable[[str], bool]) -> Environment:
    """The templates; what they print is made printable, and drawn with what *drawable* has."""

    def finalize(value: object) -> object:
        """Everything that is printed passes here; only our own drawings come as markup."""
        if isinstance(value, str) and not isinstance(value, Markup):
            return printable(value, drawable)
        return value

    return Environment(
        loader=FileSystemLoader(resources.templates()),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _way(reading: Reading, chain: Chain, clean: Clean) -> Markup:
    boxes = [
        drawing.Box(
            clean(reading.say("box.service")),
            clean(reading.say.listing(chain.services)),
            clean(capital(reading.say.listing(map(inside, chain.roles)))),
        )
    ]
    for index, step in enumerate(chain.steps):
        detail = f", {reading.text(step.detail)}" if step.detail else ""
        boxes.append(
            drawing.Box(
                clean(capital(reading.word("relation", step.relation)) + detail),
                clean(step.name or reading.say("unnamed-party")),
                clean(reading.country(step.country)),
                step.verified,
                index == len(chain.steps) - 1,
            )
        )
    title = reading.say(
        "way.alternative",
        country=reading.countries(chain.jurisdictions),
        way=in_words(reading, reading.say.listing(chain.services), chain.steps),
    )
    return drawing.way(clean(title), boxes)


def _bullets(
    reading: Reading,
    section: frameworks.Section,
    card: frameworks.ServiceCard,
    clean: Clean,
) -> Markup:
    levels = [level.id for level in section.framework.levels]
    title = reading.say(
        "frameworks.alternative",
        service=card.label,
        rows=reading.say("semicolon").join(
            reading.say("frameworks.alternative-row", name=f"{g.id} {g.name}", levels=g.proved)
            for g in card.groups
        ),
    )
    rows = [replace(row, name=clean(row.name)) for row in card.bullets]
    return drawing.bullets(clean(title), rows, levels, section.result.minimum)


def _interval(reading: Reading, effect: Effect, bar: Interval) -> Markup:
    title = reading.say(
        "interval.alternative",
        effect=reading.word("effect", effect.value),
        low=reading.say.number(bar.low),
        high=reading.say.number(bar.high),
    )
    return drawing.interval(title, bar.low, bar.high)
