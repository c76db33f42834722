"""Write `docs/auditor.1`, the manual page: what `--help` says of every command, for `man`.

Run by `make docs`; `tests/test_docs.py` fails when the page has grown old.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from auditor import __version__
from auditor.cli import group
from tests.command_pages import commands

_ENVIRONMENT = (
    ("AUDITOR_COMMAND_OPTION", "Any option of any command, such as AUDITOR_CHECK_FAIL_ON=medium."),
    ("NO_COLOR", "When it is not empty, nothing is coloured."),
    ("FORCE_COLOR", "When it is not empty, and NO_COLOR is, the summary is coloured anywhere."),
    ("XDG_CACHE_HOME", "Below it the compiled rules and templates are kept."),
)

_NAMES = re.compile(r"(?P<names>(?:-\S+, )*-\S+)(?: (?P<value>.*))?")
"""`-o, --output DIR`: the names of an option, and what it takes."""


def page() -> str:
    """The text of `docs/auditor.1`, in the man macros of roff."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f'.TH AUDITOR 1 "" "auditor {__version__}" "User Commands"'
    yield from (".nh", ".ad l")
    summary, description = _paragraphs(group)[0], _paragraphs(group)[1:]
    yield from (".SH NAME", f"auditor \\- {_escaped(' '.join(summary))}")
    yield from (".SH SYNOPSIS", ".B auditor", ".RI [ options ] \\ command \\ [ arguments ]")
    yield ".SH DESCRIPTION"
    yield from _text(description)
    yield from _options(group)
    yield ".SH COMMANDS"
    for words, command in commands():
        if command is not group:
            yield from _command(words, command)
    yield ".SH ENVIRONMENT"
    for name, meaning in _ENVIRONMENT:
        yield from _entry(name, "", meaning)


def _command(words: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, **group.context_settings)
    pieces = " ".join(command.collect_usage_pieces(context))
    yield f'.SS "{_escaped(words)} {_escaped(pieces)}"'
    yield from _text(_paragraphs(command))
    yield from _options(command)


def _paragraphs(command: click.Command) -> list[list[str]]:
    """The help text in paragraphs; one that keeps its lines begins with `\\b`."""
    text = inspect.cleandoc(command.help or "")
    return [block.splitlines() for block in re.split(r"\n\s*\n", text)]


def _text(paragraphs: list[list[str]]) -> Iterator[str]:
    for lines in paragraphs:
        if lines[0] == "\b":
            yield from (".PP", ".nf", *map(_escaped, lines[1:]), ".fi")
        else:
            yield from (".PP", *map(_escaped, lines))


def _options(command: click.Command) -> Iterator[str]:
    context = click.Context(command, **group.context_settings)
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and isinstance(parameter, click.Option):
            named = _NAMES.fullmatch(record[0])
            assert named is not None, record[0]
            yield from _entry(named["names"], named["value"] or "", record[1])


def _entry(names: str, value: str, meaning: str) -> Iterator[str]:
    what = f"\\fB{_escaped(names)}\\fR" + (f" \\fI{_escaped(value)}\\fR" if value else "")
    yield from (".TP", what, _escaped(meaning))


def _escaped(line: str) -> str:
    """*line* so that roff prints it: no escape, no request, hyphens that can be copied."""
    line = line.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    line = "".join(c if c.isascii() else f"\\[u{ord(c):04X}]" for c in line)
    return f"\\&{line}" if line.startswith((".", "'")) else line


if __name__ == "__main__":
    print(page(), end="")
