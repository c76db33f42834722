"""Options that several commands share, and how their words are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from auditor.model.text import LANGUAGES

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue

_Function = TypeVar("_Function", bound=Callable[..., Any])

LEVELS = ("low", "medium", "high", "critical", "never")


def formats() -> tuple[str, ...]:
    """The formats of a report."""
    from auditor import reporting

    return reporting.names()


class Words(click.ParamType[tuple[str, ...]]):
    """A comma-separated list of words from a closed set, which is looked up when it is needed.

    *whole*, where there is one, is a word that stands for all of them.
    """

    name = "list"

    def __init__(self, among: Callable[[], tuple[str, ...]], whole: str = "") -> None:
        self._among = among
        self._whole = whole

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The words, without repetition, in the order written."""
        if isinstance(value, tuple):
            return value
        known = self._among()
        words = tuple(dict.fromkeys(word.strip() for word in str(value).split(",") if word.strip()))
        for word in words:
            if word not in (*known, self._whole):
                self.fail(f"'{word}' is not one of {', '.join(known)}", param, ctx)
        if self._whole in words:
            return known
        if not words:
            self.fail(f"choose from {', '.join(known)}", param, ctx)
        return words

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The words that may follow the last comma."""
        before, comma, begun = incomplete.rpartition(",")
        chosen = before.split(",")
        return [
            CompletionItem(f"{before}{comma}{word}")
            for word in self._among()
            if word.startswith(begun) and word not in chosen
        ]


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


class _Listing(click.Option):
    """An option whose help names the formats there are, looked up when help is asked for."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The record, with `{formats}` filled."""
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].replace("{formats}", ", ".join(formats())))


rules = click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Rules, laws and providers to use instead of those installed.",
)

into = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    metavar="FILE",
    help="Where to write it  [default: stdout]",
)

quiet = click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")

waivers = click.option(
    "--waivers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Findings that the organisation bears with for a while; see `auditor waivers`.",
)

day_of_law = click.option(
    "--as-of",
    type=Day(),
    metavar="DATE",
    help="Apply the law and the ownership of this day  [default: the day of the look-ups].",
)

language = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="Language of the answer.",
)

LEFT_OUT = ("rdap", "http", "tls", "web")


def looking(function: _Function) -> _Function:
    """`--resolver`, `--asn-source`, `--without` …: whom a survey asks, and about what."""
    for option in (
        click.option(
            "--vantage",
            default="",
            metavar="TEXT",
            help="From where you look, in words for the report.",
        ),
        click.option(
            "--home",
            metavar="COUNTRY",
            help="Whose law is the organisation's own, such as FR  "
            "[default: by the domain's ending].",
        ),
        click.option(
            "--add-host",
            "hosts",
            multiple=True,
            metavar="NAME",
            help="A host to look at beside the usual names; may be repeated.",
        ),
        click.option(
            "--without",
            type=Words(lambda: LEFT_OUT),
            default=(),
            metavar="rdap,http,tls,web",
            help="Leave these out; whatever they would have told is then unknown. Without web, the "
            "web site is not visited, neither for its front page nor for its certificate; without "
            "http, RIS is not asked either.",
        ),
        click.option(
            "--asn-source",
            default="ris",
            show_default=True,
            metavar="ris|cymru|FILE",
            help="Who tells which network announces an address: RIPE NCC RIS over HTTP, Team Cymru "
            "over DNS, or a file of yours (MMDB, or lines of prefix, AS, holder, country).",
        ),
        click.option(
            "--resolver",
            "resolvers",
            multiple=True,
            metavar="HOST[:PORT]",
            help="DNS resolver to ask instead of the system's; may be repeated.",
        ),
    ):
        function = option(function)
    return function


colour = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour on the terminal; auto heeds NO_COLOR and FORCE_COLOR.",
)

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")


def as_of(help_: str) -> Callable[[_Function], _Function]:
    """`--as-of DATE`, and what the day decides."""
    return click.option("--as-of", type=Day(), metavar="DATE", help=f"{help_}  [default: today]")


def today() -> date:
    """The day where the user is."""
    return date.today()  # noqa: DTZ011 - the user's own day


of_the_day = click.option(
    "--as-of",
    type=Day(),
    metavar="DATE",
    help="On the law and the ownership of this day  [default: the day of the look-ups].",
)

text_or_json = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Of what goes to standard output.",
)


def output(function: _Function) -> _Function:
    """`--output`, `--format`, `--lang`, `--as-of`, `--fail-on`: how results are wanted."""
    for option in (
        colour,
        quiet,
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
        rules,
        waivers,
        day_of_law,
        click.option(
            "--lang",
            "languages",
            type=Words(lambda: LANGUAGES),
            default=LANGUAGES[0],
            show_default=True,
            metavar="fr,en",
            help="Languages of the reports; the summary is in the first.",
        ),
        click.option(
            "--format",
            "formats",
            cls=_Listing,
            type=Words(formats, whole="all"),
            default="pdf,html,json",
            show_default=True,
            metavar="FORMAT,…",
            help="What to write, or `all`; json is always written. There are {formats}.",
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


def width() -> int:
    """Columns to fill: those of the terminal, 80 when there is none."""
    from shutil import get_terminal_size

    return max(40, get_terminal_size().columns)


def filled(text: str, first: str = "", rest: str = "") -> list[str]:
    """*text* in lines that fit, made harmless; nothing is broken but at a space."""
    from textwrap import wrap

    from auditor.reporting.printable import printable

    return wrap(
        printable(text),
        width(),
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=False,
    )


def catalogue(chosen: Path | None) -> Catalogue:
    """What is known by the rules to use."""
    from auditor.audit import knowledge

    return knowledge(rules_directory(chosen))


def rules_directory(chosen: Path | None) -> Path:
    """The rules to use."""
    from auditor import resources

    return chosen or resources.rules()
