"""Reading one SPF record (RFC 7208, sections 4.6 and 12)."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import NamedTuple

from auditor.model.subject import canonical_name

ASKING = frozenset({"include", "a", "mx", "ptr", "exists"})
"""Mechanisms that cost one of the ten look-ups; `redirect` does too (RFC 7208, section 4.6.4)."""

_TERM = re.compile(r"([+?~-]?)([a-z][a-z0-9_.-]*)(?:([:=/])(.*))?")
_NEEDING_A_NAME = frozenset({"include", "exists"})
_KNOWN = ASKING | {"all", "ip4", "ip6"}
_WIDTH = {"ip4": 32, "ip6": 128}
_LONGEST = 65_535
_MOST_TERMS = 1000


class Term(NamedTuple):
    """A mechanism.

    Attributes:
        qualifier: `+`, `-`, `~` or `?`.
        name: `include`, `a` …
        target: A domain name; an address or prefix for ip4 and ip6; empty for
            the domain itself.  With macros, what follows the last of them.
        macro: Whether macros stand in it, which depend on the message and are not expanded.
    """

    qualifier: str
    name: str
    target: str
    macro: bool


class SpfRecord(NamedTuple):
    """What a record says.

    Attributes:
        terms: Mechanisms before `all`; what follows it is never used (section 5.1).
        all: Qualifier of `all`; empty without.
        redirect: The record that decides instead; None when there is none or
            when `all` makes it void (section 6.1).
        broken: A term is none that the standard knows, or has no valid value.
    """

    terms: tuple[Term, ...]
    all: str
    redirect: Term | None
    broken: bool


def is_spf(text: bytes) -> bool:
    """Whether a TXT record is an SPF record (section 4.5)."""
    return text[:6].lower() == b"v=spf1" and text[6:7] in (b"", b" ")


@lru_cache(maxsize=4096)
def read(text: bytes) -> SpfRecord:
    """Read the record *text*."""
    terms: list[Term] = []
    broken, decided, redirect = False, "", None
    words = text[7:_LONGEST].decode("ascii", "replace").lower().split(" ")
    for word in filter(None, words[:_MOST_TERMS]):
        try:
            term = _term(word)
        except ValueError:
            broken = True
            continue
        if term is None:
            continue
        if term.name == "redirect":
            redirect = redirect or term
        elif term.name == "all":
            decided = decided or term.qualifier
        elif not decided:
            terms.append(term)
    broken = broken or len(words) > _MOST_TERMS
    return SpfRecord(tuple(terms), decided, None if decided else redirect, broken)


def _term(word: str) -> Term | None:
    """The term *word*; None for a modifier that names nobody.

    Raises:
        ValueError: It is none.
    """
    match = _TERM.fullmatch(word)
    if match is None:
        raise ValueError(f"no term: {word!r}")
    qualifier, name, separator, value = match.groups(default="")
    if separator == "=":
        if qualifier:
            raise ValueError("a modifier has no qualifier")
        return _named("", name, value) if name == "redirect" else None
    if name not in _KNOWN:
        raise ValueError(f"no mechanism: {name!r}")
    qualifier = qualifier or "+"
    if name in _WIDTH:
        return Term(qualifier, name, _prefix(name, value), False)
    if name == "all":
        if separator:
            raise ValueError("all has no value")
        return Term(qualifier, name, "", False)
    # `a/24` and `mx:city.example/24//64` are cut at their length of prefix.
    target = value.partition("/")[0] if separator == ":" and "%" not in value else value
    if separator != ":":
        if name in _NEEDING_A_NAME:
            raise ValueError(f"{name} needs a name")
        return Term(qualifier, name, "", False)
    return _named(qualifier, name, target)


def _named(qualifier: str, name: str, target: str) -> Term:
    if "%" in target:
        fixed = re.split(r"%\{[^}]*\}|%.", target)[-1].partition("/")[0].strip(".")
        return Term(qualifier, name, canonical_name(fixed) if "." in fixed else "", True)
    return Term(qualifier, name, canonical_name(target), False)


def _prefix(name: str, value: str) -> str:
    """The canonical text of a prefix; without its length when it is one address."""
    text, slash, length = value.partition("/")
    address = ipaddress.ip_address(text)
    width = _WIDTH[name]
    if address.max_prefixlen != width:
        raise ValueError(f"{value!r} is no {name}")
    if not slash or length == str(width):
        return str(address)
    if not length.isdecimal() or len(length) > 3 or int(length) > width:
        raise ValueError(f"{value!r} is no prefix")
    return f"{address}/{int(length)}"
