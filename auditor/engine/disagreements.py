"""What was seen, against what was seen elsewhere; one source against another."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.engine.statements import Found, Statements
from auditor.model.footprint import Fact
from auditor.model.sighting import Observation
from auditor.model.subject import Address


def disagreements(statements: Statements) -> Iterator[Found]:
    """Records of a domain that exclude each other, and registrations that differ."""
    for domain in statements.target.domains:
        yield from _null_exchanger(statements, domain.name)
        yield from _transport_policy(statements, domain.name)
    yield from _network_countries(statements)


def _null_exchanger(statements: Statements, domain: str) -> Iterator[Found]:
    """A null MX must stand alone (RFC 7505, section 3)."""
    nulls = _facts(statements, domain, "dns.null-mx")
    others = _facts(statements, domain, "dns.mx")
    if nulls and others:
        yield Found(
            kind="null-exchanger",
            subject=domain,
            values={
                "domain": domain,
                "seen": statements.stating.listing([_field(fact, "exchange") for fact in others]),
            },
            evidence=_evidence(nulls + others),
            domain=domain,
            role="mail.inbound",
        )


def _transport_policy(statements: Statements, domain: str) -> Iterator[Found]:
    """A policy in force must admit every mail exchanger (RFC 8461, section 4.1)."""
    for policy in _facts(statements, domain, "dns.mta-sts"):
        patterns = _field(policy, "admits").split()
        if _field(policy, "mode") not in ("enforce", "testing") or not patterns:
            continue
        refused = [
            fact
            for fact in _facts(statements, domain, "dns.mx")
            if not any(_admits(pattern, _field(fact, "exchange")) for pattern in patterns)
        ]
        if refused:
            yield Found(
                kind="transport-policy",
                subject=domain,
                values={
                    "domain": domain,
                    "patterns": statements.stating.listing(patterns),
                    "seen": statements.stating.listing([_field(f, "exchange") for f in refused]),
                },
                evidence=_evidence([policy, *refused]),
                domain=domain,
                role="mail.inbound",
            )


def _admits(pattern: str, host: str) -> bool:
    """Whether *pattern* admits *host*: `*` stands for the leftmost label alone (RFC 8461, 4.1)."""
    pattern, host = pattern.lower().rstrip("."), host.lower().rstrip(".")
    if pattern.startswith("*."):
        return host.partition(".")[2] == pattern[2:]
    return host == pattern


def _network_countries(statements: Statements) -> Iterator[Found]:
    """The country of an announced prefix, against that of the registered network around it."""
    routes: dict[Address, Observation] = {}
    networks: dict[Address, Observation] = {}
    for sighting in statements.sightings:
        if isinstance(sighting.subject, Address):
            for observation in sighting.observations:
                if observation.value.kind == "route.origin":
                    routes.setdefault(sighting.subject, observation)
                elif observation.value.kind == "rdap.network":
                    networks.setdefault(sighting.subject, observation)
    told = set()
    for address, route in routes.items():
        network = networks.get(address)
        one = str(getattr(route.value, "registered_in", ""))
        other = str(getattr(network.value, "country", "")) if network else ""
        prefix = str(getattr(route.value, "prefix", "")) or str(address)
        if not network or not one or not other or one == other or (prefix, other) in told:
            continue
        told.add((prefix, other))
        yield Found(
            kind="network-country",
            subject=prefix,
            values={
                "network": prefix,
                "one": statements.places([one]),
                "other": statements.places([other]),
            },
            evidence=tuple(
                dict.fromkeys(exchange.id for o in (route, network) for exchange in o.basis)
            ),
        )


def _facts(statements: Statements, domain: str, kind: str) -> list[Fact]:
    part = statements.parts.get((domain, "mail.inbound"))
    return [fact for fact in (part.facts if part else ()) if fact.kind == kind]


def _field(fact: Fact, name: str) -> str:
    return dict(fact.fields).get(name, "")


def _evidence(facts: list[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for fact in facts for id_ in fact.evidence))
