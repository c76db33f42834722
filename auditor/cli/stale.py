"""`auditor catalogue stale`: what to read again first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options

if TYPE_CHECKING:
    from auditor.exposure.freshness import DatedFact

_MONTHS = click.IntRange(min=0, max=1200)


@click.command("stale")
@click.option(
    "--older-than",
    type=_MONTHS,
    default=12,
    show_default=True,
    metavar="MONTHS",
    help="List readings older than this.",
)
@click.option(
    "--ending-within",
    type=_MONTHS,
    default=6,
    show_default=True,
    metavar="MONTHS",
    help="List qualifications, decisions and states of laws that end so soon.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    metavar="N",
    help="Lines of each list at most.",
)
@options.as_of("Judge as of this day.")
@options.as_json
@options.rules
def stale(
    older_than: int,
    ending_within: int,
    limit: int,
    as_of: date | None,
    as_json: bool,
    rules: Path | None,
) -> None:
    """List what to read again first: old readings, what ends soon, what nobody verified.

    Each list begins with what most rests on: how many offerings, recognised by how many patterns.

    \b
    auditor catalogue stale
    auditor catalogue stale --older-than 6 --limit 100
    """
    from auditor.exposure.freshness import dated_facts

    day = as_of or options.today()
    facts = dated_facts(options.catalogue(rules), day)
    oldest, latest = _months(day, -older_than), _months(day, ending_within)
    lists = {
        "old": [f for f in _heavy(facts) if f.statement.provenance.checked < oldest],
        "ending": sorted(
            (fact for fact in facts if fact.end and day <= fact.end <= latest),
            key=lambda fact: (str(fact.end), fact.id),
        ),
        "unverified": [f for f in _heavy(facts) if not f.statement.provenance.verified],
    }
    if as_json:
        click.echo(_json(lists))
        return
    headings = {
        "old": f"Last read before {oldest}",
        "ending": f"Ends by {latest}",
        "unverified": "Not verified",
    }
    for name, some in lists.items():
        click.echo("\n".join(_lines(headings[name], some, len(facts), limit)))


def _months(day: date, number: int) -> date:
    """*day* so many months later, or the last day of that month."""
    from calendar import monthrange

    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if number < 0 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _heavy(facts: Iterable[DatedFact]) -> list[DatedFact]:
    """*facts*, those on which most rests first."""
    return sorted(
        facts,
        key=lambda f: (
            -f.dependents.offerings,
            -f.dependents.fingerprints,
            f.kind,
            f.id,
            f.statement.path,
        ),
    )


def _lines(heading: str, facts: Sequence[DatedFact], whole: int, limit: int) -> Iterator[str]:
    yield f"{heading}: {len(facts):,} of {whole:,} statements"
    if facts and limit:
        yield "  offerings  patterns"
    for fact in facts[:limit]:
        provenance = fact.statement.provenance
        name = " ".join(filter(None, (fact.kind, fact.id, str(fact.statement))))
        details = [
            f"read {provenance.checked}",
            f"ends {fact.end}" if fact.end else "",
            provenance.note,
        ]
        said = f"{name}: {'; '.join(filter(None, details))}"
        weight = f"  {fact.dependents.offerings:>9,}{fact.dependents.fingerprints:>10,}  "
        yield from options.filled(said, first=weight, rest=" " * (len(weight) + 2))
    if len(facts) > limit:
        yield f"  … and {len(facts) - limit:,} more"
    yield ""


def _json(lists: dict[str, list[DatedFact]]) -> str:
    from auditor.cli.plain import document

    return document(
        {
            name: [
                {
                    "kind": fact.kind,
                    "id": fact.id,
                    "part": str(fact.statement),
                    "provenance": fact.statement.provenance,
                    "ends": fact.end,
                    "offerings": fact.dependents.offerings,
                    "fingerprints": fact.dependents.fingerprints,
                }
                for fact in facts
            ]
            for name, facts in lists.items()
        }
    )
