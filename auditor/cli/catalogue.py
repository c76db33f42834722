"""`auditor catalogue`: what we know, and how we know it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options
from auditor.cli.coverage import coverage
from auditor.cli.options import filled
from auditor.cli.stale import stale
from auditor.cli.tree import tree

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.party import LegalEntity, Offering, Supply
    from auditor.model.text import Period, Provenance

_LABEL = 16
"""Columns of the words that stand before what is shown."""


@click.group("catalogue")
def command() -> None:
    """Search and show the offerings, entities, countries and laws we know, and what is missing.

    \b
    auditor catalogue search hosting
    auditor catalogue show ID            an id that the search printed
    auditor catalogue tree ID            who stands behind it, drawn
    auditor catalogue coverage seen.csv  how much of what was seen is known
    auditor catalogue stale              what to read again first
    """


for _part in (tree, stale, coverage):
    command.add_command(_part)


@command.command("search")
@click.argument("words", nargs=-1, required=True)
@options.as_json
@options.rules
def search(words: tuple[str, ...], as_json: bool, rules: Path | None) -> None:
    """List the offerings, entities, countries and laws that hold every one of WORDS.

    \b
    auditor catalogue search mx. mail         in their names, ids or DNS patterns, in any order
    """
    from auditor.cli.streams import tell

    wanted = [word.lower() for word in words]
    found = [
        (kind, id_, name, patterns)
        for kind, id_, name, patterns in _things(options.catalogue(rules))
        if all(word in " ".join((id_, name, *patterns)).lower() for word in wanted)
    ]
    if as_json:
        from auditor.cli.plain import document

        keys = ("kind", "id", "name", "patterns")
        click.echo(document([dict(zip(keys, thing, strict=True)) for thing in found]))
        return
    for kind, id_, name, patterns in found:
        hits = [p for p in patterns if any(word in p.lower() for word in wanted)]
        shown = "; ".join([name, *([", ".join(hits)] if hits else [])])
        first = f"{kind:<13}{id_:<28} "
        if len(first) > _KIND_AND_ID:
            click.echo(first.rstrip())
            first = " " * _KIND_AND_ID
        click.echo("\n".join(filled(shown, first, " " * _KIND_AND_ID)))
    if not found:
        tell("auditor: nothing of that name is known")


_KIND_AND_ID = 42


def _things(catalogue: Catalogue) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """(kind, id, name, patterns) of everything that can be found."""
    for offering in catalogue.offerings.values():
        patterns = dict.fromkeys(fingerprint.pattern for fingerprint in offering.fingerprints)
        yield "offering", offering.id, offering.name, tuple(patterns)
    for entity in catalogue.entities.values():
        yield "entity", entity.id, f"{entity.name} ({_country(entity)})", ()
    for law in catalogue.laws.values():
        yield "law", law.id, f"{law.name.fr} / {law.name.en}", (law.citation,)
    for jurisdiction in catalogue.jurisdictions.values():
        name = jurisdiction.name
        yield "country", jurisdiction.id, f"{name.fr} / {name.en}", ()


@command.command("show")
@click.argument("id_", metavar="ID")
@options.as_of("As of this day.")
@options.as_json
@options.rules
def show(id_: str, as_of: date | None, as_json: bool, rules: Path | None) -> None:
    """Show offering, entity, country or law ID: who stands behind it, and how we know.

    \b
    auditor catalogue show ID                        an id that `catalogue search` printed
    auditor catalogue show ID --as-of 2025-01-01     who owned it, what was in force, on that day
    """
    from auditor.catalogue.source import probably
    from auditor.cli import law
    from auditor.errors import UsageError

    catalogue = options.catalogue(rules)
    day = as_of or options.today()
    places = (catalogue.offerings, catalogue.entities, catalogue.laws, catalogue.jurisdictions)
    found = [place[id_] for place in places if id_ in place]
    if not found:
        known = [each for place in places for each in place]
        raise UsageError(f"nothing is known under '{id_}'{probably(id_, known)}")
    if as_json:
        from auditor.cli.plain import document

        click.echo(document(found[0]))
    elif id_ in catalogue.offerings:
        _print(_offering(catalogue.offerings[id_], catalogue, day))
    elif id_ in catalogue.entities:
        _print(_entity(catalogue.entities[id_], catalogue, day))
    elif id_ in catalogue.laws:
        click.echo("\n".join(law.of_law(catalogue.laws[id_], day)))
    else:
        place = catalogue.jurisdictions[id_]
        click.echo("\n".join(law.of_jurisdiction(place, catalogue, day)))


_Said = Iterator[tuple[str, str]]
"""Labels, and what stands behind each; a text without a label goes on the whole line."""


def _print(said: _Said) -> None:
    for label, text in said:
        first = f"  {label:<{_LABEL - 2}}" if label else ""
        click.echo("\n".join(filled(text, first, " " * _LABEL if label else "  ")))


def _offering(offering: Offering, catalogue: Catalogue, day: date) -> _Said:
    yield "", f"{offering.name} [{', '.join(offering.category)}]"
    yield "source", _basis(offering.provenance)
    yield "serves as", ", ".join(sorted(offering.roles))
    if offering.cannot:
        yield "cannot", ", ".join(sorted(offering.cannot))
    yield "keys", offering.keys
    if offering.regions:
        yield "regions", ", ".join(offering.regions)
    if offering.operator is None:
        yield "operator", "not known"
    else:
        yield from _entity(catalogue.entities[offering.operator], catalogue, day, "operator")
    for label, supplies in (
        ("technology", offering.technology),
        ("sub-processor", offering.subprocessors),
    ):
        for supply in supplies:
            yield label, _supply(supply, catalogue)
    if not offering.subprocessors_known:
        yield "sub-processor", "the list is not known to be complete"
    for held in offering.qualifications:
        decision = f", {held.decision}" if held.decision else ""
        scope = held.scope.en if held.scope else "scope not read"
        said = f"{held.scheme}: {scope}{decision}{_days(held.period)}"
        yield "qualification", f"{said}. {_basis(held.provenance)}"
    for f in offering.fingerprints:
        roles = f", as {', '.join(f.roles)}" if f.roles else ""
        own = "" if f.provenance == offering.provenance else f". {_basis(f.provenance)}"
        yield (
            "recognised by",
            f"{f.on} {f.how} {f.pattern}: {f.proves}, {f.strength}{roles}{own}",
        )


def _supply(supply: Supply, catalogue: Catalogue) -> str:
    entity = catalogue.entities[supply.entity]
    days = _days(supply.period)
    return f"{entity.name}: {supply.what.en}{days}. {_basis(supply.provenance)}"


def _entity(entity: LegalEntity, catalogue: Catalogue, day: date, label: str = "") -> _Said:
    from auditor.exposure.ownership import ownership

    yield label, f"{entity.name} ({_country(entity)}). {_basis(entity.provenance)}"
    above = ownership(entity, catalogue.entities, day)
    for holding in above.holdings:
        stake = holding.chain[-1][0]
        share = "" if stake.capital is None else f" {stake.capital:g} %"
        held = holding.chain[-2][1].name if holding.chain[1:] else entity.name
        owner = holding.owner
        yield (
            "owner",
            f"{held} is controlled by {owner.name} ({_country(owner)}){share}"
            f"{_days(stake.period)}. {_basis(stake.provenance)}",
        )
    for unknown in above.unknown:
        yield "owner", f"who controls {unknown.name} is not known"


def _country(entity: LegalEntity) -> str:
    return entity.incorporated_in or "not known"


def _days(period: Period) -> str:
    if period.start is None and period.end is None:
        return ""
    return f", {period.start or '…'} to {period.end or '…'}"


def _basis(provenance: Provenance) -> str:
    mark = "" if provenance.verified else ", NOT VERIFIED"
    note = f" ({provenance.note})" if provenance.note else ""
    return f"<{provenance.source}> read {provenance.checked}{mark}{note}"
