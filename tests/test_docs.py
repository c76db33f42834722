"""What the documentation says of the program is true of the program."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from auditor.cli import group
from auditor.cli.exits import Exit
from tests import manual_page
from tests.checkout import ROOT, tracked
from tests.command_pages import commands, page

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = dict(commands())
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PAGES = [path for path in tracked() if path.suffix == ".md" and path.parts[0] != "fixtures"]


def _command_lines() -> list[str]:
    """The lines of the README that a reader would type."""
    return [line.strip() for line in README.splitlines() if line.startswith("    auditor ")]


def _command(line: str) -> tuple[click.Command, list[str]]:
    """The command that *line* calls, and the words after its name."""
    words = shlex.split(line)
    for length in (3, 2):
        name = " ".join(words[:length])
        if name in COMMANDS:
            return COMMANDS[name], words[length:]
    raise AssertionError(f"there is no such command: {line}")


@pytest.mark.parametrize("line", _command_lines())
def test_a_command_in_the_readme_can_be_typed(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    command, words = _command(line)
    # The files that an example names are not there; the words must still be understood.
    for parameter in command.params:
        if isinstance(parameter.type, click.Path):
            monkeypatch.setattr(parameter.type, "exists", False)
    above = click.Context(group, info_name="auditor", **group.context_settings)
    command.make_context(line, words, parent=above).close()


def test_every_command_is_in_the_readme() -> None:
    described = set(re.findall(r"^\| `(auditor [\w-]+)` \|", README, re.MULTILINE))
    assert described == {name for name in COMMANDS if len(name.split()) == 2}


def test_the_exit_codes_in_the_readme_are_those_of_the_program() -> None:
    codes = set(map(int, re.findall(r"^\| (\d+) \|", README, re.MULTILINE)))
    assert codes == {int(code) for code in Exit}


def test_the_page_of_commands_is_current() -> None:
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == page(), "run: make docs"


def test_the_manual_page_is_current() -> None:
    written = (ROOT / "docs" / "auditor.1").read_text(encoding="ascii")
    assert written == manual_page.page(), "run: make docs"


def test_the_manual_page_names_every_option() -> None:
    named = manual_page.page().replace("\\-", "-")
    options = {
        option
        for command in COMMANDS.values()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--")
    }
    assert {option for option in options if f"{option}\\fR" not in named} == set()


def test_no_line_of_the_manual_page_is_taken_for_a_request() -> None:
    """roff swallows a line that begins with a dot or a quote and is none of its requests."""
    known = {"TH", "SH", "SS", "PP", "TP", "B", "RI", "nf", "fi", "nh", "ad"}
    requests = re.findall(r"^[.\']\s*(\w*)", manual_page.page(), re.MULTILINE)
    assert set(requests) <= known


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_every_target_of_make_that_a_page_names_is_there(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", text, re.MULTILINE))
    assert named <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_every_link_between_pages_leads_somewhere(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|mailto:)([^)#]+)", text)
    assert [t for t in targets if not (ROOT / path.parent / t).exists()] == []
