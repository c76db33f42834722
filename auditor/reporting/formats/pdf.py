"""The report as PDF: archival (PDF/A-3a), tagged (PDF/UA-1), and the same bytes every time."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.model.assessment import Assessment
from auditor.reporting import NOTHING, fonts
from auditor.reporting.document import compose
from auditor.reporting.press import Enclosed, printed, sheets
from auditor.reporting.wording import Wording


def file_name(language: str) -> str:
    """`report.fr.pdf`."""
    return f"report.{language}.pdf"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """*assessment* as PDF; fonts come from our templates and from nowhere else.

    *attachments* are its source, as PDF/A-3 calls it: what the report says can be
    made again from them.  They are dated by the evidence, not by the clock.
    """
    names = ["report.css", "paper.css"]
    if assessment.target.organisation.notice:
        names.append("notice.css")
    say = Wording(language)
    page = compose(assessment, language, sheets(*names), fonts.drawable, "paper")
    enclosed = [
        Enclosed(name, content, say(f"attachment.{name.partition('.')[0]}"))
        for name, content in attachments.items()
    ]
    return printed(page, assessment.ended, enclosed)
