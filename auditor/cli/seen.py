"""Read a list of names that somebody saw: CSV with a heading, or plain lines."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from auditor.catalogue.source import probably
from auditor.errors import Place, SourceError
from auditor.exposure.coverage import Seen

_NAMES = ("name", "base_domain", "pattern")
_COUNTS = ("count", "domains_observed")
_DELIMITERS = (",", ";", "\t")


def read(content: bytes, file: Path, kinds: Iterable[str]) -> tuple[Seen, ...]:
    """The names in *content*, which came from *file*; *kinds* are those a pattern can be on.

    Raises:
        SourceError: It is no text, holds no name, or a line cannot be understood.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SourceError(Place(file, line, 1), f"not UTF-8: {error.reason}") from None
    known = _Kinds(kinds)
    lines = text.splitlines()
    head = next((line for line in lines if line.strip()), "")
    delimiter = next((d for d in _DELIMITERS if d in head), None)
    rows = _table(lines, delimiter, file) if delimiter else _plain(lines)
    seen = []
    for number, kind, name, count in rows:
        place = Place(file, number, 1)
        bare = name.strip().rstrip(".").lower()
        if not bare:
            raise SourceError(place, "a kind and a name are needed")
        seen.append(Seen(known.kind(kind, place), bare, _number(count, place)))
    if not seen:
        raise SourceError(Place(file, 1, 1), "there is no name in it")
    return tuple(seen)


def _plain(lines: Sequence[str]) -> Iterator[tuple[int, str, str, str]]:
    for number, line in enumerate(lines, 1):
        words = line.partition("#")[0].split()
        if words:
            yield number, words[0], " ".join(words[1:2]), " ".join(words[2:]) or "1"


def _table(lines: Sequence[str], delimiter: str, file: Path) -> Iterator[tuple[int, str, str, str]]:
    reader = csv.reader(lines, delimiter=delimiter)
    heading: list[str] = []
    for row in reader:
        if not any(row):
            continue
        if not heading:
            heading = [word.strip().lower() for word in row]
            kind, name, count = (
                _column(heading, names, file, reader.line_num)
                for names in (("kind",), _NAMES, _COUNTS)
            )
            continue
        if len(row) != len(heading):
            raise SourceError(
                Place(file, reader.line_num, 1),
                f"{len(row)} values where the heading has {len(heading)}",
            )
        yield (
            reader.line_num,
            row[kind] if kind is not None else "",
            row[name] if name is not None else "",
            row[count] if count is not None else "1",
        )


def _column(heading: list[str], names: Sequence[str], file: Path, number: int) -> int | None:
    for name in names:
        if name in heading:
            return heading.index(name)
    if names is _COUNTS:
        return None
    hint = next((h for word in heading if (h := probably(word, names))), "")
    raise SourceError(
        Place(file, number, 1), f"the heading has no column '{' or '.join(names)}'{hint}"
    )


def _number(text: str, place: Place) -> int:
    if not text.strip().isdecimal():
        raise SourceError(place, f"'{text}' is not how often something was seen")
    return int(text)


class _Kinds:
    """Kinds of values, by the names people give them: `mx`, `spf_include`, `dns.mx`."""

    def __init__(self, kinds: Iterable[str]) -> None:
        self._known = {}
        for kind in kinds:
            for name in (kind, kind.removeprefix("dns.")):
                self._known[name.replace(".", "_").replace("-", "_")] = kind

    def kind(self, word: str, place: Place) -> str:
        """The kind that *word* names."""
        name = word.strip().lower().replace(".", "_").replace("-", "_")
        if name not in self._known:
            raise SourceError(place, f"unknown kind '{word.strip()}'{probably(name, self._known)}")
        return self._known[name]
