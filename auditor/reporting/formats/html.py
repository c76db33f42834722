"""The report as one HTML file: the accessible twin of the PDF, nothing to fetch, no script."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from auditor.model.assessment import Assessment
from auditor.reporting import NOTHING
from auditor.reporting.document import compose
from auditor.reporting.fonts import FACES, Face, directory
from auditor.reporting.press import sheets


def file_name(language: str) -> str:
    """`report.fr.html`."""
    return f"report.{language}.html"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """*assessment* as HTML in UTF-8, with style sheet and fonts inside."""
    style = f"{embedded()}\n{sheets('report.css', 'screen.css')}"
    return compose(assessment, language, style, anything, "screen").encode("utf-8", "replace")


def embedded() -> str:
    """Our fonts, written into a style sheet."""
    return "\n".join(map(_font_face, FACES))


def _font_face(face: Face) -> str:
    content = b64encode((directory() / f"{face.file}.ttf.woff2").read_bytes()).decode("ascii")
    return (
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f"font-style:{face.style};font-display:swap;"
        f'src:url(data:font/woff2;base64,{content}) format("woff2")}}'
    )


def anything(character: str) -> bool:
    """A browser has fonts of its own for what ours lack."""
    return True
