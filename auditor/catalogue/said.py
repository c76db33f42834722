"""What a dossier may say, read key by key: of the organisation, its contracts, its services."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final

from auditor.catalogue import frameworks
from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.source import Entry, probably
from auditor.errors import Place, SourceError
from auditor.model.subject import Domain
from auditor.model.target import (
    Answer,
    Certificate,
    Contract,
    Declared,
    Document,
    Exit,
    Organisation,
)
from auditor.model.text import Text

KEYS: Final = ("operator", "customer", "third-party")
"""Who can hold the keys to a service."""

NOTICE: Final = 160
"""Characters that a notice has room for, above a page."""

CENTURY = 36_500
"""The most days that anything in a dossier may take."""

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_YES_NO: Final = ("yes", "no")


class Said:
    """Reads the parts of a dossier, strictly by the words of a catalogue, or as written."""

    def __init__(self, catalogue: Catalogue | None, digest: Callable[[str], str]) -> None:
        """Check words by *catalogue*, unless it is None.

        *digest* gives the SHA-256 of the document at a path; ValueError: there is none.
        """
        self._catalogue = catalogue
        self._digest = digest

    def organisation(self, entry: Entry) -> Organisation:
        """The body itself."""
        organisation = Organisation(
            kind=self._word(entry, "kind", "organisation.kind"),
            sector=self._word(entry, "sector", "organisation.sector"),
            data=self._words(entry, "data", "organisation.data"),
            sensitivity=self._word(entry, "sensitivity", "organisation.sensitivity"),
            hosted_in=self._jurisdictions(entry, "hosted_in"),
            notice=_notice(entry),
        )
        entry.close()
        return organisation

    def contract(self, entry: Entry) -> Contract:
        """The term of a contract: `from`, `to`, and `notice` in days."""
        period = entry.period()
        contract = Contract(period.start, period.end, _days(entry, "notice"))
        entry.close()
        return contract

    def service(self, entry: Entry, domains: Collection[Domain]) -> Declared:
        """A service, known to the catalogue by `offering` or else called by `name`.

        *domains* are those of the organisation.
        """
        offering = self._offering(entry)
        name = entry.string("name", "" if offering else None)
        subprocessors = None
        if "subprocessors" in entry.written:
            subprocessors = self._entities(entry, "subprocessors")
        operators = self._entities(entry, "operator")
        declared = Declared(
            role=self._among(entry, "role", self._catalogue.roles if self._catalogue else None),
            offering=offering,
            line=entry.place.line,
            name=name,
            domains=_domains(entry, domains),
            operator=operators[0] if operators else "",
            regions=self._jurisdictions(entry, "regions"),
            keys=entry.word("keys", KEYS, ""),
            support=self._jurisdictions(entry, "support"),
            subprocessors=subprocessors,
            exit=self._exit(entry.entry("exit")) if entry.has("exit") else None,
            certificates=tuple(map(self._certificate, entry.entries("certificates"))),
            contract=self.contract(entry.entry("contract")) if entry.has("contract") else None,
            documents=self.documents(entry),
        )
        entry.close()
        return declared

    def check(self, answer: Answer, place: Place) -> None:
        """See that *answer*, which stands at *place*, answers a question of a framework."""
        if self._catalogue is not None:
            known = self._catalogue
            frameworks.check_answer(answer, known.frameworks, known.offerings, place)

    def documents(self, entry: Entry) -> tuple[Document, ...]:
        """The files under `documents`, each with its digest."""
        return tuple(map(self._document, entry.entries("documents")))

    def _offering(self, entry: Entry) -> str:
        offering = entry.optional("offering") or ""
        known = self._catalogue.offerings if self._catalogue else None
        if not offering and not entry.has("name"):
            raise SourceError(
                entry.place,
                "'offering' is missing, an id of the catalogue; or 'name', for a service that the "
                "catalogue does not know",
            )
        if offering and known is not None and offering not in known:
            raise SourceError(
                entry.place_of("offering"),
                f"unknown offering '{offering}'{probably(offering, known)}",
            )
        return offering

    def _exit(self, entry: Entry) -> Exit:
        helps = entry.word("assistance", _YES_NO, "")
        way = Exit(
            formats=entry.words("formats"),
            assistance=helps == "yes" if helps else None,
            days=_days(entry, "days"),
        )
        entry.close()
        return way

    def _certificate(self, entry: Entry) -> Certificate:
        certificate = Certificate(
            scheme=entry.string("scheme"),
            decision=entry.string("decision", ""),
            scope=entry.string("scope", ""),
            period=entry.period(),
            line=entry.place.line,
        )
        entry.close()
        return certificate

    def _document(self, entry: Entry) -> Document:
        path = entry.string("path")
        try:
            digest = self._digest(path)
        except ValueError as error:
            raise SourceError(entry.place_of("path"), str(error)) from None
        document = Document(path, digest, entry.string("title", path))
        entry.close()
        return document

    def _entities(self, entry: Entry, key: str) -> tuple[str, ...]:
        """The parties under *key*: what is written like an id must be one."""
        parties = entry.words(key)
        known = self._catalogue.entities if self._catalogue else None
        for party in parties:
            if known is not None and party not in known and _ID.fullmatch(party):
                raise SourceError(
                    entry.place_of(key),
                    f"unknown entity '{party}'{probably(party, known)}; for a company that the "
                    "catalogue does not know, write its name as in the contract, with capitals",
                )
        return parties

    def _jurisdictions(self, entry: Entry, key: str) -> tuple[str, ...]:
        return entry.words(key, self._catalogue.jurisdictions if self._catalogue else None)

    def _word(self, entry: Entry, key: str, vocabulary: str) -> str:
        if not entry.has(key):
            return ""
        return self._among(entry, key, self._vocabulary(vocabulary))

    def _words(self, entry: Entry, key: str, vocabulary: str) -> tuple[str, ...]:
        return entry.words(key, self._vocabulary(vocabulary))

    def _vocabulary(self, vocabulary: str) -> tuple[str, ...] | None:
        return None if self._catalogue is None else words_of(self._catalogue, vocabulary)

    @staticmethod
    def _among(entry: Entry, key: str, known: Collection[str] | None) -> str:
        return entry.string(key) if known is None else entry.word(key, known)


def words_of(catalogue: Catalogue, vocabulary: str) -> tuple[str, ...]:
    """The words of a closed *vocabulary* such as `organisation.kind`, in the order written."""
    return tuple(
        word.removeprefix(f"{vocabulary}.")
        for word in catalogue.words
        if word.startswith(f"{vocabulary}.")
    )


def _notice(entry: Entry) -> Text | None:
    """The text for the head of every page, which has room for so much and no more."""
    notice = entry.optional_text("notice")
    if notice and max(len(notice.fr), len(notice.en)) > NOTICE:
        raise SourceError(
            entry.place_of("notice"),
            f"a notice stands on every page: at most {NOTICE} characters in each language",
        )
    return notice


def _days(entry: Entry, key: str) -> int | None:
    return entry.integer(key, CENTURY) if entry.has(key) else None


def _domains(entry: Entry, known: Collection[Domain]) -> tuple[str, ...]:
    names = []
    for name in entry.words("domains"):
        try:
            domain = Domain.parse(name)
        except ValueError as error:
            raise SourceError(entry.place_of("domains"), str(error)) from None
        if domain not in known:
            hint = probably(domain.name, [each.name for each in known])
            raise SourceError(
                entry.place_of("domains"),
                f"'{domain.name}' is not among the domains of this dossier{hint}",
            )
        names.append(domain.name)
    return tuple(dict.fromkeys(names))
