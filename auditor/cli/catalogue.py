"""`auditor catalogue`: what we know, and how we know it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options
from auditor.cli.coverage import coverage
from auditor.cli.options import Day, rules_directory
from auditor.cli.stale import stale
from auditor.cli.tree import tree

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.party import LegalEntity, Offering
    from auditor.model.text import Provenance


@click.group("catalogue")
def command() -> None:
    """Search and show the offerings, entities and laws we know.

    \b
    auditor catalogue search hosting
    auditor catalogue show ID            an id that the search printed
    auditor catalogue tree ID            who stands behind it, drawn
    """


command.add_command(tree)
command.add_command(stale)
command.add_command(coverage)


def _load(rules: Path | None) -> Catalogue:
    from auditor.audit import knowledge

    return knowledge(rules_directory(rules))


@command.command("search")
@click.argument("words", nargs=-1, required=True)
@options.rules
def search(words: tuple[str, ...], rules: Path | None) -> None:
    """List the offerings, entities and laws that hold every one of WORDS.

    \b
    auditor catalogue search mx. mail         in their names, ids or DNS patterns, in any order
    """
    catalogue = _load(rules)
    wanted = [word.lower() for word in words]
    found = False
    for kind, id_, text in _lines(catalogue):
        if all(word in f"{id_} {text}".lower() for word in wanted):
            found = True
            click.echo(f"{kind:<9} {id_:<36} {text}")
    if not found:
        click.echo("auditor: nothing of that name is known", err=True)


def _lines(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    lines = [
        (
            "offering",
            offering.id,
            f"{offering.name}; " + " ".join(sorted({f.pattern for f in offering.fingerprints})),
        )
        for offering in catalogue.offerings.values()
    ]
    lines += [
        ("entity", entity.id, f"{entity.name} ({entity.incorporated_in or 'not known'})")
        for entity in catalogue.entities.values()
    ]
    lines += [
        ("law", law.id, f"{law.name.fr} / {law.name.en}; {law.citation}")
        for law in catalogue.laws.values()
    ]
    return lines


@command.command("show")
@click.argument("id_", metavar="ID")
@click.option("--as-of", type=Day(), metavar="DATE", help="Ownership on this day (default: today).")
@options.rules
def show(id_: str, as_of: date | None, rules: Path | None) -> None:
    """Show offering, entity or law ID: who operates it, who stands behind, how we know.

    \b
    auditor catalogue show ID                        an id that `catalogue search` printed
    auditor catalogue show ID --as-of 2025-01-01     who owned it on that day
    """
    from auditor.catalogue.source import probably
    from auditor.errors import UsageError

    catalogue = _load(rules)
    day = as_of or date.today()  # noqa: DTZ011 - the user's own day
    if id_ in catalogue.offerings:
        _show_offering(catalogue.offerings[id_], catalogue, day)
    elif id_ in catalogue.entities:
        _show_entity(catalogue.entities[id_], catalogue, day)
    elif id_ in catalogue.laws:
        law = catalogue.laws[id_]
        click.echo(f"{law.name.fr}\n{law.name.en}\n{law.citation}\n{_basis(law.provenance)}")
        for validity in law.validity:
            period = validity.period
            click.echo(f"  {period.start or '…'} to {period.end or '…'}  {validity.force}")
    else:
        known = [*catalogue.offerings, *catalogue.entities, *catalogue.laws]
        raise UsageError(f"nothing is known under '{id_}'{probably(id_, known)}")


def _show_offering(offering: Offering, catalogue: Catalogue, day: date) -> None:
    click.echo(f"{offering.name}  [{', '.join(offering.category)}]")
    click.echo(f"  {_basis(offering.provenance)}")
    click.echo(f"  serves as {', '.join(sorted(offering.roles))}; keys: {offering.keys}")
    if offering.operator is None:
        click.echo("  operator: not known")
    else:
        _show_entity(catalogue.entities[offering.operator], catalogue, day)
    for heading, supplies in (
        ("technology", offering.technology),
        ("sub-processor", offering.subprocessors),
    ):
        for supply in supplies:
            entity = catalogue.entities[supply.entity]
            click.echo(f"  {heading}: {entity.name}: {supply.what.en}. {_basis(supply.provenance)}")
    for held in offering.qualifications:
        until = held.period.end or "…"
        click.echo(f"  {held.scheme}: {held.scope}, {held.period.start or '…'} to {until}")
    for fingerprint in offering.fingerprints:
        click.echo(
            f"  {fingerprint.on} {fingerprint.how} {fingerprint.pattern}: "
            f"{fingerprint.proves}, {fingerprint.strength}"
        )


def _show_entity(entity: LegalEntity, catalogue: Catalogue, day: date) -> None:
    from auditor.exposure.ownership import ownership

    place = entity.incorporated_in or "not known"
    click.echo(f"  {entity.name} ({place}). {_basis(entity.provenance)}")
    above = ownership(entity, catalogue.entities, day)
    for holding in above.holdings:
        stake = holding.chain[-1][0]
        share = "" if stake.capital is None else f" {stake.capital:g} %"
        indent = "  " * (len(holding.chain) + 1)
        owner = holding.owner
        click.echo(
            f"{indent}controlled by {owner.name} ({owner.incorporated_in or 'not known'}){share}. "
            f"{_basis(stake.provenance)}"
        )
    for unknown in above.unknown:
        click.echo(f"    who controls {unknown.name} is not known")


def _basis(provenance: Provenance) -> str:
    mark = "" if provenance.verified else ", NOT VERIFIED"
    return f"<{provenance.source}> read {provenance.checked}{mark}"
