"""TXT records at the domain: what it once proved to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain
from auditor.network import dns
from auditor.probes.notation import quoted, readable
from auditor.probes.probe import Asking, Seen, Unsettled, ask, probe

_MOST = 200
"""Records of one domain that are kept."""
_OTHERS = (b"v=spf1", b"v=dmarc1", b"spf2.0/")
"""Records with a meaning of their own, which other probes read."""


@dataclass(frozen=True, slots=True)
class Token(Value):
    """A text that stands at the domain: often proof, to some service, of holding the domain.

    Attributes:
        token: The text, printable, cut after some hundred characters.
    """

    kind: ClassVar[str] = "dns.txt"
    key_field: ClassVar[str] = "token"
    layer: ClassVar[str | None] = "service"
    speaks: ClassVar[bool] = False
    token: str

    def roles(self) -> tuple[str, ...]:
        return ("account",)

    def text(self) -> str:
        return f"TXT {quoted(self.token)}"


@probe(takes=Domain, opens=("account",))
def txt(domain: Domain) -> Asking[Seen]:
    """Read the TXT records of *domain* that no standard defines."""
    exchange = yield from ask(dns.question(domain.name, "TXT"))
    texts = [text for text in sorted(dns.txt(exchange)) if not _is_defined(text)]
    seen: list[Observation | Unsettled] = [
        Observation(domain, Token(token), (exchange,))
        for token in dict.fromkeys(map(readable, texts[:_MOST]))
        if token
    ]
    if len(texts) > _MOST:
        seen.append(Unsettled(exchange, "limit"))
    return seen


def _is_defined(text: bytes) -> bool:
    return text[:8].lower().startswith(_OTHERS)
