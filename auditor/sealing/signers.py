"""Whose key seals: in a file (PKCS#12), or on a token (PKCS#11)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asn1crypto import pkcs12
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

from auditor.errors import UsageError
from auditor.sealing.certificates import described

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

_USAGES = frozenset({"digital_signature", "non_repudiation"})
"""Key usages (RFC 5280, section 4.2.1.3) of which a signature needs one."""


class PasswordError(UsageError):
    """The password, or the PIN, is missing or wrong."""


def from_file(content: bytes, password: str | None, called: str) -> Signer:
    """The key and the certificates in a PKCS#12 file (`.p12`, `.pfx`), *called* so in messages.

    Raises:
        PasswordError: It does not open with *password*.
        UsageError: It is no such file, or holds no key with its certificate.
    """
    from pyhanko.sign.signers import SimpleSigner

    try:
        pkcs12.Pfx.load(content, strict=True)["version"].native  # noqa: B018 - it parses when asked
    except (TypeError, ValueError):
        raise UsageError(f"{called} is no PKCS#12 file (.p12, .pfx)") from None
    secret = None if password is None else password.encode()
    try:
        key, certificate, _ = load_key_and_certificates(content, secret)
    except ValueError:
        wrong = "a password is needed" if password is None else "the password is wrong"
        raise PasswordError(f"{called}: {wrong}") from None
    if key is None or certificate is None:
        raise UsageError(f"{called} holds no private key with its certificate")
    signer: Signer = SimpleSigner.load_pkcs12_data(content, [], secret)
    return signer


@contextmanager
def on_token(
    library: Path, token: str | None, label: str | None, pin: str | None
) -> Iterator[Signer]:
    """The key called *label* on a token: a smart card, a USB key, a hardware security module.

    The session with the token ends with the context.

    Args:
        library: The PKCS#11 module of its maker.
        token: The label of the token; not needed where there is one only.
        label: Of the key and its certificate; not needed where there is one only.

    Raises:
        PasswordError: The PIN is missing or wrong.
        UsageError: The library does not load, there is no such token or key, or it does not sign.
    """
    from pkcs11 import exceptions
    from pyhanko.sign.pkcs11 import PKCS11Signer

    try:
        found = _token(_loaded(library), token, library)
        with found.open(user_pin=pin) as session:
            label = label or _only_label(session, found.label)
            signer = PKCS11Signer(session, cert_label=label, other_certs_to_pull=None)
            _check_holds(signer, found.label, label)
            yield signer
    except (exceptions.PinIncorrect, exceptions.PinInvalid, exceptions.PinLenRange):
        raise PasswordError("the token refuses the PIN") from None
    except exceptions.PinLocked:
        raise UsageError("the PIN of the token is locked, after too many wrong ones") from None
    except exceptions.PKCS11Error as error:
        said = str(error) or type(error).__name__
        raise UsageError(f"{library}: the token cannot be used: {said}") from None


def _check_holds(signer: Signer, token: str, label: str) -> None:
    """See that the token holds a key and a certificate called *label*."""
    from pkcs11.exceptions import PKCS11Error

    try:
        certificate = signer.signing_cert
    except PKCS11Error:
        certificate = None
    if certificate is None:
        raise UsageError(f"token '{token}' holds no key with its certificate called '{label}'")


def check_usable(signer: Signer, now: datetime) -> None:
    """See that what *signer* would sign at the moment *now* can be relied on.

    Raises:
        UsageError: Its certificate has expired, is not yet valid, or is for other uses.
    """
    certificate: Any = signer.signing_cert
    told = described(certificate)
    if now > told.ends:
        raise UsageError(
            f"the certificate of {told.subject} expired on {told.ends:%Y-%m-%d}: a seal made with "
            "it would be worth nothing"
        )
    if now < told.begins:
        raise UsageError(
            f"the certificate of {told.subject} is valid from {told.begins:%Y-%m-%d} only"
        )
    usage = certificate.key_usage_value
    if usage is not None and not _USAGES & usage.native:
        raise UsageError(f"the certificate of {told.subject} is not made for signing")


def _loaded(library: Path) -> Any:
    import pkcs11

    try:
        return pkcs11.lib(str(library))
    except RuntimeError as error:
        raise UsageError(f"{library} is no PKCS#11 library: {error}") from None


def _token(module: Any, label: str | None, library: Path) -> Any:
    from pkcs11 import TokenFlag

    tokens = [one for one in module.get_tokens() if one.flags & TokenFlag.TOKEN_INITIALIZED]
    chosen = [one for one in tokens if label in {None, one.label}]
    if len(chosen) == 1:
        return chosen[0]
    there = ", ".join(f"'{one.label}'" for one in tokens) or "none"
    wanted = "choose one with --token" if label is None else f"none is called '{label}'"
    raise UsageError(f"{library}: {wanted}; tokens there: {there}")


def _only_label(session: Any, token: str) -> str:
    """The label of the only private key on a token."""
    from pkcs11 import Attribute, ObjectClass

    keys = session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
    labels = sorted({str(key[Attribute.LABEL]) for key in keys})
    if len(labels) == 1:
        return labels[0]
    there = ", ".join(f"'{label}'" for label in labels) or "none"
    raise UsageError(f"token '{token}': choose a key with --key; keys there: {there}")
