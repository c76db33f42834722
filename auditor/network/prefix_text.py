"""A text file of prefixes, held in sorted arrays."""

from __future__ import annotations

import csv
import ipaddress
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from auditor.errors import Place, SourceError

_LENGTH_BITS = 8
_COMMENTS = ("#", "%", ";")
_HEADINGS = ("prefix", "network", "asn")
_HIGHEST_ASN = 2**32 - 1


class Row(NamedTuple):
    """Who announces a prefix.

    Attributes:
        asn: `AS64500`, or empty.
        holder: Name of the holder of the number, or empty.
        country: ISO 3166-1 alpha-2 of the registration, or empty.
    """

    asn: str
    holder: str
    country: str


class _Line(NamedTuple):
    """A prefix as read: its sort key, its row's number, and how many peers of RIS saw it."""

    key: int
    row: int
    peers: int


class _Family:
    """The prefixes of one version of IP, in the order of their first address, wider ones first.

    Prefixes hold one another or are apart.  So the one that starts last before
    an address holds it, or one of those around it does, or none.
    """

    def __init__(self, bits: int, lines: Sequence[_Line]) -> None:
        self._bits = bits
        keys: list[int] = []
        rows = array("I")
        for line in sorted(lines, key=lambda line: (line.key, -line.peers, line.row)):
            # Several networks announce it: the one that most peers see.
            if not keys or keys[-1] != line.key:
                keys.append(line.key)
                rows.append(line.row)
        self._keys: Sequence[int] = array("Q", keys) if bits == 32 else keys
        self._rows = rows
        self._around = array("l", self._enclosing())

    def _enclosing(self) -> Iterator[int]:
        open_ones: list[int] = []
        for number, key in enumerate(self._keys):
            while open_ones and not self._holds(open_ones[-1], key >> _LENGTH_BITS):
                open_ones.pop()
            yield open_ones[-1] if open_ones else -1
            open_ones.append(number)

    def _holds(self, number: int, address: int) -> bool:
        key = self._keys[number]
        free = self._bits - (key & (1 << _LENGTH_BITS) - 1)
        return key >> _LENGTH_BITS + free == address >> free

    def find(self, address: int) -> tuple[int, int, int] | None:
        """(first address, length, row number) of the longest prefix that holds *address*."""
        number = bisect_right(self._keys, address << _LENGTH_BITS | (1 << _LENGTH_BITS) - 1) - 1
        while number >= 0:
            if self._holds(number, address):
                key = self._keys[number]
                length = key & (1 << _LENGTH_BITS) - 1
                return key >> _LENGTH_BITS, length, self._rows[number]
            number = self._around[number]
        return None


class TextPrefixes:
    """The prefixes of a text file; about 25 bytes for each of IPv4."""

    def __init__(self, four: _Family, six: _Family, rows: Sequence[Row]) -> None:
        self._four = four
        self._six = six
        self._rows = rows

    @classmethod
    def read(cls, path: Path) -> TextPrefixes:
        """Read *path*.

        Raises:
            SourceError: At the first line that is no prefix with a number.
            OSError: The file cannot be read.
        """
        numbers: dict[Row, int] = {}
        four: list[_Line] = []
        six: list[_Line] = []
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            heading_may_come = True
            for number, text in enumerate(file, 1):
                stripped = text.strip()
                if not stripped or stripped.startswith(_COMMENTS):
                    continue
                words = _words(stripped)
                if heading_may_come and words[0].lower() in _HEADINGS:
                    heading_may_come = False
                    continue
                heading_may_come = False
                if words[0].startswith("{"):
                    # RISwhois: an AS set, which says of no single network that it announces this.
                    continue
                try:
                    network, row, peers = _parse(words)
                except ValueError as error:
                    raise SourceError(Place(path, number, 1), str(error)) from None
                key = int(network.network_address) << _LENGTH_BITS | network.prefixlen
                line = _Line(key, numbers.setdefault(row, len(numbers)), peers)
                (four if network.version == 4 else six).append(line)
        if not four and not six:
            raise SourceError(Place(path, 1, 1), "the file holds no prefix")
        return cls(_Family(32, four), _Family(128, six), tuple(numbers))

    def find(self, address: str) -> tuple[str, Row]:
        """The longest prefix that holds *address*, and who announces it; empty ones for none."""
        parsed = ipaddress.ip_address(address)
        found = (self._four if parsed.version == 4 else self._six).find(int(parsed))
        if found is None:
            return "", Row("", "", "")
        first, length, row = found
        network = type(parsed)(first)
        return f"{network}/{length}", self._rows[row]


def _words(line: str) -> list[str]:
    if "\t" in line:
        return [word.strip() for word in line.split("\t")]
    if "," in line:
        return [word.strip() for word in next(csv.reader([line]))]
    return line.split(None, 3)


def _parse(words: list[str]) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, Row, int]:
    """The line made of *words*.

    Raises:
        ValueError: With a sentence that says what the line lacks.
    """
    if len(words) < 2:
        raise ValueError("a line holds a prefix and a number, such as 192.0.2.0/24 64500")
    dumped = "/" in words[1] and "/" not in words[0]
    prefix, asn = (words[1], words[0]) if dumped else (words[0], words[1])
    try:
        network = ipaddress.ip_network(prefix)
    except ValueError as error:
        raise ValueError(f"{prefix!r} is not a prefix such as 192.0.2.0/24: {error}") from None
    number = asn.upper().removeprefix("AS")
    if not (number.isascii() and number.isdecimal()) or int(number) > _HIGHEST_ASN:
        raise ValueError(f"{asn!r} is not the number of a network, such as 64500 or AS64500")
    name = f"AS{int(number)}"
    if dumped:
        peers = words[2] if len(words) > 2 else ""
        return network, Row(name, "", ""), int(peers) if peers.isdecimal() else 0
    holder = words[2] if len(words) > 2 else ""
    country = words[3] if len(words) > 3 else ""
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise ValueError(f"{country!r} is not a country code of two letters")
    return network, Row(name, holder, country.upper()), 0
