"""Reading exchanges of the medium `rdap`, for probes."""

from __future__ import annotations

import ipaddress
import json
from dataclasses import dataclass
from typing import Any

from auditor.model.exchange import Exchange, Question
from auditor.network import http
from auditor.network.door import Unreadable

_HOLDER_ROLES = ("registrant", "administrative", "technical")


@dataclass(frozen=True, slots=True)
class RdapNetwork:
    """The registration of a range of addresses.

    Attributes:
        name: The network's own name, `EXAMPLE-NET`.
        handle: The registry's.
        country: As registered, ISO 3166-1 alpha-2; empty when the registry says none.
        holder: The organisation that holds it; empty when only persons are named.
        start: First address.
        end: Last address.
    """

    name: str
    handle: str
    country: str
    holder: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class RdapDomain:
    """The registration of a domain.

    Attributes:
        registrar: Its name; empty when the registry says none.
        registrar_country: As the registrar's card says; usually empty.
        statuses: `client transfer prohibited` … (RFC 8056).
    """

    registrar: str
    registrar_country: str
    statuses: tuple[str, ...]


def network_question(address: str) -> Question:
    """The question for the registration of the network around *address*."""
    return Question("rdap", f"ip/{address}")


def domain_question(name: str) -> Question:
    """The question for the registration of the domain *name*."""
    return Question("rdap", f"domain/{name}")


def read_network(exchange: Exchange) -> RdapNetwork | None:
    """The network registered around the address asked for; None when the registry has none.

    Raises:
        Unreadable: The reply is no registration of a network.
        ValueError: There is no reply.
    """
    answer = _answer(exchange)
    if answer is None:
        return None
    # A tenth of a second, for those who ask a registry only.
    import ipwhois.exceptions
    import ipwhois.net
    import ipwhois.rdap

    class Replay(ipwhois.net.Net):  # type: ignore[misc]
        """Answers ipwhois from the exchange, and never from the network."""

        def __init__(self) -> None:
            self.address_str = exchange.question.text.partition("/")[2]

        def get_http_json(self, *_: object, **__: object) -> dict[str, Any]:
            return answer or {}

    try:
        read = ipwhois.rdap.RDAP(Replay()).lookup(bootstrap=True, root_ent_check=False)
        network = read["network"]
        start, end = (
            # One registry adds a length to the addresses of IPv6.
            str(ipaddress.ip_address(network[key].partition("/")[0]))
            for key in ("start_address", "end_address")
        )
    except (ipwhois.exceptions.BaseIpwhoisException, AttributeError, LookupError, TypeError,
            ValueError) as error:  # fmt: skip
        raise Unreadable(f"no registration of a network: {type(error).__name__}") from None
    return RdapNetwork(
        name=network["name"] or "",
        handle=network["handle"] or "",
        country=(network["country"] or "").upper(),
        holder=_holder(read["objects"] or {}),
        start=start,
        end=end,
    )


def read_domain(exchange: Exchange) -> RdapDomain | None:
    """The registration of the domain asked for; None when the registry has none.

    Raises:
        Unreadable: The reply is no registration of a domain.
        ValueError: There is no reply.
    """
    answer = _answer(exchange)
    if answer is None:
        return None
    registrar, country = "", ""
    for entity in _objects(answer.get("entities")):
        if "registrar" in (entity.get("roles") or ()):
            registrar, country = _name_and_country(entity)
            break
    statuses = answer.get("status")
    words = statuses if isinstance(statuses, list) else []
    return RdapDomain(registrar, country, tuple(word for word in words if isinstance(word, str)))


def parse_json(body: bytes) -> dict[str, Any]:
    """The JSON object in *body*.

    Raises:
        Unreadable: There is none.
    """
    try:
        # A number of many digits takes quadratic time; none of ours has more than a few.
        found = json.loads(body.decode("utf-8"), parse_int=_number, parse_constant=_number)
    except (ValueError, RecursionError):
        raise Unreadable("not a JSON object") from None
    if not isinstance(found, dict):
        raise Unreadable("not a JSON object")
    return found


def _answer(exchange: Exchange) -> dict[str, Any] | None:
    response = http.read(exchange)
    if response.status == 404:
        return None
    if response.status != 200:
        raise Unreadable(f"status {response.status}")
    return parse_json(response.body)


def _holder(objects: dict[str, Any]) -> str:
    """The name of the organisation whose role says most clearly that it holds the network."""
    for role in _HOLDER_ROLES:
        for entity in objects.values():
            contact = entity.get("contact") or {}
            if role in (entity.get("roles") or ()) and contact.get("name"):
                return str(contact["name"])
    return ""


def _name_and_country(entity: dict[str, Any]) -> tuple[str, str]:
    card = entity.get("vcardArray")
    properties = card[1] if isinstance(card, list) and len(card) > 1 else []
    name, country = "", ""
    for item in properties if isinstance(properties, list) else []:
        match item:
            case ["fn", _, _, str() as text]:
                name = text
            case ["adr", _, _, [*_, str() as text]]:
                country = text
    return name, country


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _number(digits: str) -> int:
    return int(digits) if len(digits) < 20 and digits.lstrip("-").isdecimal() else 0
