"""The command line: the only place that reads argv, environment and clock, prints, and exits.

Commands are imported when they are called, so that `--help` costs nothing.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from auditor import __version__
from auditor.cli.exits import Exit
from auditor.cli.interrupts import insist, settle
from auditor.cli.streams import complain, prepare, silence, tell
from auditor.unswept import seldom_swept

_COMMANDS = {
    "init": ("auditor.cli.init", "Write a dossier to fill in, each line explained."),
    "dossier": ("auditor.cli.dossier", "Check dossiers that somebody filled in."),
    "audit": ("auditor.cli.audit", "Look at an organisation, keep the evidence, write the report."),
    "check": ("auditor.cli.check", "Gate a pipeline: exit with 1 when a rule is not met."),
    "report": ("auditor.cli.report", "Write the report of a bundle again, without network."),
    "diff": ("auditor.cli.diff", "Tell what changed between two assessments, and why."),
    "verify": ("auditor.cli.verify", "Check that a bundle, or a PDF report, is what was recorded."),
    "seal": ("auditor.cli.seal", "Sign a PDF report, or have a bundle time-stamped."),
    "explain": ("auditor.cli.explain", "Show how a sentence of a report came about."),
    "scenario": ("auditor.cli.scenario", "Play what might happen: which services it would hit."),
    "compare": (
        "auditor.cli.compare",
        "Compare bids by published criteria; what to ask each bidder.",
    ),
    "ways-out": ("auditor.cli.ways_out", "Show how exposed services could be left, and for what."),
    "rules": ("auditor.cli.rules", "List, show, check, prove and document the rules."),
    "waivers": ("auditor.cli.waivers", "Check, list and write what is borne with for a while."),
    "catalogue": ("auditor.cli.catalogue", "Search and show the offerings, entities and laws."),
    "frameworks": ("auditor.cli.frameworks", "List and show the frameworks services are held to."),
    "schema": ("auditor.cli.schema", "Print a JSON Schema: assessment.json, dossier, rule files."),
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
)
@click.version_option(__version__, prog_name="auditor")
def group() -> None:
    """Audit who can be ordered to open, to cut or to alter the services an organisation depends on.

    \b
    auditor audit ville.example -o ville/      look, keep the evidence, write ville/report.fr.pdf
    auditor report ville/bundle -o again/      the same report from the same evidence, offline
    auditor verify ville/report.fr.pdf         is it what was recorded, and does it follow from it?
    auditor seal ville/report.fr.pdf           sign it; auditor seal --help says with what
    auditor check ville.example                gate a pipeline: exit with 1 from severity high on
    auditor diff january/ june/                what changed, and why
    auditor explain f03 --in ville/            why finding f03 says what it says

    Results go to files or to stdout, everything else to stderr.  An option can
    also be given by the environment: AUDITOR_AUDIT_RESOLVER=192.0.2.53.

    \b
    Exit codes
      0    done
      1    a threshold is reached: --fail-on (`check`: high by default), --fail-on-score …
      2    the command, its input, a rule file, a waiver or a bundle is wrong
      3    nobody answered, or nothing could be judged; or the unknowns leave it open
      4    a mistake of the auditor
      130  interrupted

    \b
    Completion
      bash  eval "$(_AUDITOR_COMPLETE=bash_source auditor)"      in ~/.bashrc
      zsh   eval "$(_AUDITOR_COMPLETE=zsh_source auditor)"       in ~/.zshrc
      fish  _AUDITOR_COMPLETE=fish_source auditor | source       in ~/.config/fish/config.fish
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with the code of `Exit`."""
    prepare()
    insist()
    with seldom_swept():
        sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        code = _called(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)
        return Exit.DONE
    except click.Abort as stop:
        settle()
        complain(str(stop) or "interrupted")
        return Exit.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except Exception as error:
        return _failed(error)
    return code


def _called(arguments: list[str] | None) -> int:
    try:
        code: Any = group.main(arguments, prog_name="auditor", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except SystemExit as stop:
        if "_AUDITOR_COMPLETE" in os.environ:
            return int(stop.code or 0)
        # What click makes of a pipe that its reader has closed.
        raise BrokenPipeError from None
    except KeyboardInterrupt:
        raise click.Abort from None
    return int(code) if isinstance(code, int) else Exit.DONE


def _failed(error: Exception) -> int:
    from auditor.errors import AuditorError, IncompleteError

    if isinstance(error, AuditorError):
        complain(str(error))
        return Exit.INCOMPLETE if isinstance(error, IncompleteError) else Exit.USAGE
    if isinstance(error, OSError):
        about = "" if error.filename is None else f"{error.filename}: "
        complain(f"{about}{error.strerror or error}")
        silence(sys.stdout)
        return Exit.USAGE
    import traceback

    traceback.print_exception(error)
    tell("auditor: this is a bug of the auditor, please report the lines above")
    return Exit.BUG
