from __future__ import annotations

import datetime

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from auditor.model.exchange import Failure, Reason, Reply, Result
from auditor.model.subject import Domain
from auditor.network.tls import compose
from auditor.probes.presented import certificate
from tests.probes.world import World, gaps, sight, values

CITY = Domain("city.example")
NAMES = "city.example A 1.1.1.1\nwww.city.example A 1.1.1.1"
BOTH = ("city.example:443", "www.city.example:443")


@pytest.fixture(scope="module")
def der() -> bytes:
    issued = trustme.CA(organization_name="Example Trust SA").issue_cert(
        "city.example", not_after=datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)
    )
    found = x509.load_pem_x509_certificate(issued.cert_chain_pems[0].bytes())
    return found.public_bytes(serialization.Encoding.DER)


def _world(result: Result) -> World:
    return World(NAMES, results=dict.fromkeys(BOTH, result))


def test_the_issuer_of_a_certificate_that_verifies(der: bytes) -> None:
    found = values(certificate, CITY, _world(Reply(compose(der))))

    assert [(v.kind, v.organisation, v.until, v.at) for v in found] == [
        ("tls.issuer", "Example Trust SA", "2027-01-01", "city.example"),
        ("tls.issuer", "Example Trust SA", "2027-01-01", "www.city.example"),
    ]
    assert found[0].text() == "city.example:443 O=Example Trust SA"


def test_a_certificate_that_does_not_verify_is_evidence_and_names_nobody(der: bytes) -> None:
    """Anybody can write the name of an authority into a certificate."""
    sighting = sight(certificate, CITY, _world(Reply(compose(der, "self-signed certificate"))))

    assert {o.value.kind for o in sighting.observations} == {"tls.unverified"}
    assert {o.value.layer for o in sighting.observations} == {None}
    assert [(gap.why, gap.roles) for gap in sighting.gaps] == [
        ("unverified", ("certificate",)), ("unverified", ("certificate",)),
    ]  # fmt: skip


def test_a_handshake_that_failed_leaves_the_certificate_open() -> None:
    sighting = sight(certificate, CITY, _world(Failure(Reason.REFUSED)))

    assert gaps(sighting) == [("web.certificate", "refused")] * 2
    assert {gap.roles for gap in sighting.gaps} == {("certificate",)}


def test_what_is_no_certificate_is_unreadable() -> None:
    assert (
        gaps(sight(certificate, CITY, _world(Reply(compose(b"\x30\x82nonsense")))))
        == [("web.certificate", "unreadable")] * 2
    )


def test_without_a_name_nobody_is_greeted() -> None:
    world = World("mail.city.example A 1.1.1.1")

    assert gaps(sight(certificate, CITY, world)) == []
    assert [text for text in world.asked if ":443" in text] == []
