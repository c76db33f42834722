from __future__ import annotations

from auditor.model.subject import Address
from auditor.probes.origin_cymru import origin
from tests.probes.world import World, facts, failing, gaps, sight, values

HOST = Address("1.2.3.4")
ROUTES = """
4.3.2.1.origin.asn.cymru.com TXT "64500 | 1.0.0.0/8 | FR | ripencc | 2010-01-01"
4.3.2.1.origin.asn.cymru.com TXT "64501 64502 | 1.2.0.0/16 | NL | ripencc | 2010-01-01"
AS64501.asn.cymru.com TXT "64501 | NL | ripencc | 2010-01-01 | EXAMPLE-NET Example Host, NL"
"""


def test_the_most_specific_route_counts_with_each_of_its_systems() -> None:
    assert facts(origin, HOST, ROUTES) == [
        "AS64501 EXAMPLE-NET Example Host, NL 1.2.0.0/16 NL",
        "AS64502 1.2.0.0/16 NL",
    ]


def test_a_name_that_nobody_tells_leaves_a_gap_and_the_number() -> None:
    sighting = sight(origin, HOST, World(ROUTES, results=failing("as64502.asn.cymru.com TXT")))

    assert [o.value.asn for o in sighting.observations] == ["AS64501", "AS64502"]  # type: ignore[attr-defined]
    assert gaps(sighting) == [("origin.cymru", "timeout")]


def test_an_address_that_nobody_announces_is_somebody_unknown() -> None:
    """It must not read as a host that depends on no network."""
    (value,) = values(origin, HOST, "")

    assert (value.asn, value.layer) == ("", "network")


def test_an_address_of_no_public_network_is_left_open_unasked() -> None:
    world = World()
    sighting = sight(origin, Address("192.168.1.1"), world)

    assert gaps(sighting) == [("origin.cymru", "blocked")]
    assert world.asked == []


def test_a_reply_of_another_form_is_left_open() -> None:
    world = World("4.3.2.1.origin.asn.cymru.com TXT nonsense")

    assert gaps(sight(origin, HOST, world)) == [("origin.cymru", "unreadable")]


def test_ipv6_is_asked_by_nibbles() -> None:
    world = World()
    values(origin, Address("2a20::1"), world)

    assert world.asked == ["1." + "0." * 27 + "0.2.a.2.origin6.asn.cymru.com TXT"]
