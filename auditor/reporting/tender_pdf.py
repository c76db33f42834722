"""The side-by-side report: archival, tagged, the same bytes every time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time

from markupsafe import Markup

from auditor.model.compared import Comparison
from auditor.reporting import NOTHING, fonts
from auditor.reporting.press import Enclosed, printed, sheets
from auditor.reporting.reading import capital
from auditor.reporting.templates import environment
from auditor.reporting.tender import View
from auditor.reporting.wording import Wording

SIDE_BY_SIDE = 4
"""Bids in one table; further ones follow in another."""
POINTS = 6
"""Grounds or missing facts printed in one place; the JSON has them all."""


def render(
    comparison: Comparison, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """*comparison* as PDF/A-3a and PDF/UA-1, carrying *attachments*; dated by the tender's day."""
    at = datetime.combine(comparison.tender.as_of, time(), UTC)
    say = Wording(language)
    enclosed = [
        Enclosed(name, content, say(f"attachment.{name.partition('.')[0]}"))
        for name, content in attachments.items()
    ]
    return printed(compose(comparison, language, at), at, enclosed)


def compose(comparison: Comparison, language: str, at: datetime) -> str:
    """The whole document, for paper."""
    style = sheets("report.css", "paper.css", "comparison.css")
    view = View(comparison, language)
    bids = comparison.bids
    return (
        environment(fonts.drawable)
        .get_template("comparison.html.j2")
        .render(
            v=view,
            t=comparison.tender,
            c=comparison,
            say=view.say,
            language=language,
            medium="paper",
            at=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            style=Markup(style),  # noqa: S704 - our own files
            tool=bids[0].assessment.digests.tool,
            rules=bids[0].assessment.digests.rules,
            tables=[bids[i : i + SIDE_BY_SIDE] for i in range(0, len(bids), SIDE_BY_SIDE)],
            capital=capital,
            POINTS=POINTS,
        )
    )
