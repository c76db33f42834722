"""Criteria, as `rules/criteria` states them: a condition, its reasons and its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from auditor.model.law import Effect
from auditor.model.signature import UNSIGNED, SignOff
from auditor.model.text import Provenance, Text


class Verdict(StrEnum):
    """What a rule says of a subject."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"
    WAIVED = "waived"


class Severity(StrEnum):
    """How much it matters when the rule fails; apart from how sure we are."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Confidence(StrEnum):
    """How sure we are; apart from how much it matters."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which things a condition looks at: every named field must have one of the named words.

    Attributes:
        what: `exposure`, `dependency`, `fact` or `ending` (of the domain's name).
        fields: (field, accepted words), in the order written.
    """

    what: str
    fields: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Forbid:
    """Holds when nothing matches."""

    selection: Selection


@dataclass(frozen=True, slots=True)
class Require:
    """Holds when at least one thing matches."""

    selection: Selection


@dataclass(frozen=True, slots=True)
class RequireEvery:
    """Holds when everything of that sort matches."""

    selection: Selection


@dataclass(frozen=True, slots=True)
class Distinct:
    """Holds when the dependencies have at least so many different values of a field."""

    field: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Apart:
    """Holds when no value of a field is found both in some roles and in others.

    Attributes:
        field: `operator`, or `group` for whoever stands on top of it.
        one: The roles on one side; nothing there, and there is nothing to be apart.
        other: The roles on the other side.
    """

    field: str
    one: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Holds when every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Holds when a part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when the part does not."""

    part: Condition


Condition = Forbid | Require | RequireEvery | Distinct | Apart | All | Any | Not


@dataclass(frozen=True, slots=True)
class Citation:
    """A text the rule rests on.

    Attributes:
        text: As a lawyer cites it.
        url: Where it can be read.
    """

    text: Text
    url: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Example:
    """A worked case that runs when the rule is loaded.

    Attributes:
        name: What it shows.
        given: The situation, as `engine.examples` understands it: (key, words).
        expect: The verdict.
        line: Where it stands in the rule file.
    """

    name: str
    given: tuple[tuple[str, tuple[str, ...]], ...]
    expect: Verdict
    place: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A criterion.

    Attributes:
        id: Kebab-case.
        version: Raised with every change of meaning.
        family: `legal-exposure`, `substitutability`, `technology-control` or `transparency`.
        effect: The effect it is about; its score counts there and nowhere else.
        ground: What it turns on, if other rules of the effect turn on it too: together they
            count once on each service.  Empty: it counts for itself.
        roles: The roles it judges, each on its own; one verdict per role and domain.
        where: Roles of which one must be served for the rule to apply; empty: its own.
        whole: Judge the roles together, once per organisation.
        say: A sentence for each verdict but `waived`.
        counter: What an opponent would answer.
        question: To the supplier.
        clause: For the contract, functional, "or equivalent".
        signoff: What of it is signed, and by whom.
    """

    id: str
    version: int
    family: str
    effect: Effect
    severity: Severity
    title: Text
    roles: tuple[str, ...]
    where: tuple[str, ...]
    whole: bool
    condition: Condition
    why: Text
    citations: tuple[Citation, ...]
    say: tuple[tuple[Verdict, Text], ...]
    counter: Text
    question: Text
    clause: Text
    examples: tuple[Example, ...]
    ground: str = ""
    signoff: SignOff = UNSIGNED

    def sentence(self, verdict: Verdict) -> Text:
        """The sentence for *verdict*, placeholders not filled."""
        for spoken, text in self.say:
            if spoken is verdict:
                return text
        raise KeyError(verdict)
