"""Reading exchanges of the medium `tls`, and writing what is kept of a certificate.

What is kept is whether the certificate verified, in lines as of a header, an
empty line, and the certificate of the server itself as it came, in DER (RFC 5280).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from auditor.model.exchange import Exchange, Question, Reply
from auditor.network.door import Unreadable

if TYPE_CHECKING:
    from cryptography import x509

HTTPS = 443
_YES = b"verified: yes\r\n\r\n"
_NO = b"verified: no\r\nbecause: "
_BREAKS = str.maketrans("\r\n\0", "   ")


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server showed.

    Attributes:
        organisation: Of the issuer (attribute O); empty when it names none.
        name: Of the issuer (attribute CN); empty likewise.
        country: Of the issuer (attribute C); empty likewise.
        until: Last day of validity, UTC.
        doubt: Why it does not verify, in the words of the TLS library; empty when it does.
    """

    organisation: str
    name: str
    country: str
    until: date
    doubt: str

    @property
    def verified(self) -> bool:
        """Whether an authority that browsers trust vouches for it, today and for that name."""
        return not self.doubt


def question(host: str, port: int = HTTPS) -> Question:
    """The question for the certificate that *host* shows on *port*."""
    return Question("tls", f"{host}:{port}")


def compose(der: bytes, doubt: str = "") -> bytes:
    """What is kept of the certificate *der*, which verifies unless there is a *doubt*."""
    if not doubt:
        return _YES + der
    return _NO + doubt.translate(_BREAKS).encode("utf-8", "replace") + b"\r\n\r\n" + der


def read(exchange: Exchange) -> Certificate:
    """The certificate in *exchange*.

    Raises:
        Unreadable: It is none.
        ValueError: There is no reply.
    """
    match exchange.result:
        case Reply(content):
            return parse(content)
    raise ValueError(f"{exchange.question} has no reply to read")


def parse(content: bytes) -> Certificate:
    """Read a certificate as `compose` writes it.

    Raises:
        Unreadable: It is none.
    """
    head, empty_line, der = content.partition(b"\r\n\r\n")
    if not empty_line or not head.startswith((_YES[:13], _NO)):
        raise Unreadable("not a certificate with its verification")
    doubt = head.removeprefix(_NO).decode("utf-8", "replace") if head.startswith(_NO) else ""
    # A twentieth of a second, which an audit of DNS alone need not pay.
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    try:
        with warnings.catch_warnings():
            # The library warns of names that RFC 5280 would not have; they are evidence too.
            warnings.simplefilter("ignore")
            certificate = x509.load_der_x509_certificate(der)
            issuer = certificate.issuer
            return Certificate(
                _first(issuer, NameOID.ORGANIZATION_NAME),
                _first(issuer, NameOID.COMMON_NAME),
                _first(issuer, NameOID.COUNTRY_NAME),
                certificate.not_valid_after_utc.date(),
                doubt,
            )
    except (ValueError, OverflowError, TypeError) as error:
        raise Unreadable(f"not a certificate: {error}") from None


def _first(name: x509.Name, identifier: x509.ObjectIdentifier) -> str:
    """The first attribute of *name* with that *identifier*; empty when there is none."""
    for attribute in name.get_attributes_for_oid(identifier):
        value = attribute.value
        return value if isinstance(value, str) else value.decode("utf-8", "replace")
    return ""
