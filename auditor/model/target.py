"""Whom we look at."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.subject import Domain, Host


@dataclass(frozen=True, slots=True)
class Declared:
    """A service that the organisation says it uses.

    Attributes:
        role: The role it serves in.
        offering: Id of an offering of the catalogue.
        line: Where the dossier says so, from 1.
    """

    role: str
    offering: str
    line: int


@dataclass(frozen=True, slots=True)
class Target:
    """An organisation.

    Attributes:
        name: As it calls itself; its first domain when it was not told.
        domains: At least one; the first is the principal one.
        hosts: Names to look at beside the usual ones.
        home: Jurisdiction id of the organisation; None when neither told nor
            readable from the domain.
        home_declared: Whether somebody told, rather than the domain's ending.
        declared: What it says it uses.
    """

    name: str
    domains: tuple[Domain, ...]
    hosts: tuple[Host, ...] = ()
    home: str | None = None
    home_declared: bool = False
    declared: tuple[Declared, ...] = ()
