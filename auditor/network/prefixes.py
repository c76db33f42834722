"""Which network announces an address, from a file that the user has.

Either a database in the format of MaxMind (`.mmdb`), or text, one prefix on a
line: `prefix asn [holder] [country]` with tabs, commas or spaces between, or the
dump of RISwhois, `asn prefix peers`.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from auditor.errors import UsageError
from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply, Result
from auditor.network.prefix_text import Row, TextPrefixes

_MARKER = b"\xab\xcd\xefMaxMind.com"
_METADATA_WITHIN = 128 * 2**10
NOWHERE = Row("", "", "")


class _Lookup(Protocol):
    def find(self, address: str) -> tuple[str, Row]: ...


class PrefixTable:
    """Longest-prefix match in a file.

    Attributes:
        via: Names the file in exchanges.
    """

    def __init__(self, lookup: _Lookup, via: str) -> None:
        self._lookup = lookup
        self.via = via

    @classmethod
    def open(cls, path: Path) -> PrefixTable:
        """The table in the file *path*.

        Raises:
            UsageError: The file cannot be read, or is a database that no library here reads.
            SourceError: A line of the file is no prefix, with its place.
        """
        try:
            is_database = _is_database(path)
            lookup: _Lookup = _Database(path) if is_database else TextPrefixes.read(path)
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror}") from None
        return cls(lookup, f"file {path.name}")

    def answer(self, question: Question) -> Exchange:
        """The exchange for an address: a JSON object with `prefix`, `asn`, `holder`, `country`.

        `asn` is written `AS64500`.  All four are empty when no prefix of the
        file holds the address, and any but the first may be empty otherwise.
        """
        now = datetime.now(UTC)
        try:
            address = str(ipaddress.ip_address(question.text))
        except ValueError:
            result: Result = Failure(Reason.MALFORMED, "not an address")
        else:
            prefix, row = self._lookup.find(address)
            found = {
                "prefix": prefix,
                "asn": row.asn,
                "holder": row.holder,
                "country": row.country,
            }
            result = Reply(json.dumps(found, ensure_ascii=False).encode())
        return Exchange(question, result, now, 0.0, self.via)


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - _METADATA_WITHIN))
        return _MARKER in file.read()


class _Database:
    """A database in the format of MaxMind: of networks, of countries or of both."""

    def __init__(self, path: Path) -> None:
        try:
            import maxminddb
        except ModuleNotFoundError:
            raise UsageError(
                f"{path} needs the library maxminddb: pip install 'auditor[mmdb]'"
            ) from None
        try:
            self._reader = maxminddb.open_database(path)
        except (maxminddb.InvalidDatabaseError, ValueError) as error:
            raise UsageError(f"{path} is not a database of prefixes: {error}") from None
        self._invalid = maxminddb.InvalidDatabaseError
        self._six = self._reader.metadata().ip_version == 6

    def find(self, address: str) -> tuple[str, Row]:
        if ":" in address and not self._six:
            return "", NOWHERE
        try:
            record, length = self._reader.get_with_prefix_len(address)
        except (self._invalid, ValueError):
            return "", NOWHERE
        if not isinstance(record, dict):
            return "", NOWHERE
        return str(ipaddress.ip_network((address, length), strict=False)), _row(record)


def _row(record: Mapping[str, Any]) -> Row:
    """What the usual publishers write, each under names of its own."""
    asn = record.get("autonomous_system_number") or record.get("asn") or ""
    holder = (
        record.get("autonomous_system_organization")
        or record.get("as_name")
        or record.get("name")
        or ""
    )
    country = record.get("country_code") or record.get("country") or ""
    if isinstance(country, dict):
        country = country.get("iso_code") or ""
    number = str(asn).upper().removeprefix("AS")
    return Row(f"AS{number}" if number.isdecimal() else "", str(holder), _code(str(country)))


def _code(country: str) -> str:
    return country.upper() if len(country) == 2 and country.isalpha() else ""
