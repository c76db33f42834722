from __future__ import annotations

from pathlib import Path

import pytest

from auditor.network.resolvers import ResolverAddress, system_resolvers


@pytest.mark.parametrize(
    ("text", "address", "port"),
    [
        ("192.0.2.53", "192.0.2.53", 53),
        ("192.0.2.53:5353", "192.0.2.53", 5353),
        ("localhost:5353", "127.0.0.1", 5353),
        ("2001:DB8::53", "2001:db8::53", 53),
        ("[2001:db8::53]", "2001:db8::53", 53),
        ("[2001:db8::53]:5353", "2001:db8::53", 5353),
        ("fe80::1%eth0", "fe80::1%eth0", 53),
    ],
)
def test_a_resolver_is_an_address_and_perhaps_a_port(text: str, address: str, port: int) -> None:
    assert ResolverAddress.parse(text) == ResolverAddress(address, port)


@pytest.mark.parametrize(
    "text", ["", "resolver.example", "192.0.2.53:", "192.0.2.53:x", "192.0.2.256", "[::1", "[]:53"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"such as 192\.0\.2\.53"):
        ResolverAddress.parse(text)


@pytest.mark.parametrize("text", ["192.0.2.53:0", "192.0.2.53:65536", "[::1]:99999"])
def test_a_port_has_its_bounds(text: str) -> None:
    with pytest.raises(ValueError, match="port between 1 and 65535"):
        ResolverAddress.parse(text)


def test_a_resolver_is_written_as_it_can_be_typed() -> None:
    for text in ("192.0.2.53:53", "[2001:db8::53]:5353"):
        assert str(ResolverAddress.parse(text)) == text


def test_the_system_s_resolvers_are_read_in_order(tmp_path: Path) -> None:
    configuration = tmp_path / "resolv.conf"
    configuration.write_text(
        "# a comment\nsearch city.example\nnameserver 192.0.2.1\nnameserver 2001:db8::1\n"
        "nameserver nonsense\nnameserver 192.0.2.1\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n"
    )
    assert [str(resolver) for resolver in system_resolvers(configuration)] == [
        "192.0.2.1:53",
        "[2001:db8::1]:53",
        "192.0.2.3:53",
    ]


def test_without_configuration_the_machine_itself_is_asked(tmp_path: Path) -> None:
    assert system_resolvers(tmp_path / "none") == (ResolverAddress("127.0.0.1", 53),)
