"""`auditor dossier lint`: places of mistakes, and nobody asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.running import Ran

Call = Callable[..., Ran]
DOSSIER = """\
domains: city.example
services:
  - {role: mail.mailbox, offering: homemail, documents: [{path: contract.pdf}]}
"""


def _lint(auditor: Call, rules: Path, *files: Path) -> Ran:
    return auditor("dossier", "lint", *files, "--rules", rules)


def test_a_dossier_without_mistake(auditor: Call, rules: Path, tmp_path: Path) -> None:
    (tmp_path / "contract.pdf").write_bytes(b"signed")
    (tmp_path / "dossier.yaml").write_text(DOSSIER)

    ran = _lint(auditor, rules, tmp_path / "dossier.yaml")

    assert (ran.code, ran.out) == (0, "")
    assert "dossier.yaml: 1 services: no mistake found" in ran.err


def test_a_document_that_is_not_there(auditor: Call, rules: Path, tmp_path: Path) -> None:
    (tmp_path / "dossier.yaml").write_text(DOSSIER)

    ran = _lint(auditor, rules, tmp_path / "dossier.yaml")

    assert (ran.code, "contract.pdf" in ran.err) == (2, True)
    assert f"{tmp_path / 'dossier.yaml'}:3:" in ran.err


def test_every_file_is_looked_at(auditor: Call, rules: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text("domains: city\n")
    other.write_text("domain: city.example\n")

    ran = _lint(auditor, rules, one, other, tmp_path / "nowhere.yaml")

    assert ran.code == 2
    assert f"{one}:1:10: 'city' is not a domain" in ran.err
    assert f"{other}:1:1: 'domains' is missing" in ran.err
    assert "nowhere.yaml cannot be read" in ran.err
