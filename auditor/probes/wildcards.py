"""Domains that answer to any name (RFC 4592)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain
from auditor.probes.names import unlikely
from auditor.probes.probe import Asking, Seen, probe
from auditor.probes.resolution import answered, resolve


@dataclass(frozen=True, slots=True)
class Wildcard(Value):
    """Any name below the domain leads somewhere, so that a name there proves little.

    Attributes:
        target: The alias or, without one, the addresses, separated by spaces.
    """

    kind: ClassVar[str] = "dns.wildcard"
    target: str

    def roles(self) -> tuple[str, ...]:
        return ("web",)

    def text(self) -> str:
        return f"* {self.target}"


@probe(takes=Domain)
def wildcard(domain: Domain) -> Asking[Seen]:
    """Ask for a name that nobody created."""
    exchanges = yield from resolve(unlikely(domain.name))
    aliases, addresses = answered(exchanges)
    target = aliases[0] if aliases else " ".join(sorted(addresses))
    return [Observation(domain, Wildcard(target), exchanges)] if target else []
