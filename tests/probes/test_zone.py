from __future__ import annotations

from auditor.model.subject import Domain, Host
from auditor.probes.zone import dnssec, ns, soa
from tests.probes.world import World, facts, failing, gaps, sight, values

CITY = Domain("city.example")
ZONE = """
city.example SOA ns1.host.example. admin.city.example. 1 2 3 4 5
city.example NS ns2.host.example.
city.example NS ns1.host.example.
www.city.example A 192.0.2.1
"""
DIGEST = "city.example DS 60485 13 2 " + "A1" * 32


def test_name_servers_and_where_they_lead() -> None:
    assert facts(ns, CITY, ZONE) == ["NS ns1.host.example", "NS ns2.host.example"]
    assert values(ns, CITY, ZONE)[0].leads() == (Host("ns1.host.example"),)


def test_a_name_inside_a_zone_is_served_by_the_servers_of_the_zone() -> None:
    found = values(ns, Domain("www.city.example"), ZONE)

    assert {(value.host.name, value.zone) for value in found} == {
        ("ns1.host.example", "city.example"), ("ns2.host.example", "city.example"),
    }  # fmt: skip


def test_the_root_is_nobodys_zone() -> None:
    world = World(". SOA a.root. b.root. 1 2 3 4 5\n. NS a.root.\ncity.example TXT x")

    assert facts(ns, CITY, world) == []
    assert ". NS" not in world.asked


def test_the_start_of_authority() -> None:
    assert facts(soa, CITY, ZONE) == ["SOA ns1.host.example admin.city.example"]


def test_a_signed_zone() -> None:
    world = World(f"{ZONE}\n{DIGEST}", authentic=frozenset({"city.example"}))

    assert facts(dnssec, CITY, world) == ["DS 60485 13 2", "DNSSEC DS AD"]


def test_a_resolver_that_does_not_check() -> None:
    (*_, value) = values(dnssec, CITY, f"{ZONE}\n{DIGEST}")

    assert (value.signed, value.validated) == (True, False)


def test_an_unsigned_zone() -> None:
    (value,) = values(dnssec, CITY, ZONE)

    assert value.signed is False


def test_a_name_inside_a_signed_zone_is_signed() -> None:
    (*_, value) = values(dnssec, Domain("www.city.example"), f"{ZONE}\n{DIGEST}")

    assert value.signed


def test_a_failed_look_up_does_not_read_as_unsigned() -> None:
    sighting = sight(dnssec, CITY, World(ZONE, results=failing("city.example DS")))

    assert sighting.observations == ()
    assert gaps(sighting) == [("dnssec", "timeout")]


def test_without_knowing_the_zone_nothing_is_unsigned() -> None:
    """A name inside a signed zone has no digest of its own."""
    inside = Domain("www.city.example")
    sighting = sight(
        dnssec, inside, World(f"{ZONE}\n{DIGEST}", results=failing("www.city.example SOA"))
    )

    assert sighting.observations == ()
    assert gaps(sighting) == [("dnssec", "timeout")]


def test_a_server_no_host_can_be_called_is_left_open() -> None:
    sighting = sight(ns, CITY, World("city.example NS a\\032b.example."))

    assert gaps(sighting) == [("ns", "unreadable")]
