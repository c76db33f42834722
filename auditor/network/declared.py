"""What the organisation says itself, asked through the same door as what the world says."""

from __future__ import annotations

import asyncio
from datetime import datetime

from auditor.model.exchange import Exchange, Question, Reply, Unasked


class DeclaredNetwork:
    """Answers the medium `declared` with the sections of a dossier, as they were written."""

    def __init__(self, dossier: bytes, at: datetime) -> None:
        """Answer from *dossier*, the bytes of a YAML file; *at* dates the exchanges.

        Raises:
            ValueError: The dossier is not YAML with named sections.
        """
        self._sections = sections(dossier)
        self._at = at

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        """The section that the question names; `Unasked` when the dossier has none."""
        content = self._sections.get(question.text)
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
