"""The network that announces an address, whoever tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.sighting import Value


@dataclass(frozen=True, slots=True)
class Origin(Value):
    """A route to the address.

    Attributes:
        asn: The autonomous system that announces it, `AS64500`; empty when the
            source knows of none: then the network is not identified.
        prefix: In CIDR notation; may be empty.
        holder: Of the autonomous system's number; may be empty.
        registered_in: ISO 3166-1 alpha-2, or empty: where the *prefix* was
            allocated, which is neither where the machine stands nor who controls it.
        source: `ris`, `cymru` or `file`.
    """

    kind: ClassVar[str] = "route.origin"
    key_field: ClassVar[str] = "asn"
    layer: ClassVar[str | None] = "network"
    asn: str
    prefix: str
    holder: str
    registered_in: str
    source: str

    def text(self) -> str:
        words = (self.asn or "AS?", self.holder, self.prefix, self.registered_in)
        return " ".join(filter(None, words))


def country(text: str) -> str:
    """*text* as a country code; empty when it is none."""
    code = text.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def autonomous_system(number: str | int) -> str:
    """`AS64500`; empty when *number* is no number of an autonomous system."""
    digits = str(number).strip().upper().removeprefix("AS")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 10:
        return ""
    return f"AS{int(digits)}" if int(digits) else ""
