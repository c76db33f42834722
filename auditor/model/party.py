"""Legal entities, offerings and the fingerprints they leave, as `rules/providers` states them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from auditor.model.text import Period, Provenance, Text


@dataclass(frozen=True, slots=True)
class Stake:
    """A holding of one entity in another, over a period.

    Attributes:
        owner: Id of the entity that holds.
        capital: Percent of the capital, 0 to 100; None when not known.
        votes: Percent of the votes; None when not known.
        control: Whether the holder decides: majority, or control by other means.
    """

    owner: str
    capital: float | None
    votes: float | None
    control: bool
    period: Period
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class LegalEntity:
    """A company, public body, foundation or natural person.

    Attributes:
        id: Kebab-case.
        incorporated_in: Jurisdiction id; None when not known.
        seat: Jurisdiction id of the head office; None when not known.
        public: Whether it is a public body.
        stakes: Who holds it, over time.
        ownership_known: Whether *stakes* names every controlling holder (an
            entity that nobody controls has none, and True here).
        ownership_since: First day for which that is so; None when it always was.
            Before it the owners are not known, however many stakes are dated later.
        establishments: Jurisdiction ids where it or a subsidiary is established.
        establishments_known: Whether that list is complete.
    """

    id: str
    name: str
    incorporated_in: str | None
    seat: str | None
    public: bool
    stakes: tuple[Stake, ...]
    ownership_known: bool
    establishments: tuple[str, ...]
    establishments_known: bool
    provenance: Provenance
    ownership_since: date | None = None

    def owners_known(self, day: date) -> bool:
        """Whether *stakes* names everybody who controlled it on *day*."""
        since = self.ownership_since
        return self.ownership_known and (since is None or since <= day)


@dataclass(frozen=True, slots=True)
class Supply:
    """Something another entity contributes to an offering.

    Attributes:
        entity: Id of the supplier.
        what: In a few words.
        provenance: Where it is stated.
    """

    entity: str
    what: Text
    period: Period
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Qualification:
    """A certificate or qualification of an offering: it has a scope and it ends.

    Attributes:
        scheme: `SecNumCloud 3.2`, `HDS`, `C5` …
        scope: The services it covers; None when it was not read.
        decision: Number of the decision; empty when not known.
    """

    scheme: str
    scope: Text | None
    decision: str
    period: Period
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A pattern by which an offering is recognised.

    Attributes:
        on: Kind of the value it reads: `dns.mx`.
        how: `under` (label suffix), `is` (equality), `prefix` (start of a text),
            `within` (an address range).
        pattern: What is compared.
        proves: `use`, `relation` (there is or was a contract or a test) or `past-claim`.
        strength: `strong`, `moderate` or `weak`.
        roles: The roles of the offering it speaks for; empty: whichever the path carries.
    """

    on: str
    how: str
    pattern: str
    proves: str
    strength: str
    roles: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Offering:
    """What one buys: "Microsoft 365" and "Microsoft 365 (Bleu)" are two.

    Attributes:
        id: Kebab-case.
        operator: Id of the entity that runs it and signs; None when we do not know.
        category: Words of `rules/vocabulary.yaml`.
        roles: What it can serve as; `mail.gateway` without `mail.mailbox` is a filter.
        cannot: Effects its operator has no technical means for, whatever the
            role: a carrier that only announces a route cannot read a disk.
        technology: Suppliers of code, updates, licences.
        subprocessors: Who processes on the operator's behalf.
        subprocessors_known: Whether that list is complete.
        regions: Jurisdiction ids where the bytes are, if the offering fixes them.
        keys: Who can read as long as nothing else is agreed: `operator`, `customer` (the
            customer alone) or `unknown`.
        dkim_selectors: Selectors its customers publish.
        tenant_names: Names that exist only for customers; `{dashed}` is the
            customer's domain with dashes for dots, `{domain}` the domain.
    """

    id: str
    name: str
    operator: str | None
    category: tuple[str, ...]
    roles: frozenset[str]
    cannot: frozenset[str]
    technology: tuple[Supply, ...]
    subprocessors: tuple[Supply, ...]
    subprocessors_known: bool
    regions: tuple[str, ...]
    keys: str
    qualifications: tuple[Qualification, ...]
    provenance: Provenance
    fingerprints: tuple[Fingerprint, ...] = ()
    dkim_selectors: tuple[str, ...] = ()
    tenant_names: tuple[str, ...] = ()
    note: Text | None = field(default=None)
