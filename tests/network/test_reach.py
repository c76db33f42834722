from __future__ import annotations

import pytest

from auditor.network.reach import is_reachable


@pytest.mark.parametrize("address", ["9.9.9.9", "2620:fe::fe", "2001:67c:4e8::1"])
def test_a_public_address_is_reachable(address: str) -> None:
    assert is_reachable(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.1.1",
        "255.255.255.255",
        "240.0.0.1",
        "192.0.2.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
    ],
)
def test_a_private_address_is_not(address: str) -> None:
    assert not is_reachable(address)


@pytest.mark.parametrize(
    "address",
    ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "::10.0.0.1"],
)
def test_nor_is_one_that_leads_to_a_private_address(address: str) -> None:
    """A gateway on our side would unwrap it."""
    assert not is_reachable(address)
    assert not is_reachable(address, loopback=True)


def test_a_test_may_reach_this_machine() -> None:
    assert is_reachable("127.0.0.1", loopback=True)
    assert not is_reachable("10.0.0.1", loopback=True)
