from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from auditor.model.subject import Selector
from auditor.probes.dkim import dkim
from tests.probes.world import facts, values

SELECTOR = Selector("city.example", "s1")


@pytest.mark.parametrize("shape", [PublicFormat.SubjectPublicKeyInfo, PublicFormat.PKCS1])
def test_the_length_of_a_key_is_read(shape: PublicFormat) -> None:
    key = rsa.generate_private_key(65537, 2048).public_key().public_bytes(Encoding.DER, shape)
    text = f"v=DKIM1; k=rsa; p={base64.b64encode(key).decode()}"
    strings = " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))

    (value,) = values(dkim, SELECTOR, f"s1._domainkey.city.example TXT {strings}")

    assert (value.key_type, value.bits, value.revoked) == ("rsa", 2048, False)


@pytest.mark.parametrize("key", ["MIGf", "!!!!", "MAA=", "MDAwMA==", "MIAwgA=="])
def test_a_key_nobody_can_read_has_no_length(key: str) -> None:
    (value,) = values(dkim, SELECTOR, f's1._domainkey.city.example TXT "v=DKIM1; p={key}"')

    assert (value.bits, value.revoked) == (0, False)


def test_an_empty_key_is_revoked() -> None:
    (value,) = values(dkim, SELECTOR, 's1._domainkey.city.example TXT "v=DKIM1; p="')

    assert value.revoked


def test_whose_name_the_key_stands_under() -> None:
    world = """
    s1._domainkey.city.example CNAME s1.city-example.vendor.example.
    s1.city-example.vendor.example TXT "p="
    """

    assert facts(dkim, SELECTOR, world)[0] == "CNAME s1.city-example.vendor.example"


def test_an_alias_to_nowhere_still_names_somebody() -> None:
    """The key is gone, the delegation is not: NXDOMAIN speaks of the target."""
    world = "s1._domainkey.city.example CNAME s1.gone.example."

    assert facts(dkim, SELECTOR, world) == ["CNAME s1.gone.example"]


def test_what_stands_at_any_selector_is_nobodys() -> None:
    world = '*.city.example CNAME parking.example.\nparking.example TXT "p="'

    assert facts(dkim, SELECTOR, world) == []


def test_a_text_that_is_no_key_is_none() -> None:
    assert facts(dkim, SELECTOR, "s1._domainkey.city.example TXT hello") == []
