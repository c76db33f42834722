"""Whom we look at, and what they say of themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from auditor.model.exchange import Question
from auditor.model.subject import Domain, Host
from auditor.model.text import Period, Text

SECTIONS: Final = tuple(
    Question("declared", section)
    for section in ("organisation", "contract", "exhaustive", "services", "answers")
)
"""What the door is asked of a dossier, beside the documents attached to it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that the organisation attaches to what it says; we keep its digest, not its content.

    Attributes:
        path: Relative to the dossier, with `/`.
        sha256: Of its bytes, hexadecimal; empty when a recording does not hold it.
        title: As it is to be printed.
    """

    path: str
    sha256: str
    title: str

    @staticmethod
    def question(path: str) -> Question:
        """What the door is asked for the digest of the document at *path*."""
        return Question("declared", f"document {path}")


@dataclass(frozen=True, slots=True)
class Contract:
    """The term of a contract.

    Attributes:
        starts: First day; None when not said.
        ends: Last day; None when not said.
        notice: Days of notice to end it; None when not said.
    """

    starts: date | None
    ends: date | None
    notice: int | None


@dataclass(frozen=True, slots=True)
class Organisation:
    """What sort of body it is, in the words of `rules/organisations.yaml`; empty when not said.

    Attributes:
        kind: `local-authority`, `hospital` …
        sector: `public-administration`, `health` …
        data: What sorts of data its services hold.
        sensitivity: The highest of these data.
        hosted_in: Jurisdiction ids outside which, it says, nothing is hosted; empty when not said.
        notice: What every page of a report is to say, an illustration or a draft; None: nothing.
    """

    kind: str = ""
    sector: str = ""
    data: tuple[str, ...] = ()
    sensitivity: str = ""
    hosted_in: tuple[str, ...] = ()
    notice: Text | None = None


@dataclass(frozen=True, slots=True)
class Exit:
    """How one leaves a service.

    Attributes:
        formats: In which the data can be had.
        assistance: Whether the supplier helps; None when not said.
        days: How long the data can be fetched after the end; None when not said.
    """

    formats: tuple[str, ...]
    assistance: bool | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate or qualification that a service is said to have.

    Attributes:
        scheme: As in `Qualification.scheme`: `SecNumCloud 3.2`.
        decision: Its number; empty when not said.
        scope: The services it covers; empty when not said.
        period: From when to when.
        line: Where the dossier says so, from 1.
    """

    scheme: str
    decision: str
    scope: str
    period: Period
    line: int


@dataclass(frozen=True, slots=True)
class Declared:
    """A service that the organisation says it uses.

    Attributes:
        role: The role it serves in.
        offering: Id of an offering of the catalogue; empty for one that the catalogue lacks.
        line: Where the dossier says so, from 1.
        name: What to call it; the offering's own name when empty.
        domains: The domains it serves; empty: all of the organisation.
        operator: Who runs it, an entity id or a name as in the contract; empty when not said.
        regions: Jurisdiction ids outside which nothing of it is; empty when not said.
        keys: `operator`, `customer` or `third-party`: who can decrypt; empty when not said.
        support: Jurisdiction ids from where it is administered; empty when not said.
        subprocessors: Entity ids or names; None when not said, empty when there are none.
        exit: How one leaves; None when not said.
        contract: Its term; None when not said.
    """

    role: str
    offering: str
    line: int
    name: str = ""
    domains: tuple[str, ...] = ()
    operator: str = ""
    regions: tuple[str, ...] = ()
    keys: str = ""
    support: tuple[str, ...] = ()
    subprocessors: tuple[str, ...] | None = None
    exit: Exit | None = None
    certificates: tuple[Certificate, ...] = ()
    contract: Contract | None = None
    documents: tuple[Document, ...] = ()

    @property
    def label(self) -> str:
        """The word by which attribution knows it: the offering's id, or else the name."""
        return self.offering or self.name


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a question of a framework.

    Attributes:
        framework: Id of the framework.
        question: Id of the question.
        value: As written.
        line: Where the dossier says so, from 1.
    """

    framework: str
    question: str
    value: str
    line: int
    documents: tuple[Document, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """An organisation.

    Attributes:
        name: As it calls itself; its first domain when it was not told.
        domains: At least one; the first is the principal one.
        hosts: Names to look at beside the usual ones.
        home: Jurisdiction id of the organisation; None when neither told nor
            readable from the domain.
        home_declared: Whether somebody told, rather than the domain's ending.
        declared: What it says it uses.
        exhaustive: Whether it says that it uses nothing else.
        organisation: What it says of itself.
        contract: The term of the contract at stake; None when not said.
        answers: To the questions of frameworks.
    """

    name: str
    domains: tuple[Domain, ...]
    hosts: tuple[Host, ...] = ()
    home: str | None = None
    home_declared: bool = False
    declared: tuple[Declared, ...] = ()
    exhaustive: bool = False
    organisation: Organisation = field(default_factory=Organisation)
    contract: Contract | None = None
    answers: tuple[Answer, ...] = ()

    @property
    def declares(self) -> bool:
        """Whether there is anything to ask the organisation itself."""
        said = self.declared or self.answers or self.contract
        return bool(said) or self.organisation != Organisation()

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document attached, each once, in the order met."""
        first: dict[str, Document] = {}
        attached = [document for service in self.declared for document in service.documents]
        attached += [document for answer in self.answers for document in answer.documents]
        for document in attached:
            first.setdefault(document.path, document)
        return tuple(first.values())
