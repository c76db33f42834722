from __future__ import annotations

import datetime
import warnings

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from auditor.network.door import Unreadable
from auditor.network.tls import Certificate, compose, parse, question

KEY = ec.generate_private_key(ec.SECP256R1())
DAY = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def _der(*attributes: tuple[x509.ObjectIdentifier, str]) -> bytes:
    """A certificate whose issuer is called by *attributes*, whatever RFC 5280 would say."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        name = x509.Name([x509.NameAttribute(o, v, _validate=False) for o, v in attributes])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(DAY)
        .not_valid_after(DAY + datetime.timedelta(days=90))
        .sign(KEY, hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.DER)


def test_the_question_names_host_and_port() -> None:
    assert str(question("www.city.example")) == "tls www.city.example:443"


def test_an_issuer_is_read_as_it_stands() -> None:
    der = _der(
        (NameOID.COUNTRY_NAME, "FR"),
        (NameOID.ORGANIZATION_NAME, "Autorité"),
        (NameOID.COMMON_NAME, "R1"),
    )

    assert parse(compose(der)) == Certificate("Autorité", "R1", "FR", datetime.date(2026, 4, 1), "")


def test_why_it_does_not_verify_is_kept() -> None:
    found = parse(compose(_der((NameOID.COMMON_NAME, "x")), "certificate\r\nhas expired"))

    assert (found.verified, found.doubt) == (False, "certificate  has expired")


@pytest.mark.parametrize(
    "attributes",
    [
        (),
        ((NameOID.COUNTRY_NAME, "Nowhere at all"),),
        ((NameOID.ORGANIZATION_NAME, "A" * 50_000),),
        ((NameOID.ORGANIZATION_NAME, "\x1b[31m<script>\r\n\r\n\u202e"),),
        tuple((NameOID.ORGANIZATION_NAME, f"O{number}") for number in range(500)),
    ],
)
def test_absurd_names_are_read(attributes: tuple[tuple[x509.ObjectIdentifier, str], ...]) -> None:
    first = next((v for o, v in attributes if o == NameOID.ORGANIZATION_NAME), "")

    assert parse(compose(_der(*attributes))).organisation == first


@given(st.binary(max_size=300))
def test_nothing_else_than_a_certificate_is_read_as_one(content: bytes) -> None:
    with pytest.raises(Unreadable):
        parse(content)
    with pytest.raises(Unreadable):
        parse(compose(content))


def test_half_a_certificate_is_none() -> None:
    whole = compose(_der((NameOID.COMMON_NAME, "x")))

    with pytest.raises(Unreadable):
        parse(whole[: len(whole) // 2])
