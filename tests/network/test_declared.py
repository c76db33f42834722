from __future__ import annotations

import asyncio
import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from auditor.model.exchange import Exchange, Question, Reply, Unasked
from auditor.model.target import Document
from auditor.network.declared import DeclaredNetwork, digest, sections
from auditor.network.recorded import RecordedNetwork
from auditor.network.router import Router

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DOSSIER = """\
# who we are
name: Ville d’Exemple
services:   # what we use
  - role: mail.mailbox
    offering: example-mail

domains: [city.example]
""".encode()


def test_a_section_is_kept_as_it_was_written() -> None:
    section = sections(DOSSIER)["services"]
    assert section.lstrip(b"\n") in DOSSIER
    assert yaml.safe_load(section) == {
        "services": [{"role": "mail.mailbox", "offering": "example-mail"}]
    }


def test_lines_are_counted_as_in_the_file() -> None:
    """So that a mistake in a section is reported where the author finds it."""
    section = sections(DOSSIER)["services"].splitlines()
    assert section[2] == DOSSIER.splitlines()[2]


def test_all_of_the_file_is_in_some_section() -> None:
    joined = b"".join(section.lstrip(b"\n") for section in sections(DOSSIER).values())
    assert joined == DOSSIER.split(b"\n", 1)[1]


def test_an_indented_dossier_keeps_its_indentation() -> None:
    indented = b"  name: City\n  services:\n    - role: web\n"
    assert yaml.safe_load(sections(indented)["services"]) == {"services": [{"role": "web"}]}


@pytest.mark.parametrize("dossier", [b"", b"- a", b"a: [", b"\xff", b"{a: 1}", b"a: 1\n---\nb: 2"])
def test_what_has_no_sections_is_refused(dossier: bytes) -> None:
    with pytest.raises(ValueError, match="dossier"):
        sections(dossier)


def test_a_section_that_is_not_there_says_nothing() -> None:
    """Silence of the author is an answer, and no gap."""

    async def ask() -> Exchange:
        return await DeclaredNetwork(DOSSIER, NOW).ask(Question("declared", "answers"))

    assert asyncio.run(ask()).result == Reply(b"")


def test_declarations_come_through_the_same_door() -> None:
    async def ask() -> list[Exchange]:
        door = Router(RecordedNetwork([], NOW), {"declared": DeclaredNetwork(DOSSIER, NOW)})
        questions = [
            Question("declared", "services"),
            Question("declared", "contracts"),
            Question("dns", "city.example MX"),
        ]
        return [await door.ask(question) for question in questions]

    services, contracts, mail = asyncio.run(ask())
    assert isinstance(services.result, Reply)
    assert services.via == "dossier"
    assert contracts.result == mail.result == Unasked()
    assert (contracts.via, mail.via) == ("dossier", "recording")


def test_a_document_is_kept_as_its_digest(tmp_path: Path) -> None:
    (tmp_path / "signed").mkdir()
    (tmp_path / "signed" / "mail.pdf").write_bytes(b"the contract")
    document = Document("signed/mail.pdf", digest(tmp_path, "signed/mail.pdf"), "Contract")

    async def ask() -> Exchange:
        return await DeclaredNetwork(DOSSIER, NOW, [document]).ask(
            Document.question("signed/mail.pdf")
        )

    assert asyncio.run(ask()).result == Reply(hashlib.sha256(b"the contract").hexdigest().encode())


@pytest.mark.parametrize(
    "path", ["../a.pdf", "/etc/hostname", "a/../../b", "a\\b", "no.pdf", ".", "pipe"]
)
def test_a_document_that_cannot_be_had(path: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ValueError, match="document"):
        digest(tmp_path, path)
