"""The facts that an SPF tree shows: who may send mail in the domain's name (RFC 7208)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from auditor.model.sighting import Value
from auditor.model.subject import Address, Host, Subject
from auditor.probes.names import leads_to

OUTBOUND = ("mail.outbound",)


@dataclass(frozen=True, slots=True)
class SpfInclude(Value):
    """Somebody else's record counts as well.

    Attributes:
        domain: Whose: the target of `include` or `redirect`; what follows the
            last macro, when macros make the rest of it.
        mechanism: `include`, `redirect`, or `exists` with macros.
        depth: 1 in the domain's own record, one more for each record between.
        via: The domain whose record names it; empty for the domain's own.
    """

    kind: ClassVar[str] = "dns.spf.include"
    key_field: ClassVar[str] = "domain"
    layer: ClassVar[str | None] = "service"
    domain: str
    mechanism: str
    depth: int
    via: str

    def roles(self) -> tuple[str, ...]:
        return OUTBOUND

    def text(self) -> str:
        sign = "=" if self.mechanism == "redirect" else ":"
        return f"SPF {self.mechanism}{sign}{self.domain}{_via(self.via)}"


@dataclass(frozen=True, slots=True)
class SpfHost(Value):
    """The addresses of a host, or of a domain's mail exchangers, may send.

    Attributes:
        host: The host, or the domain whose exchangers are meant.
        mechanism: `a`, `mx` or `ptr`.
        exchangers: Of `mx`.
    """

    kind: ClassVar[str] = "dns.spf.host"
    key_field: ClassVar[str] = "host"
    layer: ClassVar[str | None] = "service"
    host: Host
    mechanism: str
    exchangers: tuple[Host, ...]

    def roles(self) -> tuple[str, ...]:
        return OUTBOUND

    def leads(self) -> tuple[Subject, ...]:
        return _machines(self.mechanism, self.host, self.exchangers)

    def text(self) -> str:
        return f"SPF {self.mechanism}:{self.host}"


@dataclass(frozen=True, slots=True)
class SpfSelf(Value):
    """The domain's own address, or its own mail exchangers, may send.

    Attributes:
        host: The domain.
        mechanism: `a`, `mx` or `ptr`.
        exchangers: Of `mx`.
    """

    kind: ClassVar[str] = "dns.spf.self"
    layer: ClassVar[str | None] = "service"
    host: Host
    mechanism: str
    exchangers: tuple[Host, ...]

    def roles(self) -> tuple[str, ...]:
        return OUTBOUND

    def leads(self) -> tuple[Subject, ...]:
        return _machines(self.mechanism, self.host, self.exchangers)

    def text(self) -> str:
        return f"SPF {self.mechanism}"


@dataclass(frozen=True, slots=True)
class SpfRange(Value):
    """Addresses that may send, named in the domain's own record.

    Attributes:
        prefix: An address, or a range in CIDR notation.
    """

    kind: ClassVar[str] = "dns.spf.range"
    key_field: ClassVar[str] = "prefix"
    layer: ClassVar[str | None] = "network"
    prefix: str

    def roles(self) -> tuple[str, ...]:
        return OUTBOUND

    def leads(self) -> tuple[Subject, ...]:
        return (Address(self.prefix.partition("/")[0]),)

    def text(self) -> str:
        return f"SPF {'ip6' if ':' in self.prefix else 'ip4'}:{self.prefix}"


@dataclass(frozen=True, slots=True)
class SpfPolicy(Value):
    """What the tree as a whole says and costs.

    Attributes:
        all: Qualifier for everybody else: `-`, `~`, `?`, `+`; empty when no
            record of the tree says.
        lookups: Terms of the whole tree that cost a look-up; a receiver gives
            up above ten (RFC 7208, section 4.6.4).
        void_lookups: Those that lead nowhere, for a sender with an IPv4
            address; a receiver may give up above two.
        errors: Words, by blanks: `broken` (a term that is none), `loop`,
            `several` (records at one name), `missing` (an include without
            record), `lookups`, `void-lookups` (above the limit).  With any of
            them a receiver may treat the domain as without policy.
        macros: Whether names depend on the message, so that not all can be known.
    """

    kind: ClassVar[str] = "dns.spf.policy"
    all: str
    lookups: int
    void_lookups: int
    errors: str
    macros: bool

    def roles(self) -> tuple[str, ...]:
        return OUTBOUND

    def text(self) -> str:
        words = [f"SPF {self.all}all" if self.all else "SPF"]
        words.append(f"({self.lookups}/10, {self.void_lookups}/2)")
        return " ".join([*words, self.errors]).strip()


def _machines(mechanism: str, host: Host, exchangers: tuple[Host, ...]) -> tuple[Subject, ...]:
    """The subjects whose addresses are meant; none for `ptr`, which means whoever says so."""
    match mechanism:
        case "a":
            return leads_to(host)
        case "mx":
            return tuple(lead for exchanger in exchangers for lead in leads_to(exchanger))
        case _:
            return ()


def _via(domain: str) -> str:
    return f" ({domain})" if domain else ""
