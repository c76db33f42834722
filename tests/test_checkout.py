"""What no tracked file may hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.checkout import ROOT, tracked

# Written so that this file does not match itself.
MACHINE_PATH = re.compile(r"(?<![\w./>-])/(work|root|home)/[\w.]|/tm[p]/w/")
REGISTRY_HOST = re.compile(
    r"\b(pypi\.[o]rg|pythonhosted\.[o]rg|deb\.debian\.[o]rg|npmjs\.[o]rg|proxy\.golang\.[o]rg)\b"
)
LEFT_OPEN = re.compile(
    r"\b(TO[D]O|FIX[M]E|XX[X])\b"
    r"|pragma: no [c]over|pytest\.(mark\.)?(sk[i]p|xf[a]il|import[o]rskip)"
)


def _text(path: Path) -> str | None:
    """The text of a tracked file; None for a font, an image or an archive."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def _lines(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate((_text(path) or "").splitlines(), start=1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize(
    "line", ["see /wor" "k/shared", "open('/roo" "t/x')", "https://pyp" "i.org/simple", "# TOD" "O"]
)  # fmt: skip
def test_the_patterns_find_what_they_are_for(line: str) -> None:
    patterns = (MACHINE_PATH, REGISTRY_HOST, LEFT_OPEN)
    assert any(pattern.search(line) for pattern in patterns)


def test_no_path_of_one_machine() -> None:
    assert _lines(MACHINE_PATH, tracked()) == []


def test_no_host_of_a_package_registry() -> None:
    """Which registry serves the packages is the affair of whoever installs."""
    assert _lines(REGISTRY_HOST, tracked()) == []


def test_nothing_is_left_open() -> None:
    written = [path for path in tracked() if path.parts[0] != "fixtures"]
    assert _lines(LEFT_OPEN, written) == []


def test_python_files_keep_to_one_noun() -> None:
    """Over 400 lines there is more than one noun in a module."""
    long = [
        path
        for path in tracked("auditor")
        if path.suffix == ".py" and len((ROOT / path).read_text().splitlines()) > 400
    ]
    assert long == []


def test_every_text_ends_with_a_newline() -> None:
    texts = {path: _text(path) for path in tracked() if path.parts[0] != "fixtures"}
    assert [str(path) for path, text in texts.items() if text and not text.endswith("\n")] == []
