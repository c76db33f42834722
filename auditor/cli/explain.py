"""`auditor explain`: from a sentence of the report down to the bytes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli import options

if TYPE_CHECKING:
    from auditor.model.exchange import Exchange

_WIDEST = 100
_ROW = 16
"""Bytes on a line of a dump."""


@click.command("explain")
@click.argument("id_", metavar="ID")
@click.option(
    "--in",
    "directory",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Directory that an audit or a report wrote.",
)
@click.option(
    "--bundle",
    type=click.Path(exists=True, path_type=Path),
    metavar="BUNDLE",
    help="The evidence  [default: DIR/bundle].",
)
@options.language
def command(id_: str, directory: Path, bundle: Path | None, lang: str) -> None:
    """Show how ID came about, ID being one that the report prints.

    \b
    auditor explain f03 --in ville/                      a finding: why, by which path, from what
    auditor explain mailbox-foreign-order --in ville/    a rule: each finding it made
    auditor explain x12 --in ville/                      an exposure: which law, whom, and how
    auditor explain p03 --in ville/                      a fact to be established: what hangs on it
    auditor explain c01 --in ville/                      a contradiction: who says what, and where
    auditor explain 99ec361ebae5 --in ville/             evidence: what was asked, what came back

    A dependency (ville.example/dns/service/…) and a waiver can be explained as well.
    """
    from auditor import resources
    from auditor.audit import knowledge
    from auditor.catalogue.source import probably
    from auditor.cli.account import Account
    from auditor.cli.assessments import read
    from auditor.cli.bundles import AUDITED
    from auditor.errors import UsageError
    from auditor.reporting.printable import printable

    file = directory / "assessment.json"
    assessment = read(file)
    try:
        account = Account(assessment, lang, knowledge(resources.rules()))
        lines = account.of(id_)
        known = account.ids()
    except (AttributeError, KeyError, TypeError):
        raise UsageError(f"{file} is not whole; make it again with `auditor report`") from None
    if not lines:
        raise UsageError(
            f"nothing in {file} has the id '{id_}'"
            + (
                probably(id_, known)
                or "; findings are numbered from f01, facts to be established from p01, "
                "exposures from x1, contradictions from c01"
            )
        )
    if id_ in account.evidence:
        lines += _recorded(assessment, bundle or directory / AUDITED, id_)
    width = min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)
    for line in lines:
        for part in _wrapped(printable(line), width):
            click.echo(part)


def _recorded(assessment: dict[str, Any], path: Path, id_: str) -> list[str]:
    """The reply itself, from the bundle that the assessment was made from."""
    from auditor.errors import BundleError
    from auditor.network import bundle
    from auditor.network.readable import readable

    if not path.exists():
        return ["", f"The reply itself is in the bundle, which is not at {path}: add --bundle PATH"]
    kept = bundle.read(path)
    if kept.digest != assessment["digests"]["bundle"]:
        raise BundleError(f"{path} is not the bundle that the assessment was made from")
    for exchange in kept.exchanges:
        if exchange.id == id_:
            return ["", *readable(exchange), *_dump(exchange)]
    return []


def _dump(exchange: Exchange) -> list[str]:
    """The bytes of a DNS message, which nobody reads as text, sixteen on a line."""
    from auditor.model.exchange import Unasked

    content = b"" if isinstance(exchange.result, Unasked) else exchange.result.content
    if exchange.question.medium != "dns" or not content:
        return []
    rows = range(0, len(content), _ROW)
    return ["", *(f"{row:04x}  {content[row : row + _ROW].hex(' ')}" for row in rows)]


def _wrapped(line: str, width: int) -> list[str]:
    """*line* in lines of *width* columns, indented as it is; what cannot be broken stays whole."""
    import textwrap

    indent = line[: len(line) - len(line.lstrip(" "))]
    return textwrap.wrap(
        line,
        max(width, 40),
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        replace_whitespace=False,
    ) or [""]
