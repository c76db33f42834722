from __future__ import annotations

from auditor.model.subject import Address, Host
from auditor.probes.names import host, is_public, leads_to, reverse, unlikely


def test_names_no_host_can_have_are_no_hosts() -> None:
    assert host("a\\032b.example") is None
    assert host("_dmarc.city.example") == Host("_dmarc.city.example")


def test_a_number_at_the_end_is_an_address_or_nothing() -> None:
    assert leads_to(Host("1.2.3.4")) == (Address("1.2.3.4"),)
    assert leads_to(Host("mail.1234")) == ()


def test_an_address_is_reversed_by_its_parts() -> None:
    assert reverse(Address("1.2.3.4")) == "4.3.2.1"
    assert reverse(Address("2a20::1")).startswith("1.0.0.")


def test_addresses_anybody_can_reach() -> None:
    assert is_public(Address("1.2.3.4"))
    assert not any(map(is_public, map(Address, ("10.0.0.1", "127.0.0.1", "192.0.2.1", "fe80::1"))))


def test_the_unlikely_name_is_always_the_same() -> None:
    """It is a key of the recording."""
    assert unlikely("city.example") == unlikely("city.example") != unlikely("town.example")
