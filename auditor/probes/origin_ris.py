"""Routes as the RIPE NCC's Routing Information Service sees them, through RIPEstat.

https://stat.ripe.net/docs/data-api/api-endpoints/prefix-overview and …/rir-stats-country
"""

from __future__ import annotations

from typing import Any, Final

from auditor.model.exchange import Exchange, Question
from auditor.model.sighting import Observation
from auditor.model.subject import Address
from auditor.network import http
from auditor.network.door import Unreadable
from auditor.network.rdap import parse_json
from auditor.probes.names import is_public
from auditor.probes.notation import readable
from auditor.probes.origin import Origin, autonomous_system, country
from auditor.probes.probe import Asking, Seen, Unsettled, ask_all, probe
from auditor.probes.resolution import replied

SERVICE: Final = "https://stat.ripe.net/data"
CALLER: Final = "data-sovereignty-auditor"
"""How RIPEstat asks its regular users to name themselves."""
_MOST: Final = 4
"""Autonomous systems of one prefix that are kept."""


@probe(takes=Address, name="origin.ris", medium="http", asn_source="ris")
def origin(address: Address) -> Asking[Seen]:
    """Ask who announces *address*, and where its prefix is registered."""
    if not is_public(address):
        return [Unsettled(None, "blocked")]
    overview, registry = yield from ask_all(
        (_question("prefix-overview", address), _question("rir-stats-country", address))
    )
    seen: list[Observation | Unsettled] = []
    where = _read(registry, seen)
    registered_in = _country(where) if where else ""
    what = _read(overview, seen)
    if what is None:
        return seen
    basis = (overview, registry)
    prefix = _text(what.get("resource"))
    systems = what.get("asns")
    origins = {
        Origin(asn, prefix, _text(system.get("holder")), registered_in, "ris"): None
        for system in (systems if isinstance(systems, list) else [])[:_MOST]
        if isinstance(system, dict) and (asn := autonomous_system(str(system.get("asn", ""))))
    }
    if not origins:
        origins = {Origin("", "", "", registered_in, "ris"): None}
    return [*seen, *(Observation(address, value, basis) for value in origins)]


def _question(call: str, address: Address) -> Question:
    return http.question(f"{SERVICE}/{call}/data.json?resource={address}&sourceapp={CALLER}")


def _read(exchange: Exchange, seen: list[Observation | Unsettled]) -> dict[str, Any] | None:
    """The `data` of the reply; None, with a note in *seen*, when it has none."""
    if not replied(exchange):
        return None
    try:
        response = http.read(exchange)
        if response.status != 200:
            seen.append(Unsettled(exchange, "status"))
            return None
        answer = parse_json(response.body).get("data")
    except Unreadable:
        answer = None
    if not isinstance(answer, dict):
        seen.append(Unsettled(exchange, "unreadable"))
        return None
    return answer


def _country(where: dict[str, Any]) -> str:
    located = where.get("located_resources")
    codes = {
        country(_text(resource.get("location")))
        for resource in (located if isinstance(located, list) else [])
        if isinstance(resource, dict)
    } - {""}
    # The registry may have split the range: then no one country is where it was allocated.
    return codes.pop() if len(codes) == 1 else ""


def _text(value: object) -> str:
    return readable(value.encode("utf-8", "surrogatepass")) if isinstance(value, str) else ""
