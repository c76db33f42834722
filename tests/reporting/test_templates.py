"""The templates are compiled once, and again when they are others."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

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
