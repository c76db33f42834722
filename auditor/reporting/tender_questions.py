"""The questions to one bidder, as a letter ready to send: Markdown that reads as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model.compared import Clarification, Compared, Comparison, Purpose
from auditor.reporting.printable import printable
from auditor.reporting.tender import View

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&#])")


def render(comparison: Comparison, compared: Compared, language: str) -> bytes:
    """What to ask the bidder of *compared*; nothing in it tells of another bid."""
    return ("\n".join(_lines(View(comparison, language), compared)) + "\n").encode()


def _lines(view: View, compared: Compared) -> Iterator[str]:
    say, tender = view.say, view.tender
    yield f"# {_text(say('tender.letter.title', name=tender.name))}"
    yield ""
    own = compared.basis.notice
    for notice in dict.fromkeys((view.reading.notice, view.text(own) if own else "")):
        if notice:
            yield f"**{_text(notice)}**"
            yield ""
    if tender.reference:
        yield f"- {_text(say('colon', label=say('tender.reference'), text=tender.reference))}"
    yield f"- {_text(say('colon', label=say('tender.buyer'), text=tender.buyer.name))}"
    yield f"- {_text(say('colon', label=say('tender.bidder'), text=compared.bid.bidder))}"
    yield f"- {_text(say('colon', label=say('tender.day'), text=say.day(tender.as_of)))}"
    yield ""
    if not compared.clarifications:
        yield _text(say("tender.letter.none"))
        return
    yield _text(say("tender.letter.intro"))
    yield ""
    yield _text(say("tender.letter.reply"))
    for number, each in enumerate(compared.clarifications, 1):
        yield from _question(view, compared, number, each)


def _question(view: View, compared: Compared, number: int, asked: Clarification) -> Iterator[str]:
    say = view.say
    yield ""
    yield f"## {number}. {_text(view.heading(asked))}"
    yield ""
    if required := view.required_by(asked.criterion):
        yield _text(say("colon", label=say("tender.criterion"), text=required))
        yield ""
    yield _text(view.purpose(asked))
    for text in asked.ask:
        yield ""
        yield f"> {_text(view.text(text))}"
    if asked.items:
        yield ""
        yield _text(say("tender.letter.items"))
        yield ""
        yield from (f"- {_text(item)}" for item in view.items(asked.items))
    if asked.points:
        key = "found" if asked.purpose in (Purpose.COMMENT, Purpose.EXPLAIN) else "points"
        yield ""
        yield _text(say(f"tender.letter.{key}"))
        yield ""
        yield from (f"- {_text(point)}" for point in view.missing(asked.points))
    for reply in view.replies(compared, asked.criterion):
        yield ""
        received = say("tender.replied", day=say.day(reply.on))
        yield _text(say("colon", label=received, text=reply.text))


def _text(text: str) -> str:
    """*text*, in which nothing is markup."""
    return _SPECIAL.sub(r"\\\1", printable(text))
