"""Write `docs/commands.md`: what `--help` says of every command.

Run by `make docs`; `tests/test_docs.py` fails when the page has grown old.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from auditor.cli import group

_HEAD = """\
# Commands

What `--help` says of each, kept current by a test (`make docs` writes this page).
Exit codes stand in the [README](../README.md#use-it).
"""


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command by the words one types, parents before their children."""
    yield from _below("auditor", group)


def page() -> str:
    """The text of `docs/commands.md`."""
    return _HEAD + "".join(
        f"\n## `{words}`\n\n```text\n{_help(words, command)}\n```\n"
        for words, command in commands()
    )


def _below(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from _below(f"{words} {name}", child)


def _help(words: str, command: click.Command) -> str:
    """The help text, as a terminal of 90 columns shows it."""
    name, _, below = words.partition(" ")
    context = click.Context(group, info_name=name, terminal_width=90, **group.context_settings)
    if below:
        context = click.Context(command, parent=context, info_name=below)
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


if __name__ == "__main__":
    print(page(), end="")
