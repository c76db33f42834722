"""Jurisdictions and laws, as `rules/jurisdictions` and `rules/laws` state them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.model.signature import UNSIGNED, SignOff
from auditor.model.text import Period, Provenance, Text


class Effect(StrEnum):
    """What a foreign order does to the service; the three are never added up."""

    DISCLOSURE = "disclosure"
    INTERRUPTION = "interruption"
    TAMPERING = "tampering"


class Hook(StrEnum):
    """The facts by which a law takes hold of a party."""

    INCORPORATION = "incorporation"
    PARENT_CONTROL = "parent-control"
    POSSESSION_CUSTODY_CONTROL = "possession-custody-control"
    TERRITORY_OF_DATA = "territory-of-data"
    PRESENCE = "presence"
    SERVICES_OFFERED = "services-offered"
    NATIONALITY = "nationality"
    TECHNOLOGY_ORIGIN = "technology-origin"
    SANCTIONS_LIST = "sanctions-list"


class Force(StrEnum):
    """The state of a law on a day."""

    IN_FORCE = "in-force"
    CONTESTED = "contested"
    LAPSED = "lapsed"
    LAPSED_WITH_TAIL = "lapsed-with-tail"
    PROPOSED = "proposed"
    NOT_YET = "not-yet"


@dataclass(frozen=True, slots=True)
class Validity:
    """A period in which a law was in one state."""

    period: Period
    force: Force
    note: Text | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Reach:
    """One way a law takes hold.

    Attributes:
        hook: The fact it takes.
        relations: The relations to the dependency of a party it may take hold of:
            `operator`, `owner`, `sub-processor`, `technology`, `site`.
        effects: What follows.
        roles: The roles it can concern; empty: any.
        settled: Whether courts or the text settle that it does; where they do
            not, the exposure is unknown, with *why* as the missing point.
        why: The reasoning, in one sentence.
    """

    hook: Hook
    relations: tuple[str, ...]
    effects: tuple[Effect, ...]
    roles: tuple[str, ...]
    settled: bool
    why: Text


@dataclass(frozen=True, slots=True)
class Mitigation:
    """Something that cuts one effect, and how far.

    Attributes:
        id: `customer-keys`.
        effect: The effect it cuts; the others stand.
        scope: What it covers and what not.
    """

    id: str
    effect: Effect
    scope: Text


@dataclass(frozen=True, slots=True)
class Shield:
    """A qualification that cuts an effect, as `rules/shields.yaml` states it.

    It holds for the qualified offering alone, and on the days of the
    qualification (see `Qualification`).

    Attributes:
        schemes: As in `Qualification.scheme`.
        effect: The effect it cuts; the others stand.
        outside: Jurisdiction id of the legal space whose outside is shut out.
        scope: Why, and how far.
        contradicted: What is open where a path shows what the qualification excludes.
    """

    id: str
    schemes: tuple[str, ...]
    effect: Effect
    outside: str
    scope: Text
    contradicted: Text
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Case:
    """A notable application of a law."""

    name: str
    on: date | None
    what: Text
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Law:
    """A law that can reach a service.

    Attributes:
        id: `us-cloud-act`.
        jurisdiction: Id of the jurisdiction whose law it is.
        short: A few words, for a table heading.
        citation: As a lawyer cites it.
        binds: Whom.
        secrecy: Whether the party may be forbidden to tell; None when not known.
        validity: States in time, in order; days outside all of them are `not-yet`.
        signoff: What of it is signed, and by whom.
        personal: Rests on a list of persons, so it reaches a customer only when listed.
    """

    id: str
    jurisdiction: str
    name: Text
    short: Text
    citation: str
    summary: Text
    binds: Text
    reaches: tuple[Reach, ...]
    secrecy: Text | None
    validity: tuple[Validity, ...]
    counter_arguments: tuple[Text, ...]
    mitigations: tuple[Mitigation, ...]
    cases: tuple[Case, ...]
    provenance: Provenance
    signoff: SignOff = UNSIGNED

    def on(self, day: date) -> Validity | None:
        """The state of the law on *day*; None before its first period."""
        for validity in self.validity:
            if validity.period.holds(day):
                return validity
        return None


@dataclass(frozen=True, slots=True)
class Adequacy:
    """An adequacy decision of the Commission (GDPR, article 45), or the like.

    Attributes:
        by: Jurisdiction id of who decided: `EU`, or a state with a list of its own.
        scope: `general`, or `partial` when only some recipients are covered.
    """

    by: str
    decision: str
    scope: str
    scope_note: Text | None
    period: Period
    contested: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Blocking:
    """A law that forbids obeying, or refuses to enforce, a foreign order.

    It puts the party between two duties; it does not undo the foreign order, and no
    exposure ends because of it.

    Attributes:
        citation: As a lawyer cites it.
        what: What it forbids, to whom, and how far.
        period: Days on which it is in force.
    """

    citation: str
    name: Text
    what: Text
    period: Period
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A state, an organisation, or a legal space such as the European Union.

    Attributes:
        id: ISO 3166-1 alpha-2, or a longer id for what is no state: `EEA`.
        within: Legal spaces it belongs to: `("EU", "EEA")`.
        domains: Country-code top-level domains, without dot.
        blocking: Its own laws against foreign orders, without those of the spaces it is in.
        assumed: Whether it is taken for the home of an organisation that did not say, and whose
            domain does not tell.  One of all is.
    """

    id: str
    name: Text
    within: tuple[str, ...]
    domains: tuple[str, ...]
    adequacy: tuple[Adequacy, ...]
    blocking: tuple[Blocking, ...]
    provenance: Provenance
    assumed: bool = False

    def adequate_on(self, day: date, deciders: frozenset[str]) -> Adequacy | None:
        """The decision of one of *deciders* in force on *day*, if there is one."""
        for decision in self.adequacy:
            if decision.by in deciders and decision.period.holds(day):
                return decision
        return None
