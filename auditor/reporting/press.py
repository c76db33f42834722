"""From HTML to PDF: archival (PDF/A-3a), tagged (PDF/UA-1), and the same bytes every time."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

from auditor import resources
from auditor.reporting import fonts
from auditor.reporting.packing import pack
from auditor.reporting.tagging import repair
from auditor.unswept import unswept


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with a document: its source, as PDF/A-3 calls it.

    Attributes:
        description: In a few words.
    """

    name: str
    content: bytes
    description: str


def sheets(*names: str) -> str:
    """The style sheets *names* of our templates, one after the other."""
    return "\n".join((resources.templates() / name).read_text("utf-8") for name in names)


def printed(page: str, at: datetime, enclosed: Iterable[Enclosed] = ()) -> bytes:
    """*page*, an HTML document with its style in it, as PDF.

    Fonts come from our templates and from nowhere else.  *at* dates the file
    and what is enclosed, instead of the clock.
    """
    epoch = str(int(at.timestamp()))
    content = BytesIO()
    with _environment(FONTCONFIG_FILE=str(_fontconfig()), SOURCE_DATE_EPOCH=epoch), unswept():
        weasyprint = _weasyprint()
        attachments = [
            weasyprint.Attachment(
                string=each.content,
                name=each.name,
                description=each.description,
                relationship="Data",
                created=at,
                modified=at,
            )
            for each in enclosed
        ]
        fetcher: Any = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
        with warnings.catch_warnings():
            # It leaves the file of its colour profile to be closed by the interpreter.
            warnings.simplefilter("ignore", ResourceWarning)
            _document(weasyprint, page, fetcher).write_pdf(
                content, pdf_variant="pdf/a-3a", finisher=_finish, attachments=attachments
            )
    return content.getvalue()


def _finish(document: Any, pdf: Any) -> None:
    """Called by WeasyPrint with a `pydyf.PDF`, right before it is written."""
    repair(document, pdf)
    pack(pdf)


@cache
def _weasyprint() -> Any:
    """WeasyPrint, imported when something is to be printed: it takes a while.

    It reads the font configuration when it is imported and whenever it lays out.

    For each of its C libraries it tries names that exist on other systems only,
    and each time the search of `ctypes` asks a C compiler and a linker, where
    there are any: with none to be found, half of the while is saved.
    """
    nowhere = {"PATH": os.devnull} if os.name == "posix" else {}
    with _environment(**nowhere):
        import weasyprint
    return weasyprint


def _document(weasyprint: Any, page: str, fetcher: Any) -> Any:
    """*page* as a `weasyprint.HTML`.

    Its parser of HTML takes one twentieth of all the time.  Our templates are
    well-formed XML too, which the parser of Python reads fifty times as fast;
    a page that is not goes the long way, to the same tree.
    """
    try:
        root = ElementTree.fromstring(page)  # noqa: S314 - our own: it declares no entities
    except ElementTree.ParseError:
        return weasyprint.HTML(string=page, url_fetcher=fetcher)
    document: Any = weasyprint.HTML(string="<!DOCTYPE html>", url_fetcher=fetcher)
    document.etree_element.attrib.update(root.attrib)
    document.etree_element[:] = root
    return document


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
