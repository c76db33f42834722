"""Opening the key that seals."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.errors import UsageError
from auditor.sealing import document, seals, signers
from tests.sealing import certified
from tests.sealing.certified import PASSWORD, Holder
from tests.sealing.sealed import trusting

_SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")
"""Where Debian puts it."""
PIN = "123456"
TOKEN = "ville"  # noqa: S105 - its label


def test_a_wrong_password(root: Holder) -> None:
    content = certified.signer(root).pkcs12()

    with pytest.raises(signers.PasswordError, match=r"me\.p12: the password is wrong"):
        signers.from_file(content, PASSWORD + " ", "me.p12")
    with pytest.raises(signers.PasswordError, match=r"me\.p12: a password is needed"):
        signers.from_file(content, None, "me.p12")


def test_a_key_without_password(root: Holder) -> None:
    signer = signers.from_file(certified.signer(root).pkcs12(None), None, "me.p12")

    assert signer.signing_cert is not None


@pytest.mark.parametrize("content", [b"", b"-----BEGIN CERTIFICATE-----", b"\x30\x00", b"\x30\x82"])
def test_what_is_no_pkcs12(content: bytes) -> None:
    with pytest.raises(UsageError, match=r"me.p12 is no PKCS#12 file"):
        signers.from_file(content, PASSWORD, "me.p12")


@pytest.mark.parametrize(
    ("days", "usage", "said"),
    [
        ((-20, -1), ("digital_signature",), "expired on "),
        ((1, 20), ("digital_signature",), "is valid from "),
        ((-1, 1), ("crl_sign",), "is not made for signing"),
    ],
)
def test_a_certificate_that_seals_nothing(
    days: tuple[int, int], usage: tuple[str, ...], said: str, root: Holder
) -> None:
    holder = certified.signer(root, days=days, usage=usage)
    signer = signers.from_file(holder.pkcs12(), PASSWORD, "me.p12")

    with pytest.raises(UsageError, match=said):
        signers.check_usable(signer, datetime.now(UTC))


@pytest.mark.parametrize("usage", ["digital_signature", "content_commitment"])
def test_either_usage_will_do(usage: str, root: Holder, report: bytes) -> None:
    """A person signs with the second, a legal person's seal often with the first."""
    holder = certified.signer(root, usage=(usage,))
    signer = signers.from_file(holder.pkcs12(), PASSWORD, "me.p12")

    signers.check_usable(signer, datetime.now(UTC))
    (found,) = seals.read(document.seal(report, signer, None), "report.pdf", trusting(root))
    assert found.signer.anchor


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory, root: Holder) -> Iterator[Path]:
    """The library of a software token that holds a key called `seal`."""
    place = tmp_path_factory.mktemp("token")
    (place / "tokens").mkdir()
    certified.written(place / "softhsm2.conf", f"directories.tokendir = {place}/tokens\n".encode())
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(place / "softhsm2.conf")
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN,
         "--so-pin", "000000"],
        check=True, capture_output=True,
    )  # fmt: skip
    _store(_SOFTHSM, certified.signer(root, of_rsa=True))
    yield _SOFTHSM
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


def _store(library: Path, holder: Holder) -> None:
    """Put the key and the certificate of *holder* on the token, as its issuer would."""
    import pkcs11
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    named = {
        pkcs11.Attribute.LABEL: "seal",
        pkcs11.Attribute.ID: b"\x01",
        pkcs11.Attribute.TOKEN: True,
    }
    key = holder.key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    certificate = holder.certificate.public_bytes(Encoding.DER)
    with pkcs11.lib(str(library)).get_token(token_label=TOKEN).open(rw=True, user_pin=PIN) as to:
        to.create_object({**decode_rsa_private_key(key), **named})
        to.create_object({**decode_x509_certificate(certificate), **named})


def test_a_key_on_a_token(token: Path, root: Holder, report: bytes) -> None:
    """It is found without being named, where it is alone."""
    with signers.on_token(token, None, None, PIN) as signer:
        signers.check_usable(signer, datetime.now(UTC))
        sealed = document.seal(report, signer, None)

    (found,) = seals.read(sealed, "report.pdf", trusting(root))

    assert found.signer.anchor == "Autorité d’essai, Ville d’Exemple"


def test_a_wrong_pin(token: Path) -> None:
    with (
        pytest.raises(signers.PasswordError, match="the token refuses the PIN"),
        signers.on_token(token, "ville", "seal", "654321"),
    ):
        pass


@pytest.mark.parametrize(
    ("label", "key", "said"),
    [
        ("village", "seal", "none is called 'village'; tokens there: 'ville'"),
        ("ville", "stamp", "no key with its certificate called 'stamp'"),
    ],
)
def test_what_is_not_there_is_named(token: Path, label: str, key: str, said: str) -> None:
    with pytest.raises(UsageError, match=said), signers.on_token(token, label, key, PIN):
        pass


def test_a_library_that_is_none(tmp_path: Path) -> None:
    library = certified.written(tmp_path / "library.so", b"")

    with (
        pytest.raises(UsageError, match=r"library.so is no PKCS#11 library"),
        signers.on_token(library, None, None, PIN),
    ):
        pass
