"""The report as one HTML document, for the screen or for paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from markupsafe import Markup

from auditor.model.assessment import Assessment
from auditor.model.law import Effect
from auditor.model.rule import Verdict
from auditor.reporting import annexes, frameworks
from auditor.reporting.cards import cards, settled
from auditor.reporting.chains import chains, doubts, in_words
from auditor.reporting.flows import FLOWS, flows
from auditor.reporting.matrix import matrix
from auditor.reporting.opposed import borne, opposed, to_explain
from auditor.reporting.pictures import Pictures
from auditor.reporting.places import places
from auditor.reporting.plays import plays
from auditor.reporting.printable import BRIEF, printable
from auditor.reporting.reading import Reading, capital, distinct, in_a_row, inside
from auditor.reporting.summary import summarise
from auditor.reporting.sums import sums
from auditor.reporting.templates import environment
from auditor.reporting.unknowns import points, questions, silences, uncovered

DRAWN = 16
"""How many ways are drawn; those beyond are given in words."""


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
    facts_missing = points(reading)
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
            points=facts_missing,
            point_ids=partial(_ids, {f: point.id for point in facts_missing for f in point.facts}),
            questions=questions(reading),
            facts=annexes.facts(reading),
            evidence=annexes.evidence(reading),
            usual_via=annexes.usual_via(reading),
            sums=sums(reading),
            LISTED=annexes.LISTED,
            lookups=annexes.lookups(reading),
            freshness=annexes.freshness(reading),
            effects=tuple(Effect),
            frameworks={
                "overview": frameworks.overview(reading),
                "sections": frameworks.sections(reading),
                "unbound": frameworks.unbound(reading),
            },
            brief=lambda text: printable(text, drawable, BRIEF),
            capital=capital,
            inside=inside,
            in_a_row=in_a_row,
            in_words=partial(in_words, reading),
            draw=Pictures(reading, clean),
            flows=flows(reading),
            FLOWS=FLOWS,
            places=places(reading),
            plays=plays(reading),
        )
    )


def _ids(ids: Mapping[str, str], facts: Iterable[str]) -> list[str]:
    """The numbers under which *facts* are listed, each once."""
    return distinct(ids[fact] for fact in facts)
