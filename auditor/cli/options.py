"""Options that several commands share, and how their words are read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

_Function = TypeVar("_Function", bound=Callable[..., Any])

FORMATS = ("pdf", "html", "json")
LANGUAGES = ("fr", "en")
LEVELS = ("low", "medium", "high", "critical", "never")


class Words(click.ParamType[tuple[str, ...]]):
    """A comma-separated list of words from a closed set."""

    name = "list"

    def __init__(self, among: tuple[str, ...]) -> None:
        self._among = among

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The words, without repetition, in the order written."""
        if isinstance(value, tuple):
            return value
        words = tuple(dict.fromkeys(word.strip() for word in str(value).split(",") if word.strip()))
        for word in words:
            if word not in self._among:
                self.fail(f"'{word}' is not one of {', '.join(self._among)}", param, ctx)
        if not words:
            self.fail(f"choose from {', '.join(self._among)}", param, ctx)
        return words


class Day(click.ParamType[date]):
    """A day written 2026-11-23."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is not a day such as 2026-11-23", param, ctx)


def output(function: _Function) -> _Function:
    """`--output`, `--format`, `--lang`, `--as-of`, `--fail-on`: how results are wanted."""
    for option in (
        click.option(
            "--color",
            type=click.Choice(["auto", "always", "never"]),
            default="auto",
            help="Colour on the terminal; NO_COLOR and FORCE_COLOR are heeded.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="No progress and no summary."),
        click.option(
            "--fail-on-unknown",
            is_flag=True,
            help="Exit with 3 when a rule could not be decided.",
        ),
        click.option(
            "--fail-on",
            type=click.Choice(LEVELS),
            default="never",
            show_default=True,
            help="Exit with 1 when a rule of this severity or above is not met.",
        ),
        click.option(
            "--rules",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="Directory of rules to use instead of those installed.",
        ),
        click.option(
            "--as-of",
            type=Day(),
            metavar="DATE",
            help="Apply the law and the ownership of this day (default: the day of the look-ups).",
        ),
        click.option(
            "--lang",
            "languages",
            type=Words(LANGUAGES),
            default="fr",
            show_default=True,
            help="Languages of the reports: fr, en or fr,en.",
        ),
        click.option(
            "--format",
            "formats",
            type=Words(FORMATS),
            default="pdf,html,json",
            show_default=True,
            help="What to write; json is always written.",
        ),
        click.option(
            "-o",
            "--output",
            required=True,
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="Directory for the results; made when missing.",
        ),
    ):
        function = option(function)
    return function


def rules_directory(chosen: Path | None) -> Path:
    """The rules to use."""
    from auditor import resources

    return chosen or resources.rules()


def coloured(choice: str, stream: Any = None) -> bool:
    """Whether to colour what goes to *stream* (default: stdout); click does not heed NO_COLOR."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool((stream or sys.stdout).isatty())
