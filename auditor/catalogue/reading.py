"""The files of a directory of rules, read together: their items, and the mistakes met in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeVar

from auditor.catalogue import contradictions, patterns
from auditor.catalogue.source import Entry, probably
from auditor.errors import Place, SourceError, SourceErrors
from auditor.model.contradiction import ContradictionKind
from auditor.model.footprint import Role
from auditor.model.law import Effect, Jurisdiction, Law
from auditor.model.party import LegalEntity, Offering
from auditor.model.rule import Severity
from auditor.model.sighting import Value
from auditor.model.text import Text

Kinds = Mapping[str, type[Value]]
Composer = Callable[[Path], Entry]

_WORDS: Final = ("words.yaml", "missing.yaml", "organisations.yaml", "grounds.yaml", "origins.yaml")
"""Files of words."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Item = TypeVar("_Item", bound=_Named)


@dataclass(frozen=True, slots=True)
class UsualName:
    """A name under a domain that is always asked for.

    Attributes:
        label: Relative to the domain.
        role: Of whatever answers.
        srv: Whether it holds SRV records.
    """

    label: str
    role: str
    srv: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody whom look-ups go to, by the host in `Exchange.via` or in a question."""

    host: str
    operator: str
    country: str


def files(directory: Path) -> tuple[Path, ...]:
    """The knowledge files under *directory*, in a fixed order."""
    return tuple(sorted(directory.rglob("*.yaml")))


class Reading:
    """The files of a directory, and the mistakes met in them."""

    def __init__(self, directory: Path, compose: Composer) -> None:
        if not directory.is_dir():
            raise SourceError(Place(directory, 1, 1), "there is no such directory of rules")
        self._directory = directory
        self._compose = compose
        self._composed: dict[Path, Entry] = {}
        self._mistakes: list[SourceError] = []
        self._places: dict[str, Place] = {}

    def stop_at_mistakes(self) -> None:
        if len(self._mistakes) == 1:
            raise self._mistakes[0]
        if self._mistakes:
            raise SourceErrors(self._mistakes)

    def many(
        self, folder: str, read: Callable[[Entry], Iterator[tuple[Entry, _Item]]]
    ) -> dict[str, _Item]:
        """Every item in the files of *folder*, by id; a second one of the same id is a mistake.

        A folder may be read more than once, each time for another part of its files.
        """
        items: dict[str, _Item] = {}
        for file in files(self._directory / folder):
            try:
                if file not in self._composed:
                    self._composed[file] = self._compose(file)
                for entry, item in read(self._composed[file]):
                    if item.id in items:
                        self._mistakes.append(
                            SourceError(entry.place_of("id"), f"'{item.id}' stands here twice")
                        )
                    items[item.id] = item
                    self._places[f"{type(item).__name__}/{item.id}"] = entry.place
            except SourceError as mistake:
                if str(mistake) not in map(str, self._mistakes):
                    self._mistakes.append(mistake)
        return items

    def roles(self) -> tuple[dict[str, Role], dict[str, Text]]:
        roles: dict[str, Role] = {}
        names: dict[str, Text] = {}
        file = self._compose(self._directory / "roles.yaml")
        for entry in file.entries("roles", required=True):
            role = Role(
                entry.string("id"),
                frozenset(entry.words("service", list(Effect))),
                frozenset(entry.words("network", list(Effect))),
            )
            roles[role.id] = role
            names[role.id] = entry.text("name")
            entry.close()
        file.close()
        return roles, names

    def words(self) -> dict[str, Text]:
        words: dict[str, Text] = {}
        for name in _WORDS:
            file = self._compose(self._directory / name)
            entry = file.entry("words")
            words |= {key: entry.text(key) for key in entry.written}
            file.close()
        return words

    def weights(self) -> dict[Severity, int]:
        file = self._compose(self._directory / "weights.yaml")
        entry = file.entry("weights")
        weights = {severity: entry.integer(severity) for severity in Severity}
        entry.close()
        file.close()
        return weights

    def contradictions(self, roles: frozenset[str], kinds: Kinds) -> dict[str, ContradictionKind]:
        file = self._compose(self._directory / "contradictions.yaml")
        return contradictions.contradictions(file, roles, kinds)

    def names(self, roles: frozenset[str]) -> tuple[UsualName, ...]:
        file = self._compose(self._directory / "names.yaml")
        names = []
        for entry in file.entries("names", required=True):
            names.append(
                UsualName(
                    entry.string("label"),
                    entry.word("role", roles),
                    entry.flag("srv", default=False),
                )
            )
            entry.has("why")
            entry.close()
        file.close()
        return tuple(names)

    def sources(self) -> dict[str, Source]:
        file = self._compose(self._directory / "sources.yaml")
        sources = {}
        for entry in file.entries("sources", required=True):
            source = Source(entry.string("host"), entry.string("operator"), entry.string("country"))
            entry.provenance()
            entry.close()
            sources[source.host] = source
        file.close()
        return sources

    def check_patterns(self, offerings: Mapping[str, Offering]) -> None:
        """Note every pattern that another one makes useless."""
        places = {id_: self._places[f"Offering/{id_}"] for id_ in offerings}
        self._mistakes += patterns.overlaps(offerings.values(), places)

    def assumed_home(self, jurisdictions: Mapping[str, Jurisdiction]) -> str:
        """The one jurisdiction that is marked as the home to assume; empty after a mistake."""
        marked = [each for each in jurisdictions.values() if each.assumed]
        for another in marked[1:]:
            place = self._places[f"{type(another).__name__}/{another.id}"]
            message = f"the home to assume is {marked[0].id} already: two are marked `assumed`"
            self._mistakes.append(SourceError(place, message))
        if not marked:
            place = Place(self._directory / "jurisdictions", 1, 1)
            message = "no jurisdiction is marked `assumed: true`: the home of who did not say"
            self._mistakes.append(SourceError(place, message))
        return marked[0].id if marked else ""

    def check_references(
        self,
        jurisdictions: Mapping[str, Jurisdiction],
        all_laws: Mapping[str, Law],
        entities: Mapping[str, LegalEntity],
        offerings: Mapping[str, Offering],
        roles: Mapping[str, Role],
    ) -> None:
        """Note every id that names nothing."""

        def expect(owner: _Named, word: str | None, known: Mapping[str, object], what: str) -> None:
            if word is not None and word not in known:
                place = self._places[f"{type(owner).__name__}/{owner.id}"]
                message = f"{owner.id}: unknown {what} '{word}'{probably(word, known)}"
                self._mistakes.append(SourceError(place, message))

        for law in all_laws.values():
            expect(law, law.jurisdiction, jurisdictions, "jurisdiction")
            for role in (role for reach in law.reaches for role in reach.roles):
                expect(law, role, roles, "role")
        for jurisdiction in jurisdictions.values():
            for space in jurisdiction.within:
                expect(jurisdiction, space, jurisdictions, "jurisdiction")
            for decision in jurisdiction.adequacy:
                expect(jurisdiction, decision.by, jurisdictions, "jurisdiction")
        for entity in entities.values():
            for country in (entity.incorporated_in, entity.seat, *entity.establishments):
                expect(entity, country, jurisdictions, "jurisdiction")
            for stake in entity.stakes:
                expect(entity, stake.owner, entities, "entity")
        for offering in offerings.values():
            expect(offering, offering.operator, entities, "entity")
            for supply in (*offering.technology, *offering.subprocessors):
                expect(offering, supply.entity, entities, "entity")
            for country in offering.regions:
                expect(offering, country, jurisdictions, "jurisdiction")
