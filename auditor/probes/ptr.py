"""What an address is called by whoever runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.sighting import Observation, Value
from auditor.model.subject import Address
from auditor.network import dns
from auditor.probes.names import host, is_public, reverse
from auditor.probes.probe import Asking, Seen, ask, probe

_MOST = 8
"""Names of one address that are kept; some addresses have hundreds."""


@dataclass(frozen=True, slots=True)
class ReverseName(Value):
    """The name of an address (RFC 1035, section 3.5): whatever its operator likes to write.

    Attributes:
        host: The name.
    """

    kind: ClassVar[str] = "dns.ptr"
    key_field: ClassVar[str] = "host"
    layer: ClassVar[str | None] = "service"
    host: str

    def text(self) -> str:
        return f"PTR {self.host}"


@probe(takes=Address)
def ptr(address: Address) -> Asking[Seen]:
    """Read the names of *address*."""
    if not is_public(address):
        return []
    zone = "ip6.arpa" if ":" in address.text else "in-addr.arpa"
    exchange = yield from ask(dns.question(f"{reverse(address)}.{zone}", "PTR"))
    names = sorted({record.data for record in dns.answers(exchange, "PTR")})
    return [
        # A name that no host can have tells nothing, and supports nothing: it leaves no gap either.
        Observation(address, ReverseName(name), (exchange,))
        for name in names[:_MOST]
        if host(name)
    ]
