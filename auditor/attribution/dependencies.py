"""From clues to dependencies: one for each role, layer and offering, with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from auditor.attribution.clues import DECLARED, Clue, Evidence, confidence
from auditor.catalogue.index import Match
from auditor.model.footprint import Dependency, Location
from auditor.model.names import is_own, registrable
from auditor.model.party import Offering
from auditor.model.rule import Confidence
from auditor.model.sighting import Observation

RANK = {Confidence.LOW: 0, Confidence.MODERATE: 1, Confidence.HIGH: 2}


def weaker(one: Confidence, other: Confidence) -> Confidence:
    """The weaker of the two."""
    return min(one, other, key=RANK.__getitem__)


@dataclass(slots=True)
class Draft:
    """A dependency in the making.

    Attributes:
        signs: (kind of the value, confidence it gives) of each clue.
        keys: Who can decrypt, by the dossier; empty when it does not say.
    """

    role: str
    layer: str
    offering: Offering | None
    label: str
    subject: str
    signs: list[tuple[str, Confidence]] = field(default_factory=list)
    seen: dict[str, Observation] = field(default_factory=dict)
    locations: dict[Location, None] = field(default_factory=dict)
    verified: bool = False
    keys: str = ""

    @property
    def declared(self) -> bool:
        """Whether the organisation says so, and nothing that was seen."""
        return bool(self.signs) and all(kind == DECLARED for kind, _ in self.signs)

    def confidence(self) -> Confidence:
        """The best sign, or more when two kinds of moderate sign agree."""
        best = max((sure for _, sure in self.signs), key=RANK.__getitem__, default=Confidence.LOW)
        if best is Confidence.MODERATE:
            kinds = {kind for kind, sure in self.signs if sure is Confidence.MODERATE}
            return Confidence.HIGH if len(kinds) > 1 else best
        return best

    def add(
        self, kind: str, sure: Confidence, observations: Iterable[Observation], clue: Clue
    ) -> None:
        """Take in one more clue."""
        self.signs.append((kind, sure))
        for observation in observations:
            self.seen.setdefault(observation.text(), observation)
        self.locations |= dict.fromkeys(clue.trail.locations)


class Drafts:
    """The dependencies of one domain, role by role in the order first seen."""

    def __init__(self, domain: str) -> None:
        self.domain = domain
        self._drafts: dict[str, dict[tuple[str, str], Draft]] = {}

    def of(self, role: str) -> list[Draft]:
        """The drafts of *role*."""
        return list(self._drafts[role].values()) if role in self._drafts else []

    def identified(
        self,
        role: str,
        layer: str,
        match: Match,
        seen: Iterable[Observation],
        clue: Clue,
        sure: Confidence | None = None,
    ) -> Draft:
        """Note that *clue* betrays an offering in *role*."""
        offering, fingerprint = match
        draft = self._draft(role, layer, offering, offering.name, clue)
        draft.add(fingerprint.on, sure or confidence(match), seen, clue)
        draft.verified |= fingerprint.provenance.verified
        return draft

    def unidentified(
        self,
        role: str,
        layer: str,
        label: str,
        seen: Iterable[Observation],
        clue: Clue,
        sure: Confidence = Confidence.HIGH,
    ) -> Draft:
        """Note that *clue* shows somebody in *role*, known only as *label*."""
        draft = self._draft(role, layer, None, label, clue)
        draft.add(clue.observation.value.kind, sure, seen, clue)
        return draft

    def declare(self, role: str, offering: Offering | None, clue: Clue) -> None:
        """Note that the organisation says it uses *offering* in *role*.

        None stands for one that a dossier of another time names, and we do not know.
        """
        name = clue.name if offering is None else offering.name
        draft = self._draft(role, "service", offering, name, clue)
        draft.add(DECLARED, Confidence.MODERATE, (clue.observation,), clue)
        draft.keys = draft.keys or str(getattr(clue.observation.value, "keys", ""))

    def drop(self, role: str, layer: str) -> None:
        """Forget the drafts of *layer* in *role*."""
        drafts = self._drafts.get(role, {})
        for key in [key for key in drafts if key[0] == layer]:
            del drafts[key]

    def finished(self, role: str, evidence: Evidence) -> tuple[Dependency, ...]:
        """The dependencies of *role*: services before networks, each in the order first seen."""
        drafts = self.of(role)
        if not drafts:
            return ()
        drafts.sort(key=lambda draft: draft.layer != "service")
        return tuple([self._finish(draft, evidence) for draft in drafts])

    def _draft(
        self, role: str, layer: str, offering: Offering | None, label: str, clue: Clue
    ) -> Draft:
        drafts = self._drafts.setdefault(role, {})
        key = (layer, offering.id if offering else "~" + label)
        draft = drafts.get(key)
        if draft is None:
            subject = clue.name or str(clue.observation.subject)
            draft = drafts[key] = Draft(role, layer, offering, label, subject)
        return draft

    def _finish(self, draft: Draft, evidence: Evidence) -> Dependency:
        offering = draft.offering
        known = offering.id if offering else "~" + draft.label
        regions = tuple(Location(r, "region") for r in offering.regions) if offering else ()
        exchanges = dict.fromkeys(
            exchange for observation in draft.seen.values() for exchange in observation.basis
        )
        return Dependency(
            id=f"{self.domain}/{draft.role}/{draft.layer}/{known}",
            domain=self.domain,
            role=draft.role,
            layer=draft.layer,
            subject=draft.subject,
            offering=offering.id if offering else None,
            label=draft.label,
            location=(*regions, *draft.locations),
            confidence=draft.confidence(),
            because=tuple(draft.seen),
            evidence=evidence.of(exchanges),
            declared=draft.declared,
            verified=draft.verified or offering is None or draft.declared,
            keys=draft.keys,
        )


def draft_role(role: str, clues: Iterable[Clue], drafts: Drafts) -> None:
    """Draft the dependencies that *clues* show in *role*, on both layers."""
    for clue in clues:
        if clue.observation.value.layer == "network" and not clue.trail.networks:
            _draft_announcement(role, clue.matches, clue.observation, (), clue, drafts)
            continue
        if clue.observation.value.layer == "network":
            pass
        elif clue.matches:
            for match, seen in zip(clue.matches, clue.via, strict=True):
                _draft_match(role, match, seen, clue, drafts)
        elif clue.name and clue.observation.value.speaks:
            drafts.unidentified(
                role, "service", label(clue.name, drafts.domain), (clue.observation,), clue
            )
        draft_networks(role, clue, drafts)


def draft_networks(
    role: str, clue: Clue, drafts: Drafts, most: Confidence = Confidence.HIGH
) -> None:
    """Draft whoever runs the network behind *clue*, be it the operator of the service itself.

    No surer than *most*: as sure as it is that the service is in use there.
    """
    for matches, announcement in clue.trail.networks:
        _draft_announcement(role, matches, announcement, (clue.observation,), clue, drafts, most)


def label(name: str, domain: str) -> str:
    """What to call somebody known only by *name*: a name of the organisation's own says no more."""
    if "." not in name or " " in name or name.rpartition(".")[2].isdecimal():
        return name
    return registrable(domain) if is_own(name, domain) else registrable(name)


def _draft_match(role: str, match: Match, seen: Observation, clue: Clue, drafts: Drafts) -> None:
    offering, fingerprint = match
    observations = dict.fromkeys((clue.observation, seen))
    for spoken in fingerprint.roles or (role,):
        drafts.identified(spoken, "service", match, observations, clue)
    if role == "mail.inbound" and is_gateway(offering):
        drafts.identified("mail.gateway", "service", match, observations, clue)


def is_gateway(offering: Offering) -> bool:
    """Whether *offering* filters mail that is delivered elsewhere."""
    return "mail.gateway" in offering.roles and "mail.mailbox" not in offering.roles


def _draft_announcement(
    role: str,
    matches: tuple[Match, ...],
    announcement: Observation,
    before: Iterable[Observation],
    clue: Clue,
    drafts: Drafts,
    most: Confidence = Confidence.HIGH,
) -> None:
    seen = (*before, announcement)
    for match in matches:
        drafts.identified(role, "network", match, seen, clue, weaker(confidence(match), most))
    if not matches:
        value = announcement.value
        holder = f"{getattr(value, 'asn', '')} {getattr(value, 'holder', '')}".strip()
        drafts.unidentified(role, "network", holder or value.text(), seen, clue, most)


def own_only(clues: Iterable[Clue], domain: str) -> Iterator[Clue]:
    """The clues that point at somebody else than the organisation's own names."""
    return (clue for clue in clues if clue.matches or not is_own(clue.name, domain))
