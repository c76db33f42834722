from __future__ import annotations

from auditor.model.subject import Address
from auditor.probes.ptr import ptr
from tests.probes.world import World, facts


def test_the_name_of_an_address() -> None:
    world = World("4.3.2.1.in-addr.arpa PTR mail.isp.example.")

    assert facts(ptr, Address("1.2.3.4"), world) == ["PTR mail.isp.example"]


def test_the_name_of_an_ipv6_address() -> None:
    name = "1.0.0.0." + "0.0.0.0." * 4 + "0.0.0.0.8.b.d.0.0.2.a.2"
    world = World(f"{name}.ip6.arpa PTR six.isp.example.")

    assert facts(ptr, Address("2a20:db8::1"), world) == ["PTR six.isp.example"]


def test_nobody_is_asked_about_an_address_of_no_public_network() -> None:
    world = World()

    assert facts(ptr, Address("10.0.0.1"), world) == []
    assert world.asked == []


def test_a_name_no_host_can_have_supports_nothing() -> None:
    assert facts(ptr, Address("1.2.3.4"), "4.3.2.1.in-addr.arpa PTR a\\032b.example.") == []
