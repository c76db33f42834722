from __future__ import annotations

import ipaddress
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import SourceError, UsageError
from auditor.model.exchange import Failure, Question, Reason, Reply
from auditor.network.prefix_text import TextPrefixes
from auditor.network.prefixes import PrefixTable

TEXT = """\
# a comment
192.0.2.0/24\t64500\tExample Hosting, SA\tfr
192.0.2.128/25\tAS64501\tTenant
2001:db8::/32\t64502

10.0.0.0/8\t64503\tWide\tNL
"""


def _table(directory: Path, text: str) -> PrefixTable:
    path = directory / "prefixes.tsv"
    path.write_text(text)
    return PrefixTable.open(path)


def _find(table: PrefixTable, address: str) -> dict[str, str]:
    exchange = table.answer(Question("prefixes", address))
    assert isinstance(exchange.result, Reply)
    found: dict[str, str] = json.loads(exchange.result.content)
    return found


def test_an_address_leads_to_its_network(tmp_path: Path) -> None:
    table = _table(tmp_path, TEXT)
    assert _find(table, "192.0.2.1") == {
        "prefix": "192.0.2.0/24", "asn": "AS64500", "holder": "Example Hosting, SA",
        "country": "FR",
    }  # fmt: skip
    assert table.via == "file prefixes.tsv"


def test_the_longest_prefix_counts(tmp_path: Path) -> None:
    assert _find(_table(tmp_path, TEXT), "192.0.2.200")["asn"] == "AS64501"


def test_what_is_not_said_is_empty(tmp_path: Path) -> None:
    assert _find(_table(tmp_path, TEXT), "2001:db8::1") == {
        "prefix": "2001:db8::/32", "asn": "AS64502", "holder": "", "country": "",
    }  # fmt: skip


def test_an_address_that_nobody_announces_has_no_prefix(tmp_path: Path) -> None:
    assert set(_find(_table(tmp_path, TEXT), "203.0.113.1").values()) == {""}


def test_commas_and_quotes_are_read(tmp_path: Path) -> None:
    text = 'network,asn,holder\n192.0.2.0/24,64500,"Example Hosting, SA"\n'
    assert _find(_table(tmp_path, text), "192.0.2.1")["holder"] == "Example Hosting, SA"


def test_spaces_are_read(tmp_path: Path) -> None:
    assert _find(_table(tmp_path, "192.0.2.0/24 64500"), "192.0.2.1")["asn"] == "AS64500"


def test_a_dump_of_riswhois_is_read(tmp_path: Path) -> None:
    """Of several origins, the one that most peers see; a set of origins says of none that it is."""
    text = "% RIPE\n64501\t192.0.2.0/24\t3\n64500\t192.0.2.0/24\t300\n{1,2}\t10.0.0.0/8\t9\n"
    table = _table(tmp_path, text)
    assert _find(table, "192.0.2.1")["asn"] == "AS64500"
    assert _find(table, "10.0.0.1")["asn"] == ""


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("192.0.2.0/24", "holds a prefix and a number"),
        ("192.0.2.0/33\t64500", "is not a prefix"),
        ("192.0.2.1/24\t64500", "is not a prefix"),
        ("nonsense\t64500", "is not a prefix"),
        ("192.0.2.0/24\tnonsense", "is not the number of a network"),
        ("192.0.2.0/24\t4294967296", "is not the number of a network"),
        ("192.0.2.0/24\t64500\tHolder\tFrance", "is not a country code"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        _table(tmp_path, f"10.0.0.0/8\t64503\n{line}\n")
    assert caught.value.place.line == 2


def test_a_file_without_prefix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no prefix"):
        _table(tmp_path, "# nothing\n")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        PrefixTable.open(tmp_path / "none")


def test_what_is_no_address_is_a_failure(tmp_path: Path) -> None:
    exchange = _table(tmp_path, TEXT).answer(Question("prefixes", "city.example"))
    assert isinstance(exchange.result, Failure)
    assert exchange.result.reason is Reason.MALFORMED


def test_a_damaged_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "damaged.mmdb"
    path.write_bytes(bytes(100) + b"\xab\xcd\xefMaxMind.com" + b"\xff" * 20)
    with pytest.raises(UsageError, match="not a database"):
        PrefixTable.open(path)


_networks = st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 32)).map(
    lambda pair: ipaddress.ip_network(pair, strict=False)
)


@given(st.sets(_networks, min_size=1, max_size=40), st.randoms())
def test_the_arrays_find_what_trying_every_prefix_finds(
    networks: set[ipaddress.IPv4Network], chance: random.Random
) -> None:
    import tempfile

    numbered = dict(enumerate(sorted(networks)))
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "prefixes"
        path.write_text("".join(f"{net} {number}\n" for number, net in numbered.items()))
        prefixes = TextPrefixes.read(path)
    for network in networks:
        address = network[chance.randrange(network.num_addresses)]
        best = max((net for net in networks if address in net), key=lambda net: net.prefixlen)
        assert prefixes.find(str(address))[0] == str(best)


def _pointer_free(value: object) -> bytes:
    """*value* in the data format of MaxMind's databases, version 2."""
    match value:
        case str():
            content = value.encode()
            assert len(content) < 285
            size = len(content)
            head = bytes([0x40 | size]) if size < 29 else bytes([0x40 | 29, size - 29])
            return head + content
        case bytes():
            return value
        case int():
            return b"\xc4" + value.to_bytes(4, "big")
        case dict():
            return bytes([0xE0 | len(value)]) + b"".join(
                _pointer_free(key) + _pointer_free(item) for key, item in value.items()
            )
    raise TypeError(value)


def _database(left: dict[str, object]) -> bytes:
    """A database of IPv4 in which the lower half of all addresses has the record *left*."""
    nodes = 1
    tree = (nodes + 16).to_bytes(3, "big") + nodes.to_bytes(3, "big")
    two = b"\xa2\0\2"
    metadata: dict[str, object] = {
        "node_count": nodes,
        "record_size": b"\xa2\0\x18",
        "ip_version": b"\xa2\0\4",
        "database_type": "Test",
        "languages": b"\0\4",
        "binary_format_major_version": two,
        "binary_format_minor_version": b"\xa0",
        "build_epoch": b"\1\2\1",
        "description": {"en": "test"},
    }
    marker = b"\xab\xcd\xefMaxMind.com"
    return tree + bytes(16) + _pointer_free(left) + marker + _pointer_free(metadata)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            {"autonomous_system_number": 64500, "autonomous_system_organization": "Example"},
            ("AS64500", "Example", ""),
        ),
        (
            {"asn": "AS64500", "as_name": "Example", "country_code": "fr"},
            ("AS64500", "Example", "FR"),
        ),
        ({"country": {"iso_code": "NO"}}, ("", "", "NO")),
    ],
)
def test_a_database_is_read_whoever_publishes_it(
    tmp_path: Path, record: dict[str, object], expected: tuple[str, str, str]
) -> None:
    path = tmp_path / "test.mmdb"
    path.write_bytes(_database(record))
    found = _find(PrefixTable.open(path), "9.9.9.9")
    assert (found["asn"], found["holder"], found["country"]) == expected
    assert found["prefix"] == "0.0.0.0/1"
    assert _find(PrefixTable.open(path), "200.0.0.1")["prefix"] == ""
    assert _find(PrefixTable.open(path), "2001:db8::1")["prefix"] == ""
