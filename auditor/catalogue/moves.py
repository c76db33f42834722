"""Read `rules/moves.yaml`, and the prices that a user gives."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal, InvalidOperation

from auditor.catalogue.source import Entry, probably
from auditor.errors import SourceError
from auditor.model.way_out import Move, Moves, Price, Prices


def moves(file: Entry, roles: Collection[str]) -> Moves:
    """What moves together; no role moves twice.

    Raises:
        SourceError: A word is missing or not one of ours.
    """
    read: list[Move] = []
    for entry in file.entries("moves", required=True):
        move = Move(
            id=entry.string("id"),
            roles=entry.words("roles", roles, required=True),
            name=entry.text("name"),
            formats=entry.text("formats"),
            caution=entry.optional_text("caution"),
            provenance=entry.provenance(),
        )
        taken = {role for other in read for role in other.roles}
        if twice := taken & set(move.roles):
            raise SourceError(entry.place_of("roles"), f"'{min(twice)}' moves twice")
        entry.close()
        read.append(move)
    whole = Moves(tuple(read), file.text("switching"), file.provenance())
    file.close()
    return whole


def prices(file: Entry, offerings: Collection[str]) -> Prices:
    """The figures in *file*.

    Raises:
        SourceError: One is missing, is no amount, or is of an offering we do not know.
    """
    currency, seats, months = file.string("currency"), file.integer("seats"), file.integer("months")
    given = file.entry("offerings")
    read: list[tuple[str, Price]] = []
    for id_ in given.written:
        if id_ not in offerings:
            place = given.place_of(id_)
            raise SourceError(place, f"unknown offering '{id_}'{probably(id_, offerings)}")
        entry = given.entry(id_)
        read.append((id_, Price(_amount(entry, "seat_month"), _amount(entry, "once", "0"))))
        entry.close()
    given.close()
    file.close()
    return Prices(currency, seats, months, tuple(read))


def _amount(entry: Entry, key: str, default: str | None = None) -> Decimal:
    text = entry.string(key, default)
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise SourceError(entry.place_of(key), f"'{key}' must be an amount, such as 12.50")
    return amount
