"""What the organisation says itself, asked through the same door as what the world says."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from auditor.model.exchange import Exchange, Question, Reply, Unasked
from auditor.model.target import SECTIONS, Document

_CHUNK: Final = 1 << 20


class DeclaredNetwork:
    """Answers the medium `declared` with the sections of a dossier, as they were written.

    A section that the dossier lacks is an empty reply: the author said nothing.
    """

    def __init__(self, dossier: bytes, at: datetime, documents: Iterable[Document] = ()) -> None:
        """Answer from *dossier*, the bytes of a YAML file; *at* dates the exchanges.

        Of *documents*, those attached to it, the reply is the digest in hexadecimal.

        Raises:
            ValueError: The dossier is not YAML with named sections.
        """
        written = sections(dossier)
        self._replies = {question: written.get(question.text, b"") for question in SECTIONS} | {
            Document.question(each.path): each.sha256.encode() for each in documents
        }
        self._at = at

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        """What the dossier says to the question; `Unasked` when nobody could have known it."""
        content = self._replies.get(question)
        result = Unasked() if content is None else Reply(content)
        future: asyncio.Future[Exchange] = asyncio.get_running_loop().create_future()
        future.set_result(Exchange(question, result, self._at, 0.0, "dossier"))
        return future


def sections(dossier: bytes) -> dict[str, bytes]:
    """The bytes of each top-level section of *dossier*, its key included, by key.

    The lines before a section are replaced by empty ones, so that a reader of
    the section counts lines as in the file.

    Raises:
        ValueError: The dossier is not YAML with named sections.
    """
    import yaml

    try:
        text = dossier.decode("utf-8")
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise ValueError(f"the dossier is not YAML: {error}") from None
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise ValueError("the dossier has no sections; write lines such as `domains:`, no braces")
    starts = [
        # From the start of the line: a section may be indented, if all of them are.
        (key.value, key.start_mark.line, text.rfind("\n", 0, key.start_mark.index) + 1)
        for key, _ in root.value
        if isinstance(key.value, str)
    ]
    ends = [start for _, _, start in starts[1:]] + [len(text)]
    return {
        key: b"\n" * line + text[start:end].encode()
        for (key, line, start), end in zip(starts, ends, strict=True)
    }


def digest(directory: Path, path: str) -> str:
    """SHA-256, in hexadecimal, of the document at *path* relative to *directory*.

    Raises:
        ValueError: There is none to be had there, and why.
    """
    relative = PurePosixPath(path)
    if relative.is_absolute() or ".." in relative.parts or "\\" in path:
        raise ValueError(
            f"'{path}': a document lies beside the dossier or below it, and is named from there"
        )
    whole = hashlib.sha256()
    place = directory / relative
    try:
        # Opened, what is no file may keep one waiting for ever.
        if place.exists() and not place.is_file():
            reason = "it is no file"
        else:
            with place.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    whole.update(chunk)
            return whole.hexdigest()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
    raise ValueError(f"the document '{path}' cannot be read: {reason}")
