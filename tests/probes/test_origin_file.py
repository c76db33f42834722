from __future__ import annotations

from auditor.model.exchange import Reply
from auditor.model.subject import Address
from auditor.probes.origin_file import origin
from tests.probes.world import World, facts, gaps, sight, values

HOST = Address("1.2.3.4")


def _world(content: bytes) -> World:
    return World(results={"1.2.3.4": Reply(content)})


def test_a_row_of_the_file() -> None:
    row = b'{"prefix": "1.2.0.0/16", "asn": "AS64500", "holder": "Example Host", "country": "NL"}'

    assert facts(origin, HOST, _world(row)) == ["AS64500 Example Host 1.2.0.0/16 NL"]


def test_an_address_outside_the_file_is_somebody_unknown() -> None:
    (value,) = values(
        origin, HOST, _world(b'{"prefix": "", "asn": "", "holder": "", "country": ""}')
    )

    assert value.asn == ""


def test_without_file_nothing_is_known() -> None:
    assert gaps(sight(origin, HOST, World())) == [("origin.file", "unasked")]
