"""Look at the made-up world after a change to it."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path

from auditor.catalogue.catalogue import load
from auditor.catalogue.lint import lint
from auditor.probes import probe
from tests import knowledge

TODAY = date(2026, 11, 24)


def looked(directory: Path, **changed: str) -> list[str]:
    """What is said of the world with *changed* files: `file:line:column: level: message`."""
    knowledge.write(directory, **changed)
    remarks = lint(directory, load(directory, probe.kinds()), TODAY)
    return [str(remark).removeprefix(f"{directory}/") for remark in remarks]


def said(directory: Path, **changed: str) -> list[str]:
    """The same, without what is said of the world as it is."""
    usual = looked(directory / "usual")
    return [line for line in looked(directory / "changed", **changed) if line not in usual]


def place(name: str, text: str, word: str) -> str:
    """`name:line:column` of *word* in *text*, the file as `knowledge.write` lays it out."""
    lines = textwrap.dedent(text).lstrip("\n").splitlines()
    number = next(number for number, line in enumerate(lines) if word in line)
    return f"{name}:{number + 1}:{lines[number].index(word) + 1}"
