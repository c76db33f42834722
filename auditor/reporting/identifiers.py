"""Identifiers that are the same whenever the same assessment is made again."""

from __future__ import annotations

from uuid import UUID, uuid5

from auditor.model.assessment import Assessment

_NAMESPACE = UUID("7c2f1c63-1a0b-5c0e-9d55-6f1f0a3f7b52")
CATALOGUE = f"urn:uuid:{uuid5(_NAMESPACE, 'catalogue')}"
"""Names the vocabulary of our catalogue to programs that ask for a URI."""


class Identifiers:
    """UUIDs of version 5 (RFC 9562, section 5.5) over what an assessment was made from.

    Another bundle, other rules, another program, other waivers or another day give
    other identifiers; the language of the reader does not.
    """

    def __init__(self, assessment: Assessment) -> None:
        digests = assessment.digests
        whole = (digests.bundle, digests.rules, digests.tool, digests.waivers)
        self._within = uuid5(_NAMESPACE, "\0".join((*whole, assessment.as_of.isoformat())))

    def __call__(self, *words: str) -> str:
        """The identifier of what *words* name together."""
        return str(uuid5(self._within, "\0".join(words)))
