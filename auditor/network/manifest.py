"""The manifest of a bundle: an in-toto statement that seals its files and tells the circumstances.

https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from auditor.errors import BundleError
from auditor.model.subject import Domain, Host
from auditor.model.target import Declared, Target
from auditor.network.exchange_lines import instant, read_instant
from auditor.network.personal import STATEMENT

FORMAT: Final = 1
"""Format of a bundle.  Raised when a reader of the old one would err."""

_STATEMENT_TYPE: Final = "https://in-toto.io/Statement/v1"
_PREDICATE_TYPE: Final = "urn:auditor:bundle"

upgrade: Final[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""From a format, the function that turns its statement into one of the next format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """How a recording came about.

    Attributes:
        target: Whom we looked at.
        began: First look-up, UTC.
        ended: Last look-up, UTC.
        tool: Version of the auditor that looked.
        resolvers: As in `Exchange.via`, without the protocol.
        asn_source: Who was asked which network announces an address: `ris`, `cymru` or `file NAME`.
        vantage: From where we looked, in the words of the person who ran it; may be empty.
    """

    target: Target
    began: datetime
    ended: datetime
    tool: str
    resolvers: tuple[str, ...] = ()
    asn_source: str = "ris"
    vantage: str = ""


def compose(circumstances: Circumstances, digests: Mapping[str, str]) -> bytes:
    """The manifest of files with these *digests*, SHA-256 in hexadecimal by name."""
    statement = {
        "_type": _STATEMENT_TYPE,
        "format": FORMAT,
        "subject": [
            {"name": name, "digest": {"sha256": digests[name]}} for name in sorted(digests)
        ],
        "predicateType": _PREDICATE_TYPE,
        "predicate": {
            "target": _target(circumstances.target),
            "options": {"asn_source": circumstances.asn_source},
            "began": instant(circumstances.began),
            "ended": instant(circumstances.ended),
            "tool": {"name": "auditor", "version": circumstances.tool},
            "resolvers": list(circumstances.resolvers),
            "vantage": circumstances.vantage,
            "personal_data": STATEMENT,
        },
    }
    return (json.dumps(statement, ensure_ascii=False, indent=2) + "\n").encode()


def read(content: bytes) -> tuple[Circumstances, dict[str, str]]:
    """The circumstances, and the digests by name of file, in the manifest *content*.

    Raises:
        BundleError: It is no manifest, or of a format that we do not know.
    """
    try:
        statement = json.loads(content)
    except (ValueError, RecursionError):
        raise BundleError(
            "the bundle's manifest is not JSON; it was altered or cut short"
        ) from None
    if not isinstance(statement, dict) or statement.get("_type") != _STATEMENT_TYPE:
        raise BundleError("this is not the manifest of a bundle")
    statement = _current(statement)
    try:
        digests = {
            str(subject["name"]): str(subject["digest"]["sha256"])
            for subject in statement["subject"]
        }
        return _circumstances(statement["predicate"]), digests
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BundleError(
            f"the bundle's manifest lacks something, or says it wrongly: {error}"
        ) from None


def _current(statement: dict[str, Any]) -> dict[str, Any]:
    """*statement* in the present format."""
    number = statement.get("format")
    if type(number) is not int:
        raise BundleError("the bundle's manifest says no format")
    if number > FORMAT:
        raise BundleError(
            f"the bundle is of format {number}, and this auditor knows formats up to {FORMAT}: "
            "use a newer auditor"
        )
    while number < FORMAT:
        if number not in upgrade:
            raise BundleError(f"the bundle is of format {number}, which no auditor ever wrote")
        statement = upgrade[number](statement)
        number += 1
    return statement


def _target(target: Target) -> dict[str, Any]:
    return {
        "name": target.name,
        "domains": [domain.name for domain in target.domains],
        "hosts": [host.name for host in target.hosts],
        "home": target.home,
        "home_declared": target.home_declared,
        "declared": [
            {"role": declared.role, "offering": declared.offering, "line": declared.line}
            for declared in target.declared
        ],
    }


def _circumstances(predicate: Mapping[str, Any]) -> Circumstances:
    target = predicate["target"]
    home = target["home"]
    if not target["domains"]:
        raise ValueError("no domain")
    return Circumstances(
        target=Target(
            name=str(target["name"]),
            domains=tuple(Domain.parse(name) for name in target["domains"]),
            hosts=tuple(Host.parse(name) for name in target["hosts"]),
            home=None if home is None else str(home),
            home_declared=bool(target["home_declared"]),
            declared=tuple(
                Declared(str(one["role"]), str(one["offering"]), int(one["line"]))
                for one in target["declared"]
            ),
        ),
        began=read_instant(predicate["began"]),
        ended=read_instant(predicate["ended"]),
        tool=str(predicate["tool"]["version"]),
        resolvers=tuple(map(str, predicate["resolvers"])),
        asn_source=str(predicate["options"]["asn_source"]),
        vantage=str(predicate["vantage"]),
    )
