"""Who registered the network around an address, and the domain (RDAP, RFC 9083)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.exchange import Exchange
from auditor.model.names import registrable
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Address, Domain
from auditor.network import http, rdap
from auditor.probes.names import is_public
from auditor.probes.notation import readable
from auditor.probes.origin import country
from auditor.probes.probe import Asking, Seen, Unsettled, ask, probe
from auditor.probes.resolution import replied


@dataclass(frozen=True, slots=True)
class RegisteredNetwork(Value):
    """The registration of the network around an address.

    It only supports what the route shows: a registry names the holder of a
    range, who may have lent it to somebody else.

    Attributes:
        handle: The registry's word for it.
        name: The holder's word for it.
        country: ISO 3166-1 alpha-2, or empty.
        holder: The organisation; empty when the registry names none.
    """

    kind: ClassVar[str] = "rdap.network"
    key_field: ClassVar[str] = "handle"
    handle: str
    name: str
    country: str
    holder: str

    def text(self) -> str:
        words = (self.handle, self.name, self.holder, self.country)
        return " ".join(filter(None, ("RDAP", *words)))


@dataclass(frozen=True, slots=True)
class RegisteredDomain(Value):
    """The registration of a domain.

    Attributes:
        registrar: Through whom it is registered.
        status: The states of RFC 8056, separated by commas.
        at: The name that is registered: the domain, or the one above that holds it.
    """

    kind: ClassVar[str] = "rdap.domain"
    key_field: ClassVar[str] = "registrar"
    layer: ClassVar[str | None] = "service"
    registrar: str
    status: str
    at: str

    def roles(self) -> tuple[str, ...]:
        return ("registration",)

    def text(self) -> str:
        return f"RDAP {self.registrar}"


@probe(takes=Address, name="rdap.network", medium="rdap")
def network(address: Address) -> Asking[Seen]:
    """Read the registration of the network around *address*."""
    if not is_public(address):
        return []
    exchange = yield from ask(rdap.network_question(address.text))
    if not _is_registration(exchange):
        return _left_open(exchange)
    found = rdap.read_network(exchange)
    if found is None:
        return []
    value = RegisteredNetwork(
        handle=_text(found.handle),
        name=_text(found.name),
        country=country(found.country),
        holder=_text(found.holder),
    )
    return [Observation(address, value, (exchange,))]


@probe(takes=Domain, opens=("registration",), name="rdap.domain", medium="rdap")
def domain(name: Domain) -> Asking[Seen]:
    """Read through whom *name* is registered."""
    at = registrable(name.name)
    exchange = yield from ask(rdap.domain_question(at))
    if not _is_registration(exchange):
        return _left_open(exchange)
    found = rdap.read_domain(exchange)
    if found is None or not found.registrar:
        # A registry need not name the registrar; somebody is it.
        return [Unsettled(exchange, "unreadable")]
    value = RegisteredDomain(_text(found.registrar), ", ".join(map(_text, found.statuses)), at)
    return [Observation(name, value, (exchange,))]


def _is_registration(exchange: Exchange) -> bool:
    return replied(exchange) and http.read(exchange).status in (200, 404)


def _left_open(exchange: Exchange) -> Seen:
    return [Unsettled(exchange, "status")] if replied(exchange) else []


def _text(text: str) -> str:
    return readable(text.encode("utf-8", "surrogatepass"))
