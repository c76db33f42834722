"""Sightings and catalogue to footprint."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.attribution.clues import Clues, Evidence, gather
from auditor.attribution.dependencies import Drafts, draft_role, own_only
from auditor.attribution.embedded import EMBEDDED, draft_embedded
from auditor.attribution.mailbox import MAILBOX, draft_mailbox
from auditor.attribution.trails import Trails
from auditor.catalogue.catalogue import Catalogue
from auditor.model.footprint import Footprint, Part
from auditor.model.sighting import Gap, Sighting
from auditor.model.target import Target

_ADDRESSED_TO_OTHERS = frozenset({"mail.reports", "mail.outbound", EMBEDDED})
"""Roles in which a name of the organisation's own is no dependency: it reports to itself."""


def attribute(target: Target, sightings: Iterable[Sighting], catalogue: Catalogue) -> Footprint:
    """Who serves *target*, role by role; every role of the catalogue for every domain.

    Roles flow along paths: a mail exchanger's address is mail, whatever else
    stands on the machine.  What could not be found out is a gap of every role
    that it leaves open.
    """
    trails = Trails(sightings, catalogue.fingerprints)
    evidence = Evidence()
    parts: list[Part] = []
    for number, domain in enumerate(target.domains):
        hosts = target.hosts if number == 0 else ()
        clues = gather(domain, hosts, trails, evidence)
        parts += _parts(clues, catalogue, evidence)
    return Footprint(tuple(parts))


def _parts(clues: Clues, catalogue: Catalogue, evidence: Evidence) -> list[Part]:
    drafts = Drafts(clues.domain)
    for role, declared in clues.declared.items():
        for clue in declared:
            drafts.declare(role, catalogue.offerings.get(clue.name), clue)
    for role, seen in list(clues.by_role.items()):
        if role in _ADDRESSED_TO_OTHERS:
            seen = list(own_only(seen, clues.domain))
        if role == EMBEDDED:
            draft_embedded(seen, drafts)
        elif role != MAILBOX:
            draft_role(role, seen, drafts)
    bearing = draft_mailbox(clues, drafts)
    return [
        Part(
            clues.domain,
            role,
            drafts.finished(role, evidence),
            tuple(clues.facts.get(role, ())),
            _gaps(role, clues, bearing),
        )
        for role in catalogue.roles
    ]


def _gaps(role: str, clues: Clues, bearing: dict[str, tuple[Gap, ...]]) -> tuple[Gap, ...]:
    """What leaves *role* open: its own look-ups, and those behind its clues.

    Whether mail is filtered, and where it is kept, hangs on the mail exchangers.
    """
    gaps = list(bearing[role] if role in bearing else clues.gaps.get(role, ()))
    for clue in clues.by_role.get(role, ()):
        gaps += clue.trail.gaps
    gaps += clues.untold.get(role, ())
    return tuple(dict.fromkeys(gaps))
