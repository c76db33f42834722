"""The report as PDF: archival (PDF/A-3a), tagged (PDF/UA-1), and the same bytes every time."""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from auditor import resources
from auditor.model.assessment import Assessment
from auditor.reporting import NOTHING, fonts
from auditor.reporting.document import compose
from auditor.reporting.tagging import finish
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
    sheets = [
        (resources.templates() / name).read_text("utf-8") for name in ("report.css", "paper.css")
    ]
    page = compose(assessment, language, "\n".join(sheets), fonts.drawable, "paper")
    return lay_out(page, assessment.ended, language, attachments)


def lay_out(page: str, at: datetime, language: str, attachments: Mapping[str, bytes]) -> bytes:
    """*page*, an HTML document, as PDF, dated *at* and carrying *attachments*."""
    epoch = str(int(at.timestamp()))
    content = BytesIO()
    with _environment(FONTCONFIG_FILE=str(_fontconfig()), SOURCE_DATE_EPOCH=epoch), _unswept():
        # WeasyPrint reads the font configuration when it is imported and whenever it lays out.
        import weasyprint

        fetcher: Any = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
        with warnings.catch_warnings():
            # It leaves the file of its colour profile to be closed by the interpreter.
            warnings.simplefilter("ignore", ResourceWarning)
            weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf(
                content,
                pdf_variant="pdf/a-3a",
                finisher=finish,
                attachments=_attached(attachments, at, language),
            )
    return content.getvalue()


def _attached(files: Mapping[str, bytes], at: datetime, language: str) -> list[Any]:
    """*files* as WeasyPrint takes them."""
    import weasyprint

    say = Wording(language)
    return [
        weasyprint.Attachment(
            string=content,
            name=name,
            description=say(f"attachment.{name.partition('.')[0]}"),
            relationship="Data",
            created=at,
            modified=at,
        )
        for name, content in files.items()
    ]


@cache
def _directory() -> TemporaryDirectory[str]:
    """Kept, with its font cache, as long as the process."""
    return TemporaryDirectory(prefix="auditor-fonts-")


@cache
def _fontconfig() -> Path:
    """A configuration in which only our fonts exist."""
    place = Path(_directory().name)
    path = place / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><dir>{fonts.directory()}</dir><cachedir>{place / 'cache'}</cachedir>"
        "<selectfont><rejectfont><glob>*.woff2</glob></rejectfont></selectfont></fontconfig>",
        "utf-8",
    )
    return path


@contextmanager
def _unswept() -> Iterator[None]:
    """No search for garbage: a layout is one growing web of boxes, and a sweep costs a tenth."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
