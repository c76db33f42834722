"""Records that are lists of tags: `v=DMARC1; p=none; rua=mailto:reports@city.example`."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from auditor.model.exchange import Exchange
from auditor.model.subject import canonical_name
from auditor.network import dns
from auditor.probes.notation import readable
from auditor.probes.resolution import says_nothing

_LONGEST = 4096
"""Characters of a record that are read; no legitimate one comes near."""


def tagged(exchange: Exchange, version: str) -> list[dict[str, str]]:
    """The records of TXT *exchange* that begin with `v=`*version*, as tag → value, sorted.

    A record that says `v=` anything else, or nothing, is none of them.
    """
    if says_nothing(exchange):
        return []
    wanted = version.lower()
    return [
        tags
        for text in sorted(dns.txt(exchange))
        if (tags := read(text)).get("v", "").lower() == wanted and text.lstrip()[:1] in b"vV"
    ]


def read(text: bytes) -> dict[str, str]:
    """The tags of a record (RFC 6376, section 3.2); the first of several of one name counts."""
    tags: dict[str, str] = {}
    for item in readable(text, _LONGEST).split(";"):
        name, equals, value = item.partition("=")
        if equals:
            tags.setdefault(name.strip().lower(), value.strip())
    return tags


def recipients(value: str) -> tuple[list[str], bool]:
    """The domains of a list of report addresses, and whether all of it could be read.

    An address is a `mailto:` or `https:` URI, with the size limit that DMARC
    allows after `!` (RFC 7489, section 6.2).
    """
    domains: dict[str, None] = {}
    whole = True
    for uri in filter(None, map(str.strip, value.split(","))):
        try:
            domains[_recipient(uri)] = None
        except ValueError:
            whole = False
    return list(domains), whole


def _recipient(uri: str) -> str:
    scheme, _, rest = uri.partition(":")
    match scheme.strip().lower():
        case "mailto":
            address = unquote(rest.partition("!")[0].partition("?")[0])
            local, at, domain = address.strip().rpartition("@")
            if not at or not local:
                raise ValueError(f"{uri!r} has no address")
        case "https" | "http":
            domain = urlsplit(uri).hostname or ""
        case _:
            raise ValueError(f"{uri!r} is neither a mail address nor a web address")
    return canonical_name(domain)
