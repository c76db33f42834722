"""Read a dossier: what an organisation says of itself and of what it uses.

`dossier` reads the file that a person wrote and is strict: each word is looked
up.  `recorded` reads what the door gave of it, at any later time: the words were
right on their day, and a catalogue that has changed since does not undo that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from auditor.catalogue import answers
from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.said import Said
from auditor.catalogue.source import Entry, compose_text
from auditor.errors import AuditorError, BundleError, SourceError
from auditor.model.exchange import Exchange, Question, Reply
from auditor.model.subject import Domain, Host
from auditor.model.target import SECTIONS, Document, Target

_Name = TypeVar("_Name", Domain, Host)

_FILE: Final = Path("dossier.yaml")
"""What messages call a dossier that comes out of a recording."""


def dossier(entry: Entry, catalogue: Catalogue, digest: Callable[[str], str]) -> Target:
    """The organisation that the dossier in *entry* describes.

    *digest* gives the SHA-256 of the document at a path relative to the
    dossier, and raises ValueError when there is none to be had.

    Raises:
        SourceError: A key, a domain, a word or a document is not one.
    """
    domains = _named(entry, "domains", Domain.parse, required=True)
    if not domains:
        raise SourceError(entry.place_of("domains"), "no domain to audit is named")
    home = entry.word("home", catalogue.jurisdictions) if entry.has("home") else None
    target = Target(
        name=entry.string("name", domains[0].name),
        domains=domains,
        hosts=_named(entry, "hosts", Host.parse),
        home=home or home_of(domains[0], catalogue.endings),
        home_declared=home is not None,
    )
    target = _told(target, entry, Said(catalogue, digest))
    entry.close()
    return target


def recorded(target: Target, exchanges: Iterable[Exchange]) -> Target:
    """*target* with all that it said of itself, as *exchanges* keep it.

    Raises:
        BundleError: What is kept is no dossier that we can read.
    """
    kept = {e.question: e.result for e in exchanges if e.question.medium == "declared"}

    def content(question: Question) -> str:
        result = kept.get(question)
        return result.content.decode("utf-8") if isinstance(result, Reply) else ""

    said = Said(None, lambda path: content(Document.question(path)))
    try:
        for section in SECTIONS:
            text = content(section)
            if text.strip():
                target = _told(target, compose_text(text, _FILE), said)
    except (AuditorError, UnicodeDecodeError) as error:
        raise BundleError(f"the bundle holds a dossier that cannot be read: {error}") from None
    return target


def _told(target: Target, entry: Entry, said: Said) -> Target:
    """*target* with what the sections in *entry* say; those that are not there say nothing."""
    if entry.has("organisation"):
        target = replace(target, organisation=said.organisation(entry.entry("organisation")))
    if entry.has("contract"):
        target = replace(target, contract=said.contract(entry.entry("contract")))
    if entry.has("exhaustive"):
        target = replace(target, exhaustive=entry.flag("exhaustive"))
    if entry.has("services"):
        services = tuple(said.service(each, target.domains) for each in entry.entries("services"))
        target = replace(target, declared=services)
    if entry.has("answers"):
        told = answers.answers(entry.entry("answers"), said)
        target = replace(target, answers=told)
    return target


def _named(
    entry: Entry, key: str, parse: Callable[[str], _Name], *, required: bool = False
) -> tuple[_Name, ...]:
    """What the names under *key* stand for, each once."""
    found = []
    for name in entry.words(key, required=required):
        try:
            found.append(parse(name))
        except ValueError as error:
            raise SourceError(entry.place_of(key), str(error)) from None
    return tuple(dict.fromkeys(found))


def home_of(domain: Domain, endings: Mapping[str, str]) -> str | None:
    """The jurisdiction whose country-code top-level domain *domain* ends in, if there is one."""
    return endings.get(domain.name.rpartition(".")[2])
