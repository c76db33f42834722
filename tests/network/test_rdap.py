from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply
from auditor.network.door import Unreadable
from auditor.network.http import compose
from auditor.network.rdap import (
    RdapDomain,
    RdapNetwork,
    domain_question,
    network_question,
    parse_json,
    read_domain,
    read_network,
)

HOLDER = {
    "handle": "ORG-EX1",
    "roles": ["registrant"],
    "vcardArray": [
        "vcard",
        [
            ["version", {}, "text", "4.0"],
            ["fn", {}, "text", "Example Hosting"],
            ["kind", {}, "text", "org"],
        ],
    ],
}
NETWORK: dict[str, Any] = {
    "handle": "192.0.2.0 - 192.0.2.255",
    "startAddress": "192.0.2.0",
    "endAddress": "192.0.2.255",
    "ipVersion": "v4",
    "name": "EXAMPLE-NET",
    "country": "fr",
    "entities": [{"handle": "", "roles": ["abuse"]}, HOLDER],
}


def _exchange(question: Question, answer: object, status: int = 200) -> Exchange:
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    content = compose(status, "", [], body)
    return Exchange(question, Reply(content), datetime(2026, 11, 23, tzinfo=UTC), 0.1, "https r")


def _network(answer: object, status: int = 200) -> RdapNetwork | None:
    return read_network(_exchange(network_question("192.0.2.1"), answer, status))


def _domain(answer: object, status: int = 200) -> RdapDomain | None:
    return read_domain(_exchange(domain_question("city.example"), answer, status))


def test_a_network_has_a_name_a_country_and_a_holder() -> None:
    assert _network(NETWORK) == RdapNetwork(
        "EXAMPLE-NET", "192.0.2.0 - 192.0.2.255", "FR", "Example Hosting",
        "192.0.2.0", "192.0.2.255",
    )  # fmt: skip


def test_a_holder_is_only_who_holds() -> None:
    """The one to complain to may be somebody else's abuse desk."""
    abuse = {**HOLDER, "roles": ["abuse"]}
    network = _network({**NETWORK, "entities": [abuse]})
    assert network is not None
    assert network.holder == ""


def test_a_length_after_an_address_is_no_part_of_it() -> None:
    network = _network(
        {
            **NETWORK,
            "ipVersion": "v6",
            "startAddress": "2001:db8::/128",
            "endAddress": "2001:db8:ffff::/128",
        }
    )
    assert network is not None
    assert (network.start, network.end) == ("2001:db8::", "2001:db8:ffff::")


def test_a_domain_has_a_registrar() -> None:
    registrar = {
        "roles": ["registrar"],
        "vcardArray": [
            "vcard",
            [
                ["fn", {}, "text", "Example Registrar"],
                ["adr", {}, "text", ["", "", "", "", "", "", "FR"]],
            ],
        ],
    }
    answer = {"entities": [HOLDER, registrar], "status": ["active", "auto renew period"]}
    assert _domain(answer) == RdapDomain("Example Registrar", "FR", ("active", "auto renew period"))


def test_not_found_is_absence() -> None:
    assert _network({}, 404) is None
    assert _domain({}, 404) is None


@pytest.mark.parametrize("answer", [b"", b"[]", b"{", b"<html>", b"[" * 100_000, {"handle": "N"}])
def test_anything_else_is_unreadable(answer: object) -> None:
    with pytest.raises(Unreadable):
        _network(answer)


def test_a_failure_cannot_be_read() -> None:
    failed = Exchange(
        network_question("192.0.2.1"), Failure(Reason.TIMEOUT), datetime.now(UTC), 1.0, ""
    )
    with pytest.raises(ValueError, match="no reply"):
        read_network(failed)


def test_a_number_of_a_million_digits_costs_nothing() -> None:
    assert parse_json(b'{"errorCode": ' + b"9" * 1_000_000 + b"}") == {"errorCode": 0}


_odd = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just([[]]) | st.just({})


@given(st.dictionaries(st.sampled_from([*NETWORK, "parentHandle"]), _odd, max_size=3))
def test_an_odd_registration_is_read_or_unreadable(odd: dict[str, Any]) -> None:
    try:
        assert _network({**NETWORK, **odd}) is not None
    except Unreadable:
        assert odd
    assert _domain({**NETWORK, **odd}) is not None
