from __future__ import annotations

import pytest

from auditor.model.exchange import Reply
from auditor.model.subject import Domain
from auditor.network import http
from auditor.probes.transport_policy import mta_sts, tls_rpt
from tests.probes.world import World, facts, failing, gaps, sight, values

CITY = Domain("city.example")
RECORD = '_mta-sts.city.example TXT "v=STSv1; id=20260101"'
POLICY = "GET https://mta-sts.city.example/.well-known/mta-sts.txt"


def _mode(status: int, body: bytes) -> str:
    reply = Reply(http.compose(status, "", [("content-type", "text/plain")], body))
    (fact,) = facts(mta_sts, CITY, World(RECORD, results={POLICY: reply}))
    return fact.partition("mode: ")[2].rstrip(")")


def test_the_mode_stands_in_the_policy() -> None:
    assert _mode(200, b"version: STSv1\r\nmode: enforce\r\nmx: *.city.example\r\n") == "enforce"


@pytest.mark.parametrize(
    ("status", "body"), [(404, b"mode: enforce"), (200, b"<html>"), (200, b"mode: maybe")]
)
def test_a_policy_that_is_none_is_invalid(status: int, body: bytes) -> None:
    assert _mode(status, body) == "invalid"


def test_the_exchangers_that_the_policy_admits() -> None:
    body = b"version: STSv1\nmode: enforce\nmx: mx.city.example\nmx: *.homemail.example\n"
    reply = Reply(http.compose(200, "", [("content-type", "text/plain")], body))

    (value,) = values(mta_sts, CITY, World(RECORD, results={POLICY: reply}))

    assert value.admits == "mx.city.example *.homemail.example"


def test_a_policy_nobody_serves_is_a_gap_and_no_fact() -> None:
    """A fact of another mode would prove that none is enforced."""
    sighting = sight(mta_sts, CITY, World(RECORD, results=failing(POLICY)))

    assert sighting.observations == ()
    assert gaps(sighting) == [("mta-sts", "timeout")]


def test_without_record_no_web_server_is_asked() -> None:
    world = World()

    assert facts(mta_sts, CITY, world) == ["mta-sts −"]
    assert world.asked == ["_mta-sts.city.example TXT"]


def test_who_is_told_about_encryption() -> None:
    world = '_smtp._tls.city.example TXT "v=TLSRPTv1; rua=mailto:t@x.example,https://y.example/t"'

    assert facts(tls_rpt, CITY, world) == [
        "_smtp._tls TXT rua=x.example",
        "_smtp._tls TXT rua=y.example",
    ]
