"""Certificates, as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509

from auditor.errors import UsageError

_NAMES = ("common_name", "organization_name")


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who a certificate speaks of, and who says so.

    Attributes:
        subject: Common name and organisation.
        issuer: Likewise.
        begins: First instant of validity, UTC.
        ends: Last instant of validity, UTC.
        vouches_for_itself: Whether it is signed with its own key (self-signed).
    """

    subject: str
    issuer: str
    begins: datetime
    ends: datetime
    vouches_for_itself: bool


def described(certificate: x509.Certificate) -> Certificate:
    """*certificate*, as a person reads it."""
    return Certificate(
        subject=_named(certificate.subject),
        issuer=_named(certificate.issuer),
        begins=certificate.not_valid_before,
        ends=certificate.not_valid_after,
        vouches_for_itself=certificate.self_signed in {"yes", "maybe"},
    )


def anchors(content: bytes, called: str) -> tuple[x509.Certificate, ...]:
    """The certificates in a PEM or DER file, *called* so in messages.

    Raises:
        UsageError: It holds none.
    """
    from pyhanko.keys import load_certs_from_pemder_data

    try:
        found = tuple(load_certs_from_pemder_data(content))
        for certificate in found:
            described(certificate)
    except (KeyError, TypeError, ValueError):
        found = ()
    if not found:
        raise UsageError(f"{called} holds no certificate in PEM or DER")
    return found


def _named(name: x509.Name) -> str:
    native: dict[str, Any] = name.native
    # An attribute that stands twice is a list.
    words = [str(native[kind]) for kind in _NAMES if kind in native]
    return ", ".join(dict.fromkeys(words)) or name.human_friendly
