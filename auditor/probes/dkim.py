"""Who signs the domain's mail (RFC 6376)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from auditor.model.exchange import Exchange
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Selector, Selectors
from auditor.network import dns
from auditor.network.door import Unreadable
from auditor.probes.names import host, unlikely
from auditor.probes.probe import Asking, Seen, Unsettled, ask, ask_all, probe
from auditor.probes.resolution import says_nothing
from auditor.probes.tags import read


@dataclass(frozen=True, slots=True)
class DelegatedKey(Value):
    """The signing key is kept under somebody else's name.

    Attributes:
        target: That name.
    """

    kind: ClassVar[str] = "dns.dkim"
    key_field: ClassVar[str] = "target"
    layer: ClassVar[str | None] = "service"
    target: str

    def roles(self) -> tuple[str, ...]:
        return ("mail.outbound",)

    def text(self) -> str:
        return f"CNAME {self.target}"


@dataclass(frozen=True, slots=True)
class SigningKey(Value):
    """A public key.

    Attributes:
        key_type: `rsa`, `ed25519` …
        bits: Of an RSA modulus; 0 when the key is revoked or cannot be read.
        revoked: The record keeps the selector's place and holds no key.
    """

    kind: ClassVar[str] = "dns.dkim-key"
    key_type: str
    bits: int
    revoked: bool

    def roles(self) -> tuple[str, ...]:
        return ("mail.outbound",)

    def text(self) -> str:
        size = f" ({self.bits} bit)" if self.bits else ""
        return f"TXT k={self.key_type}; p={'' if self.revoked else '…'}{size}"


@probe(takes=Selectors, opens=("mail.outbound",))
def dkim(selectors: Selectors) -> Asking[Seen]:
    """Read the key of each selector that is there, and under whose name it stands."""
    domain = selectors.domain
    each = [Selector(domain, name) for name in selectors.names]
    exchanges = yield from ask_all(dns.question(str(selector), "TXT") for selector in each)
    there = [pair for pair in zip(each, exchanges, strict=True) if not says_nothing(pair[1])]
    if not there:
        return []
    any_other = _at((yield from ask(dns.question(unlikely(f"_domainkey.{domain}"), "TXT"))))
    seen: list[Observation | Unsettled] = []
    for selector, exchange in there:
        try:
            aliases, texts = here = _at(exchange)
        except Unreadable:
            # One reply that nobody can read does not hide what the others say.
            seen.append(Unsettled(exchange, "unreadable"))
            continue
        if here != any_other:
            seen += _published(selector, exchange, aliases, texts)
    return seen


def _at(exchange: Exchange) -> tuple[tuple[str, ...], list[bytes]]:
    """The aliases and, in alphabetical order, the texts that *exchange* shows.

    Raises:
        Unreadable: The bytes of the reply are no well-formed response.
    """
    return dns.aliases(exchange), sorted(dns.txt(exchange))


def _published(
    selector: Selector, exchange: Exchange, aliases: tuple[str, ...], texts: list[bytes]
) -> Iterator[Observation | Unsettled]:
    """Whose key *selector* is, and the key itself."""
    if aliases:
        if host(aliases[0]) is None:
            yield Unsettled(exchange, "unreadable")
        else:
            yield Observation(selector, DelegatedKey(aliases[0]), (exchange,))
    for text in texts:
        tags = read(text)
        if "p" in tags:
            yield Observation(selector, _key(tags), (exchange,))
            break


def _key(tags: dict[str, str]) -> SigningKey:
    key_type = tags.get("k", "rsa").lower()
    encoded = "".join(tags["p"].split())
    bits = 0
    if key_type == "rsa" and encoded:
        try:
            bits = _modulus_bits(base64.b64decode(encoded, validate=True))
        except (binascii.Error, IndexError, ValueError):
            bits = 0
    return SigningKey(key_type, bits, not encoded)


def _modulus_bits(key: bytes) -> int:
    """The length of the modulus in *key*, a SubjectPublicKeyInfo (RFC 5280) or an RSAPublicKey.

    Raises:
        IndexError, ValueError: It is neither.
    """
    content = _content(key, 0x30)
    if content[0] == 0x30:
        algorithm = _content(content, 0x30)
        start = content.index(algorithm) + len(algorithm)
        content = _content(_content(content[start:], 0x03)[1:], 0x30)
    return int.from_bytes(_content(content, 0x02), "big").bit_length()


def _content(encoded: bytes, tag: int) -> bytes:
    """The content of the DER element with *tag* that *encoded* begins with."""
    if encoded[0] != tag:
        raise ValueError(f"tag {encoded[0]} where {tag} is due")
    size, start = encoded[1], 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(encoded[2:start], "big")
    if len(encoded) < start + size:
        raise ValueError("cut short")
    return encoded[start : start + size]
