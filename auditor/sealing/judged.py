"""What a signature is worth: whether it holds, and whether a trusted authority stands behind it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from asn1crypto import x509
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator import ValidationContext

from auditor.sealing.certificates import Certificate, described

# They tell on their own what we tell in our words.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)

_OUT_OF_TIME: Final = frozenset(
    {
        AdESFailure.NOT_YET_VALID,
        AdESIndeterminate.EXPIRED,
        AdESIndeterminate.NOT_YET_VALID,
        AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
        AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
    }
)
_OTHER_USES: Final = frozenset(
    {AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE, AdESIndeterminate.SIG_CONSTRAINTS_FAILURE}
)
_WEAK: Final = frozenset(
    {
        AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE,
        AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
    }
)


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed, and how far that is known.

    Attributes:
        certificate: As the signature carries it.
        anchor: The trusted certificate behind it; empty when there is none.
        problem: Why there is none; empty when there is one.
    """

    certificate: Certificate
    anchor: str
    problem: str


def context(
    anchors: Sequence[x509.Certificate], moment: datetime | None = None
) -> ValidationContext:
    """Trusts *anchors*, and nobody when there are none; asks nobody; judges as of *moment*.

    Certificates that were revoked are not known to be: that could be told by a call only.
    """
    return ValidationContext(trust_roots=list(anchors), moment=moment, allow_fetching=False)


def signatory(status: SignatureStatus) -> Signatory:
    """Who signed, by what *status* tells of the certificate."""
    certificate = described(status.signing_cert)
    if status.trusted:
        path: Any = status.validation_path
        return Signatory(certificate, described(path.first).subject, "")
    return Signatory(certificate, "", _problem(status.trust_problem_indic, certificate))


def _problem(indication: Any, certificate: Certificate) -> str:
    """Why nobody trusted stands behind *certificate*, by the words of ETSI EN 319 102-1."""
    if indication in _OUT_OF_TIME:
        return "a certificate in its chain has expired, or is not valid yet"
    if indication in _WEAK:
        return "it uses an algorithm that is too weak"
    # No chain leads from a certificate that vouches for itself to another one.
    if indication in _OTHER_USES and not certificate.vouches_for_itself:
        return "a certificate in its chain is made for other uses"
    return "no trusted certificate stands behind it"
