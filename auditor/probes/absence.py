"""That a record is not there is a fact as well, with the look-ups that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.exchange import Exchange
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain
from auditor.probes.resolution import replied


@dataclass(frozen=True, slots=True)
class Absence(Value):
    """Nothing of a kind was found where it would stand.

    Attributes:
        what: The kind: `dns.dmarc`.
        role: The role that such a record would speak of.
    """

    kind: ClassVar[str] = "dns.absent"
    what: str
    role: str

    def roles(self) -> tuple[str, ...]:
        return (self.role,)

    def text(self) -> str:
        return f"{self.what.removeprefix('dns.')} −"


def absence(
    domain: Domain, what: str, role: str, exchanges: tuple[Exchange, ...]
) -> list[Observation]:
    """The absence of *what*, when every one of *exchanges* has a reply; else nothing."""
    if not all(replied(exchange) for exchange in exchanges):
        return []
    return [Observation(domain, Absence(what, role), exchanges)]
