"""Names that exist only when the domain has an account somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.sighting import Observation, Value
from auditor.model.subject import TenantName
from auditor.probes.probe import Asking, Seen, probe
from auditor.probes.resolution import answered, like_any_other, resolve


@dataclass(frozen=True, slots=True)
class Tenant(Value):
    """The name that some service gives to its customer's domain exists.

    Attributes:
        name: The name.
        role: The role in which the account is a dependency.
    """

    kind: ClassVar[str] = "dns.tenant"
    key_field: ClassVar[str] = "name"
    layer: ClassVar[str | None] = "service"
    name: str
    role: str

    def roles(self) -> tuple[str, ...]:
        return (self.role,)

    def text(self) -> str:
        return "A"


@probe(takes=TenantName)
def tenant(name: TenantName) -> Asking[Seen]:
    """See whether *name* exists, and not just as any name beside it would."""
    exchanges = yield from resolve(name.name)
    aliases, addresses = answered(exchanges)
    if not aliases and not addresses:
        return []
    if (yield from like_any_other(name.name.partition(".")[2], exchanges)):
        return []
    return [Observation(name, Tenant(name.name, name.role), exchanges)]
