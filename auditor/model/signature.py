"""Who vouches for a text, and for which state of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Review:
    """A signature.

    Attributes:
        by: Name and quality of whoever signed.
        on: The day.
        content_sha256: Of what was signed, in hexadecimal.
    """

    by: str
    on: date
    content_sha256: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """What can be signed, and the signature it carries.

    Attributes:
        content_sha256: Of the entry as it stands, whatever its layout; empty when it was not
            read from a file.
        review: None when nobody signed.
    """

    content_sha256: str = ""
    review: Review | None = None

    @property
    def outdated(self) -> bool:
        """Whether somebody signed, and something else stands there now."""
        return self.review is not None and self.review.content_sha256 != self.content_sha256


UNSIGNED = SignOff()
