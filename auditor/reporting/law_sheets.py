"""The sheet of a law."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.model.assessment import Knowledge
from auditor.model.law import Law, Reach
from auditor.model.text import Period, Text
from auditor.reporting.criterion import InWords, Said
from auditor.reporting.sheets import Cell, Sheet, Tongues, lines, row, source, text_row


def law_sheets(laws: Iterable[Law], known: Knowledge, tongues: Tongues) -> tuple[Sheet, ...]:
    """The sheets of *laws*, state by state, in the order of ids."""
    ordered = sorted(laws, key=lambda law: (law.jurisdiction, law.id))
    return tuple(law_sheet(law, known, tongues) for law in ordered)


def law_sheet(law: Law, known: Knowledge, tongues: Tongues) -> Sheet:
    """The sheet of *law*."""
    place = known.jurisdictions.get(law.jurisdiction)
    rows = [
        row("citation", tongues, *(lines(law.citation) for _ in tongues)),
        text_row("summary", law.summary, tongues),
        text_row("binds", law.binds, tongues),
    ]
    if law.secrecy is not None:
        rows.append(text_row("secrecy", law.secrecy, tongues))
    for key, cells in (
        ("reaches", [tuple(_reach(reach, t) for reach in law.reaches) for t in tongues]),
        ("validity", [_states(law, t) for t in tongues]),
        ("counters", [_texts(law.counter_arguments, t) for t in tongues]),
        ("mitigations", [_texts((m.scope for m in law.mitigations), t) for t in tongues]),
        ("cases", [_cases(law, t) for t in tongues]),
        ("source", [(source(law.provenance.source, law.provenance, t),) for t in tongues]),
    ):
        if cells[0]:
            rows.append(row(key, tongues, *cells))
    return Sheet(
        id=law.id,
        group=tuple(
            t.text(place.name) if place else t.say.country(law.jurisdiction) for t in tongues
        ),
        titles=tuple(t.text(law.name) for t in tongues),
        meta=tuple(law.id for _ in tongues),
        severity="",
        rows=tuple(rows),
        cases=(),
        signoff=law.signoff,
    )


def _reach(reach: Reach, tongue: InWords) -> Said:
    say = tongue.say
    how = say(
        "book.reach",
        hook=tongue.word("hook", reach.hook.value),
        relations=say("book.or").join(tongue.word("relation", each) for each in reach.relations),
        effects=say.listing(tongue.word("effect", each.value).lower() for each in reach.effects),
    )
    why = say("book.settled" if reach.settled else "book.open", why=tongue.text(reach.why))
    return Said(how, lines(why))


def _states(law: Law, tongue: InWords) -> Cell:
    return tuple(
        Said(
            _lasting(each.period, tongue.word("force", each.force.value), tongue),
            lines(*(tongue.text(note) for note in (each.note,) if note is not None)),
        )
        for each in law.validity
    )


def _cases(law: Law, tongue: InWords) -> Cell:
    return tuple(
        Said(
            tongue.say("colon", label=case.name, text=tongue.text(case.what)),
            (source(case.provenance.source, case.provenance, tongue),),
        )
        for case in law.cases
    )


def _texts(texts: Iterable[Text], tongue: InWords) -> Cell:
    return lines(*map(tongue.text, texts))


def _lasting(period: Period, force: str, tongue: InWords) -> str:
    say = tongue.say
    start = say.day(period.start) if period.start else ""
    end = say.day(period.end) if period.end else ""
    if start and end:
        return say("book.from-to", start=start, end=end, force=force)
    if start:
        return say("book.from", start=start, force=force)
    return say("book.until", end=end, force=force) if end else force
