"""The templates are compiled once, and again when they are others."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest

from auditor import resources
from auditor.reporting import templates


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "auditor"


def _environment(directory: Path | None = None) -> jinja2.Environment:
    """One that has read nothing yet."""
    environment = templates.environment.__wrapped__(lambda _: True)
    return (
        environment.overlay(loader=jinja2.FileSystemLoader(directory)) if directory else environment
    )


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    directory = tmp_path / "templates"
    directory.mkdir()
    (directory / "a.j2").write_text("{{ text }}")
    return directory


def _printed(directory: Path) -> str:
    return _environment(directory).get_template("a.j2").render(text="<b>\u202e")


def test_what_is_printed_is_harmless(directory: Path) -> None:
    assert _printed(directory) == "&lt;b&gt;[U+202E]"


def test_a_compiled_template_is_kept_and_says_the_same(directory: Path, kept: Path) -> None:
    first = _printed(directory)
    before = {file: file.stat().st_mtime_ns for file in kept.iterdir()}
    assert len(before) == 1
    assert _printed(directory) == first
    assert {file: file.stat().st_mtime_ns for file in kept.iterdir()} == before


def test_a_changed_template_is_compiled_anew(directory: Path) -> None:
    _printed(directory)
    (directory / "a.j2").write_text("Now: {{ text }}")
    assert _printed(directory).startswith("Now: ")


def test_a_spoilt_one_is_compiled_anew(directory: Path, kept: Path) -> None:
    first = _printed(directory)
    (file,) = kept.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert _printed(directory) == first


def test_ours_compile() -> None:
    environment = _environment()
    for name in environment.list_templates(["j2"]):
        if name.endswith(".html.j2"):
            environment.get_template(name)


_VOID = re.compile(
    r"<(?:area|br|col|hr|img|input|link|meta|wbr)\b(?:\{\{.*?\}\}|[^>{])*>", re.DOTALL
)
_NAMED = re.compile(r"&(?!amp;|lt;|gt;|quot;|#)\w+;")


@pytest.mark.parametrize(
    "template", sorted(resources.templates().rglob("*.html.j2")), ids=lambda path: path.name
)
def test_a_template_is_xml_and_thus_read_sooner(template: Path) -> None:
    """By what tells it from HTML: elements without end, and entities that XML does not know."""
    text = template.read_text("utf-8")
    assert [tag for tag in _VOID.findall(text) if not tag.endswith("/>")] == []
    assert _NAMED.findall(text) == []
