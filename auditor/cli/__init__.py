"""The command line: the only place that reads argv, environment and clock, prints, and exits.

Commands are imported when they are called, so that `--help` costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from auditor import __version__
from auditor.cli.exits import Exit

_COMMANDS = {
    "audit": ("auditor.cli.audit", "Look at an organisation, keep the evidence, write the report."),
    "report": ("auditor.cli.report", "Write the report of a bundle again, without network."),
    "verify": ("auditor.cli.verify", "Check that a bundle is what was recorded."),
    "explain": ("auditor.cli.explain", "Show how a finding, an exposure or a piece of evidence came about."),
    "rules": ("auditor.cli.rules", "List, show, check, prove and document the rules."),
    "catalogue": ("auditor.cli.catalogue", "Search and show the offerings, entities and laws we know."),
    "schema": ("auditor.cli.schema", "Print the JSON Schema of assessment.json."),
}


class Commands(click.Group):
    """The commands, each in a module of its own that is imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which a reader meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command named *cmd_name*, imported now."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in _COMMANDS.items()])


@click.group(
    cls=Commands,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "auto_envvar_prefix": "AUDITOR",
        "max_content_width": 100,
    },
    epilog="Exit codes: 0 done; 1 the --fail-on threshold is reached; 2 wrong usage or input; "
    "3 evidence could not be reached; 4 a bug; 130 interrupted.",
)
@click.version_option(__version__, prog_name="auditor")
def group() -> None:
    """Audit who can be ordered to open, or to cut, the services an organisation depends on.

    \b
    auditor audit ville.example -o ville/      look, keep the evidence, write ville/report.fr.pdf
    auditor report ville/bundle -o again/      the same report from the same evidence, offline
    auditor explain f03 --in ville/            why finding f03 says what it says

    Results go to files or to stdout, everything else to stderr.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with the code of `Exit`."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        code: Any = group.main(arguments, prog_name="auditor", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        click.echo("auditor: interrupted", err=True)
        return Exit.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except BrokenPipeError:
        return _piped()
    except Exception as error:
        return _failed(error)
    return int(code) if isinstance(code, int) else Exit.DONE


def _piped() -> int:
    """Whoever read our output stopped reading; that is no error."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.DONE


def _failed(error: Exception) -> int:
    from auditor.errors import AuditorError, IncompleteError

    if isinstance(error, AuditorError):
        click.echo(f"auditor: {error}", err=True)
        return Exit.INCOMPLETE if isinstance(error, IncompleteError) else Exit.USAGE
    import traceback

    traceback.print_exception(error)
    click.echo("auditor: this is a bug of the auditor, please report the lines above", err=True)
    return Exit.BUG
