"""What every format has in common."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from auditor import reporting
from auditor.errors import UsageError
from auditor.model.text import LANGUAGES
from tests.reporting import sample

ROOT = Path(__file__).parents[2]
DIGESTS = """
import hashlib
from auditor import reporting
from tests.reporting import sample
for format in reporting.names():
    for language in ("fr", "en"):
        content = reporting.render(format, sample.assessment(), language)
        print(reporting.file_name(format, language), hashlib.sha256(content).hexdigest())
"""


def test_formats_are_found_because_their_module_is_there() -> None:
    assert {"json", "html", "pdf"} <= set(reporting.names())


def test_a_format_is_loaded_only_when_chosen() -> None:
    """WeasyPrint alone takes half a second to import."""
    code = (
        "import sys; from auditor import reporting; reporting.names(); "
        "reporting.file_name('json', 'fr'); "
        "print(sorted({'weasyprint', 'jinja2', 'babel', 'fontTools'} & set(sys.modules)))"
    )
    assert _python(code).strip() == "[]"


@pytest.mark.parametrize(
    ("format", "language", "name"),
    [
        ("json", "fr", "assessment.json"),
        ("pdf", "fr", "report.fr.pdf"),
        ("html", "en", "report.en.html"),
    ],
)
def test_a_report_is_named_after_its_language(format: str, language: str, name: str) -> None:
    assert reporting.file_name(format, language) == name


@pytest.mark.parametrize(("format", "language"), [("docx", "fr"), ("pdf", "xx"), ("..json", "fr")])
def test_what_does_not_exist_is_refused_with_what_does(format: str, language: str) -> None:
    with pytest.raises(UsageError, match="there are: "):
        reporting.render(format, sample.assessment(), language)


def test_the_same_assessment_gives_the_same_bytes() -> None:
    """Whatever the hash seed, the time zone, the locale and the working directory."""
    first = _python(DIGESTS, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")
    second = _python(DIGESTS, PYTHONHASHSEED="4242", TZ="Asia/Tokyo", LC_ALL="C")
    assert first == second
    assert len(first.splitlines()) == len(reporting.names()) * len(LANGUAGES)


@pytest.mark.parametrize("format", reporting.names())
def test_an_assessment_of_nothing_is_a_report_too(format: str) -> None:
    for language in LANGUAGES:
        content = reporting.render(format, sample.empty(), language)
        assert content
        # A page for people says at least that there is nothing; a table may be its heading alone.
        assert format not in ("html", "json", "markdown", "pdf") or len(content) > 500


def _python(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT), "PATH": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
