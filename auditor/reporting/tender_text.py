"""A comparison of bids on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.compared import Comparison, Outcome
from auditor.reporting.plain import filled
from auditor.reporting.tender import View

_MARKS = {Outcome.MET: "+", Outcome.DECLARED: "(+)", Outcome.OPEN: "?", Outcome.FAILED: "–"}


def account(comparison: Comparison, language: str, width: int) -> str:
    """*comparison* in plain text."""
    return "\n".join(_account(View(comparison, language), width)) + "\n"


def _account(view: View, width: int) -> Iterator[str]:
    say, tender = view.say, view.tender
    yield from _filled(say("tender.heading", name=tender.name), width, "")
    yield from _filled(
        say("tender.as-of", day=say.day(tender.as_of), roles=view.roles(tender.roles)), width, "  "
    )
    for notice in view.notices:
        yield from _filled(notice, width, "  ")
    for line in view.lines():
        bid = line.compared.bid
        yield ""
        yield from _filled(say("colon", label=bid.bidder, text=line.admission), width, "")
        yield from _filled(view.services(line.compared), width, "  ")
        for checked in line.compared.checked:
            told = say(
                "colon", label=view.title(checked.knock_out), text=view.outcome(checked.outcome)
            )
            yield from _filled(told, width, f"  {_MARKS[checked.outcome].ljust(4)}")
        if line.compared.scored is not None:
            told = say("tender.line.points", points=line.proved, rank=line.rank)
            yield from _filled(told, width, "  ")
            if line.declared or line.declared_rank:
                told = say(
                    "tender.line.declared",
                    points=line.declared or line.proved,
                    rank=line.declared_rank or line.rank,
                )
                yield from _filled(told, width, "  ")
        count = len(line.compared.clarifications)
        if count:
            yield from _filled(say("tender.line.questions", count), width, "  ")
    yield ""
    yield from _filled(say("tender.reads"), width, "")


def _filled(text: str, width: int, indent: str) -> list[str]:
    return filled(text, width, indent, " " * len(indent))
