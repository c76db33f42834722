"""Routes as a file of the user tells them."""

from __future__ import annotations

from auditor.model.exchange import Question, Reply
from auditor.model.sighting import Observation
from auditor.model.subject import Address
from auditor.network.rdap import parse_json
from auditor.probes.names import is_public
from auditor.probes.origin import Origin, autonomous_system, country
from auditor.probes.probe import Asking, Seen, Unsettled, ask, probe


@probe(takes=Address, name="origin.file", medium="prefixes", asn_source="file")
def origin(address: Address) -> Asking[Seen]:
    """Look up *address* in the file."""
    if not is_public(address):
        return [Unsettled(None, "blocked")]
    exchange = yield from ask(Question("prefixes", address.text))
    if not isinstance(exchange.result, Reply):
        return []
    found = parse_json(exchange.result.content)
    value = Origin(
        asn=autonomous_system(str(found.get("asn", ""))),
        prefix=str(found.get("prefix", "")),
        holder=str(found.get("holder", "")),
        registered_in=country(str(found.get("country", ""))),
        source="file",
    )
    return [Observation(address, value, (exchange,))]
