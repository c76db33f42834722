"""A comparison of bids as a workbook: summary, criteria, points, questions, replies."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time

import xlsxwriter

from auditor.model.compared import Comparison, Points
from auditor.reporting.formats.xlsx import PLAIN, add_sheet, page_header
from auditor.reporting.printable import printable
from auditor.reporting.tables import Cell, Row, Table
from auditor.reporting.tender import View, hundredths


def render(comparison: Comparison, language: str) -> bytes:
    """*comparison* as Office Open XML (ISO/IEC 29500), dated by the tender's day."""
    view = View(comparison, language)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **PLAIN})
    book.set_properties(
        {
            "title": view.say("tender.heading", name=comparison.tender.name),
            "comments": view.say("tender.seal", digest=comparison.digest),
            "created": datetime.combine(comparison.tender.as_of, time()),
        }
    )
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    notice = page_header(printable(" ".join(view.notices)))
    for table in tables(view):
        sheet = add_sheet(book, table, heading, cell)
        if notice:
            sheet.set_header(notice)
    book.close()
    return content.getvalue()


def tables(view: View) -> tuple[Table, ...]:
    """The sheets, in order."""
    return tuple(
        Table(
            f"tender-{id_}",
            view.say(f"tender.sheet.{id_}"),
            tuple(view.say(f"tender.column.{column}") for column, _ in columns),
            tuple(width for _, width in columns),
            tuple(rows(view)),
        )
        for id_, (columns, rows) in _SHEETS.items()
    )


def _cell(*lines: str) -> str:
    """*lines*, each harmless, one below the other."""
    return "\n".join(map(printable, lines))


def _summary(view: View) -> Iterator[Row]:
    for line in view.lines():
        compared = line.compared
        yield (
            _cell(compared.bid.bidder),
            _cell(view.services(compared)),
            _cell(view.basis(compared)),
            line.admission,
            line.rank,
            line.declared_rank or line.rank,
            *_four(compared.total),
            "" if compared.bid.price is None else float(compared.bid.price),
            view.tender.currency,
        )


def _knock_outs(view: View) -> Iterator[Row]:
    for number, knock_out in enumerate(view.tender.knock_outs):
        for compared in view.comparison.bids:
            checked = compared.checked[number]
            yield (
                _cell(view.title(knock_out)),
                _cell(view.requires(knock_out)),
                _cell(compared.bid.bidder),
                view.outcome(checked.outcome),
                _cell(*view.because(checked)),
                _cell(*view.missing(checked.missing), *view.items(checked.items)),
            )


def _awards(view: View) -> Iterator[Row]:
    for number, award in enumerate(view.tender.awards):
        for compared in view.comparison.bids:
            scored = compared.scored[number] if compared.scored is not None else None
            yield (
                _cell(view.title(award)),
                _cell(view.weighs(award)),
                float(award.weight),
                _cell(compared.bid.bidder),
                *_four(scored.points if scored else None),
            )


def _questions(view: View) -> Iterator[Row]:
    for compared in view.comparison.bids:
        for each in compared.clarifications:
            yield (
                _cell(compared.bid.bidder),
                _cell(view.heading(each)),
                view.purpose(each),
                _cell(*map(view.text, each.ask), *view.items(each.items)),
                _cell(*view.missing(each.points)),
            )


def _replies(view: View) -> Iterator[Row]:
    for compared in view.comparison.bids:
        for reply in compared.bid.replies:
            yield (
                _cell(compared.bid.bidder),
                reply.criterion,
                view.say.day(reply.on),
                _cell(reply.text),
                _cell(*(f"{d.title or d.path} ({d.sha256})" for d in reply.documents)),
            )


def _four(points: Points | None) -> tuple[Cell, Cell, Cell, Cell]:
    """Both ends of both intervals, as numbers; blank for a bid that is not scored."""
    if points is None:
        return ("", "", "", "")
    low, high = hundredths(points.proved)
    low_declared, high_declared = hundredths(points.declared)
    return (float(low), float(high), float(low_declared), float(high_declared))


_POINTS = (("low", 12), ("high", 12), ("declared-low", 14), ("declared-high", 14))
_SHEETS: Mapping[str, tuple[tuple[tuple[str, int], ...], Callable[[View], Iterator[Row]]]] = {
    "summary": (
        (
            ("bidder", 26),
            ("services", 40),
            ("basis", 30),
            ("admission", 34),
            ("rank", 18),
            ("declared-rank", 18),
            *_POINTS,
            ("price", 14),
            ("currency", 10),
        ),
        _summary,
    ),
    "knock-outs": (
        (
            ("criterion", 30),
            ("requires", 44),
            ("bidder", 26),
            ("outcome", 28),
            ("because", 50),
            ("missing", 60),
        ),
        _knock_outs,
    ),
    "awards": (
        (("criterion", 30), ("weighs", 44), ("weight", 12), ("bidder", 26), *_POINTS),
        _awards,
    ),
    "questions": (
        (("bidder", 26), ("criterion", 30), ("purpose", 50), ("asked", 60), ("points", 50)),
        _questions,
    ),
    "replies": (
        (("bidder", 26), ("criterion", 16), ("on", 20), ("reply", 70), ("documents", 50)),
        _replies,
    ),
}
