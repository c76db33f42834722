"""What a signature is worth: whether it holds, and whether a trusted authority stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from asn1crypto import x509
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator import ValidationContext

from auditor.sealing.certificates import Certificate, described

_PROBLEMS: Final = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: "no trusted certificate stands behind it",
    AdESIndeterminate.EXPIRED: "a certificate in its chain has expired",
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: "a certificate in its chain was not valid",
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: "a certificate in its chain was not valid",
    AdESIndeterminate.NOT_YET_VALID: "a certificate in its chain is not valid yet",
    AdESFailure.NOT_YET_VALID: "a certificate in its chain is not valid yet",
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: "a certificate in its chain is for other uses",
    AdESIndeterminate.SIG_CONSTRAINTS_FAILURE: "its certificate is for other uses",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: "it uses an algorithm that is too weak",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "it uses an algorithm that is too weak",
}
_OUTLIVED: Final = frozenset({AdESIndeterminate.EXPIRED, AdESIndeterminate.OUT_OF_BOUNDS_NO_POE})


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
    indication: Any = status.trust_problem_indic
    if certificate.vouches_for_itself and indication not in _OUTLIVED:
        # No chain can lead from it to another one, whatever else is said.
        indication = AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND
    known = _PROBLEMS.get(indication)
    name = "" if indication is None else indication.standard_name.lower().replace("_", " ")
    return Signatory(certificate, "", known or f"its chain is refused ({name})")
