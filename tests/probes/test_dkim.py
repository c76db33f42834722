from __future__ import annotations

import asyncio
import base64

import pytest

from auditor.model.exchange import Reply
from auditor.model.subject import Selectors
from auditor.probes.dkim import dkim
from auditor.probes.names import unlikely
from auditor.settings import Limits
from auditor.survey import survey
from tests.probes.world import World, facts, sight, values

SELECTORS = Selectors("city.example", ("s1",))
MODULUS = 2**2047 + 12345
RSA = bytes.fromhex("06092a864886f70d010101") + b"\x05\0"
"""The algorithm of an RSA key: rsaEncryption, without parameters (RFC 3279, section 2.3.1)."""

SPOILT = Reply(bytes.fromhex("000081800001000100000000") + b"\xff" * 8)
"""It says that it has an answer, and holds none."""


def _element(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes((size,)) if size < 128 else b"\x82" + size.to_bytes(2, "big")
    return bytes((tag,)) + length + content


BARE = _element(
    0x30, _element(0x02, MODULUS.to_bytes(257, "big")) + _element(0x02, b"\x01\x00\x01")
)
WRAPPED = _element(0x30, _element(0x30, RSA) + _element(0x03, b"\0" + BARE))


@pytest.mark.parametrize("key", [BARE, WRAPPED])
def test_the_length_of_a_key_is_read(key: bytes) -> None:
    text = f"v=DKIM1; k=rsa; p={base64.b64encode(key).decode()}"
    strings = " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))

    (value,) = values(dkim, SELECTORS, f"s1._domainkey.city.example TXT {strings}")

    assert (value.key_type, value.bits, value.revoked) == ("rsa", 2048, False)


@pytest.mark.parametrize("key", ["MIGf", "!!!!", "MAA=", "MDAwMA==", "MIAwgA=="])
def test_a_key_nobody_can_read_has_no_length(key: str) -> None:
    (value,) = values(dkim, SELECTORS, f's1._domainkey.city.example TXT "v=DKIM1; p={key}"')

    assert (value.bits, value.revoked) == (0, False)


def test_an_empty_key_is_revoked() -> None:
    (value,) = values(dkim, SELECTORS, 's1._domainkey.city.example TXT "v=DKIM1; p="')

    assert value.revoked


def test_whose_name_the_key_stands_under() -> None:
    world = """
    s1._domainkey.city.example CNAME s1.city-example.vendor.example.
    s1.city-example.vendor.example TXT "p="
    """

    assert facts(dkim, SELECTORS, world)[0] == "CNAME s1.city-example.vendor.example"


def test_an_alias_to_nowhere_still_names_somebody() -> None:
    """The key is gone, the delegation is not: NXDOMAIN speaks of the target."""
    world = "s1._domainkey.city.example CNAME s1.gone.example."

    assert facts(dkim, SELECTORS, world) == ["CNAME s1.gone.example"]


def test_what_stands_at_any_selector_is_nobodys() -> None:
    world = '*.city.example CNAME parking.example.\nparking.example TXT "p="'

    assert facts(dkim, SELECTORS, world) == []


def test_a_text_that_is_no_key_is_none() -> None:
    assert facts(dkim, SELECTORS, "s1._domainkey.city.example TXT hello") == []


def test_a_reply_nobody_can_read_hides_no_other_selector() -> None:
    world = World(
        's2._domainkey.city.example TXT "v=DKIM1; p="', {"s1._domainkey.city.example TXT": SPOILT}
    )
    sighting = sight(dkim, Selectors("city.example", ("s1", "s2")), world)

    assert [str(o.subject) for o in sighting.observations] == ["s2._domainkey.city.example"]
    (gap,) = sighting.gaps
    assert gap.exchange is not None
    assert (gap.exchange.question.text, gap.why) == ("s1._domainkey.city.example TXT", "unreadable")


def test_without_knowing_what_stands_at_any_name_nothing_is_said_of_a_selector() -> None:
    any_other = f"{unlikely('_domainkey.city.example')} TXT"
    world = World('s1._domainkey.city.example TXT "v=DKIM1; p="', {any_other: SPOILT})
    (sighting,) = asyncio.run(survey((SELECTORS,), (dkim,), world, Limits()))

    assert sighting.observations == ()
    assert [(g.exchange and g.exchange.question.text, g.why) for g in sighting.gaps] == [
        (any_other, "unreadable")
    ]
