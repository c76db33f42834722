"""Certificates made for a test: authorities, signers, and a time-stamp authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSWORD = "mot de passe"  # noqa: S105 - of files made for a test
CURVE = ec.SECP256R1()
_SIGNS = dict.fromkeys(
    (
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "encipher_only",
        "decipher_only",
    ),
    False,
)


@dataclass(frozen=True)
class Holder:
    """A key, its certificate, and the authority above it."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate
    issuer: Holder | None = None

    def pem(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self) -> bytes:
        """The key, as it lies bare in a file."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def pkcs12(self, password: str | None = PASSWORD) -> bytes:
        """The key, the certificate and that of the authority, as one file."""
        lock: KeySerializationEncryption = NoEncryption()
        if password is not None:
            lock = BestAvailableEncryption(password.encode())
        above = [self.issuer.certificate] if self.issuer else None
        return pkcs12.serialize_key_and_certificates(
            b"seal", self.key, self.certificate, above, lock
        )


def authority(name: str = "Autorité d’essai") -> Holder:
    """A certificate authority that vouches for itself."""
    return _issued(
        name, None, days=(-100, 365), usage=("key_cert_sign", "crl_sign"), is_authority=True
    )


def signer(
    issuer: Holder | None,
    name: str = "Jeanne Martin",
    days: tuple[int, int] = (-1, 365),
    usage: tuple[str, ...] = ("digital_signature", "content_commitment"),
    of_rsa: bool = False,
) -> Holder:
    """Somebody who signs, valid between two *days* from now; vouching for itself without issuer."""
    return _issued(name, issuer, days=days, usage=usage, of_rsa=of_rsa)


def time_stamper(issuer: Holder, days: tuple[int, int] = (-100, 365)) -> Holder:
    """A time-stamp authority (RFC 3161, section 2.3)."""
    only = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return _issued(
        "Horodateur d’essai",
        issuer,
        days=days,
        usage=("digital_signature",),
        extended=only,
        of_rsa=True,
    )


def _issued(
    name: str,
    issuer: Holder | None,
    *,
    usage: tuple[str, ...],
    days: tuple[int, int] = (-1, 365),
    extended: x509.ExtendedKeyUsage | None = None,
    is_authority: bool = False,
    of_rsa: bool = False,
) -> Holder:
    key = rsa.generate_private_key(65537, 2048) if of_rsa else ec.generate_private_key(CURVE)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Ville d’Exemple"),
        ]
    )
    now = datetime.now(UTC).replace(microsecond=0)
    signs = dict.fromkeys(
        ("digital_signature", "content_commitment", "key_cert_sign", "crl_sign"), False
    )
    above = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days[0]))
        .not_valid_after(now + timedelta(days[1]))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(
            x509.KeyUsage(**{**_SIGNS, **signs, **dict.fromkeys(usage, True)}), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(above.public_key()), critical=False
        )
    )
    if extended is not None:
        builder = builder.add_extension(extended, critical=True)
    return Holder(key, builder.sign(above, hashes.SHA256()), issuer)


def written(path: Path, content: bytes) -> Path:
    """*path*, now holding *content*."""
    path.write_bytes(content)
    return path
