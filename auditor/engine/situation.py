"""What a rule is asked about: one role of one domain, or several together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.holders import Holders, holders
from auditor.engine.recall import Memory
from auditor.engine.truth import Truth, every
from auditor.exposure.grasps import Grasps, Standing
from auditor.model.assessment import State
from auditor.model.footprint import Dependency, Fact
from auditor.model.law import Effect
from auditor.model.rule import Confidence, Selection
from auditor.model.sighting import Gap
from auditor.model.text import Text

FOREIGN = ("adequate", "partly-adequate", "third")
"""Standings of laws that the organisation's own legal space does not make."""
_HOLDERS = frozenset({"operator", "owner"})
_BY_SEAT = frozenset({"incorporation", "parent-control"})
_MOST_PHRASES = 20_000
"""Phrases remembered by a reader."""


class Situation(NamedTuple):
    """The part of a footprint that a rule judges.

    Attributes:
        domain: The organisation's domain; its name for a rule on the whole.
        role: The role; empty for a rule on the whole.
        gaps: Those that leave open who serves.
        untold: Those that leave open only how the role is kept.
    """

    domain: str
    role: str
    dependencies: tuple[Dependency, ...]
    facts: tuple[Fact, ...]
    gaps: tuple[Gap, ...]
    untold: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """The grasps on one dependency that a selection picks.

    Attributes:
        missing: What would settle those not known.
    """

    reached: tuple[Standing, ...]
    unknown: tuple[Standing, ...]
    missing: tuple[Text, ...]


@dataclass(slots=True)
class Reader:
    """Reads situations for conditions; remembers what depends on the offering alone."""

    catalogue: Catalogue
    grasps: Grasps
    home: str
    memory: Memory = field(default_factory=Memory)
    lists: dict[tuple[Text | str, ...], Text] = field(default_factory=dict)
    _matched: dict[tuple[int, str | None, str, str], Matched] = field(default_factory=dict)
    _places: dict[tuple[str | None, str, str], dict[int, int]] = field(default_factory=dict)
    _holders: dict[str, Holders | None] = field(default_factory=dict)
    _phrases: dict[tuple[Text, str], Text] = field(default_factory=dict)
    _unexamined: dict[tuple[int, str | None, str, str], tuple[Text, ...]] = field(
        default_factory=dict
    )

    def formatted(self, phrase: Text, party: str) -> Text:
        """*phrase* about *party*; the same few recur from one rule to the next."""
        key = (phrase, party)
        known = self._phrases.get(key)
        if known is None:
            if len(self._phrases) > _MOST_PHRASES:
                self._phrases.clear()
            known = self._phrases[key] = phrase.format(party=party)
        return known

    def exposures(self, selection: Selection, dependency: Dependency) -> Matched:
        """The grasps on *dependency* that *selection* picks."""
        key = (id(selection), dependency.offering, dependency.role, dependency.layer)
        found = self._matched.get(key)
        if found is None:
            picked: Sequence[Standing] = self.grasps.on(
                dependency.offering, dependency.role, dependency.layer, self.home
            )
            for name, words in selection.fields:
                picked = _with(picked, dependency.layer, name, words)
            unknown = tuple(s for s in picked if s.grasp.state is State.UNKNOWN)
            found = Matched(
                tuple(s for s in picked if s.grasp.state is State.REACHED),
                unknown,
                tuple(dict.fromkeys(text for s in unknown for text in s.grasp.missing)),
            )
            self._matched[key] = found
        return found

    def places(self, dependency: Dependency) -> Mapping[int, int]:
        """The rank of each grasp on *dependency*, by its identity."""
        key = (dependency.offering, dependency.role, dependency.layer)
        known = self._places.get(key)
        if known is None:
            grasps = self.grasps.on(*key, self.home)
            known = self._places[key] = {id(each): place for place, each in enumerate(grasps)}
        return known

    def unexamined(self, selection: Selection, dependency: Dependency) -> tuple[Text, ...]:
        """What *selection* cannot tell of *dependency*: the law of a State behind it is unread.

        Nothing when the selection is of laws by name, or looks at other parties
        than the operator and its owners.
        """
        key = (id(selection), dependency.offering, dependency.role, dependency.layer)
        known = self._unexamined.get(key)
        if known is None:
            fields = dict(selection.fields)
            standings = fields.get("standing", FOREIGN)
            effects = map(Effect, fields.get("effect", ())) if _concerns_holders(fields) else ()
            told = [
                text
                for effect in effects
                for text in self.grasps.unexamined(
                    dependency.offering, dependency.role, dependency.layer, self.home, effect,
                    standings,
                )
            ]  # fmt: skip
            known = self._unexamined[key] = tuple(dict.fromkeys(told))
        return known

    def dependency(self, selection: Selection, dependency: Dependency) -> Truth:
        """Whether *dependency* is one that *selection* describes."""
        return every(
            _DEPENDENCY_FIELDS[name](self, dependency, words) for name, words in selection.fields
        )

    def holders(self, offering: str | None) -> Holders | None:
        """Who stands on top of the operator of *offering*; None when nobody can say."""
        if offering is None:
            return None
        if offering not in self._holders:
            self._holders[offering] = holders(offering, self.catalogue, self.grasps.day)
        return self._holders[offering]

    def controllers(self, offering: str | None) -> tuple[str, ...] | None:
        """The jurisdictions from where *offering* is controlled, if every link was read."""
        held = self.holders(offering)
        return self.grasps.controllers(offering) if held and held.certain else None

    def same(self, field: str, one: Dependency, other: Dependency) -> Truth:
        """Whether *one* and *other* are of the same operator, or group, as *field* says."""
        if one.offering is None or other.offering is None:
            return None
        left, right = (self.catalogue.offerings[o].operator for o in (one.offering, other.offering))
        if one.offering == other.offering or (left and left == right):
            return True
        if field == "operator":
            return False if left and right else None
        first, second = self.holders(one.offering), self.holders(other.offering)
        if first is None or second is None or not (first.certain and second.certain):
            return None
        return not first.tops.isdisjoint(second.tops)

    def missing_holder(self, field: str, dependency: Dependency) -> list[Text]:
        """What would settle of what operator, or group, *dependency* is."""
        words = self.catalogue.words
        if not self.operated(dependency):
            return [self.formatted(words["missing.operator"], dependency.label)]
        known = self.holders(dependency.offering)
        if field == "operator" or (known and known.certain):
            return []
        return [self.formatted(words["missing.verification"], dependency.label)]

    def country_of(self, domain: str) -> str | None:
        """The jurisdiction in whose part of the name space *domain* is; None outside of all."""
        return self.catalogue.endings.get(ending_of(domain))

    def missing_of(self, selection: Selection, dependency: Dependency) -> list[Text]:
        """What would settle whether *selection* describes *dependency*."""
        missing: list[Text] = []
        for name, words in selection.fields:
            if _DEPENDENCY_FIELDS[name](self, dependency, words) is None:
                if dependency.offering is None:
                    point = "unidentified"
                elif name == "keys" and _keys_by_default(self, dependency) == "operator":
                    point = "own-keys"
                elif self.operated(dependency):
                    point = _MISSING.get(name, "operator")
                else:
                    point = "operator"
                phrase = self.catalogue.words[f"missing.{point}"]
                missing.append(self.formatted(phrase, dependency.label))
        return missing

    def operated(self, dependency: Dependency) -> bool:
        """Whether we know who runs it; of a vendor known by name only, we do not."""
        return bool(dependency.offering and self.catalogue.offerings[dependency.offering].operator)

    def doubt(self, dependency: Dependency) -> Text | None:
        """What keeps the attribution from deciding a verdict; None when nothing does."""
        if dependency.contradicted:
            point = "contradicted"
        elif dependency.confidence is Confidence.LOW:
            point = "use" if dependency.offering else "unidentified"
        elif not dependency.verified:
            # Where nobody knows who runs it, that is what to ask, and answers both.
            point = "attribution" if self.operated(dependency) else "operator"
        else:
            return None
        return self.formatted(self.catalogue.words[f"missing.{point}"], dependency.label)


def ending_of(domain: str) -> str:
    """The top-level domain."""
    return domain.rpartition(".")[2]


def _concerns_holders(fields: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a selection of exposures asks who the operator is, and who holds it."""
    relations, hooks = fields.get("relation", _HOLDERS), fields.get("hook", _BY_SEAT)
    return "law" not in fields and not (
        _HOLDERS.isdisjoint(relations) or _BY_SEAT.isdisjoint(hooks)
    )


def matches_fact(selection: Selection, fact: Fact) -> bool:
    """Whether *fact* is one that *selection* describes."""
    values = dict(fact.fields)
    return all(
        _is_among(fact.kind if name == "kind" else values.get(name), words)
        for name, words in selection.fields
    )


def _is_among(value: str | None, words: tuple[str, ...]) -> bool:
    """Whether *value*, or one of those that it lists, is among *words*."""
    if value is None or value in words or " " not in value:
        return value in words
    listed = value.split(", ") if ", " in value else value.split()
    return not frozenset(listed).isdisjoint(words)


def _with(
    standings: Sequence[Standing], layer: str, name: str, words: tuple[str, ...]
) -> Sequence[Standing]:
    """Those of *standings* on *layer* of which the field *name* is one of *words*."""
    match name:
        case "standing":
            return [each for each in standings if each.standing in words]
        case "layer":
            return standings if layer in words else ()
    field_of = attrgetter(name)
    return [each for each in standings if field_of(each.grasp) in words]


def _identified(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    """Somebody we could not name may still be known to the organisation: that is not a no."""
    if reader.operated(dependency):
        return "yes" in words
    return True if "no" in words else None


def _category(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    if dependency.offering is None:
        return None
    return bool(set(reader.catalogue.offerings[dependency.offering].category) & set(words))


def _operator(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    if dependency.offering is None:
        return None
    operator = reader.catalogue.offerings[dependency.offering].operator
    return None if operator is None else operator in words


def _controller(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    countries = reader.controllers(dependency.offering)
    if countries is None:
        return None
    return any(reader.grasps.standing(reader.home, country) in words for country in countries)


def _location(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    """The registry's country of a prefix is not where the bytes are, so it decides nothing."""
    read = _read(reader, dependency)
    places = [
        place
        for place in dependency.location
        if place.source == "declared" or (place.source == "region" and read)
    ]
    if not places:
        return None
    return any(reader.grasps.standing(reader.home, place.country) in words for place in places)


def _keys(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    """Who can read: what the operator can by default, a contract may have taken from it.

    That the operator can, only the organisation says.
    """
    keys = _keys_by_default(reader, dependency)
    if keys == "customer" and _read(reader, dependency):
        return "customer" in words
    if dependency.keys == "operator":
        return "operator" in words
    return None if keys == "operator" else _default_keys(reader, dependency, words)


def _keys_by_default(reader: Reader, dependency: Dependency) -> str:
    offering = dependency.offering
    return reader.catalogue.offerings[offering].keys if offering else "unknown"


def _default_keys(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    """Who can read as long as nothing else is agreed."""
    if dependency.offering is None:
        return None
    keys = _keys_by_default(reader, dependency)
    if not _read(reader, dependency) or (keys == "unknown" and "unknown" not in words):
        return None
    return keys in words


def _subprocessors(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    """A list that we did not find may exist: that is not a no."""
    known = dependency.offering and reader.catalogue.offerings[dependency.offering]
    if known and known.subprocessors_known and _read(reader, dependency):
        return "known" in words
    return True if "unknown" in words else None


def _qualification(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    """No, only of a qualification that does not hold on the day: one never read of may exist."""
    if not reader.operated(dependency):
        # Of a vendor known by name only, nobody has read what it holds.
        return None
    known = reader.catalogue.offerings[str(dependency.offering)].qualifications
    held = [q for q in known if q.scheme in words and q.provenance.verified]
    if not held:
        return None
    return any(q.period.holds(reader.grasps.day) for q in held)


def _control(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    held = reader.holders(dependency.offering)
    if held is None or held.changed is None:
        return None
    return ("changed" if held.changed else "lasting") in words


def _read(reader: Reader, dependency: Dependency) -> bool:
    """Whether what is said of the offering itself was read in a source."""
    offering = dependency.offering
    return offering is not None and reader.catalogue.offerings[offering].provenance.verified


_DEPENDENCY_FIELDS: Mapping[str, Callable[[Reader, Dependency, tuple[str, ...]], Truth]] = {
    "identified": _identified,
    "declared": lambda _, d, words: ("yes" if d.declared else "no") in words,
    "layer": lambda _, d, words: d.layer in words,
    "confidence": lambda _, d, words: d.confidence.value in words,
    "category": _category,
    "offering": lambda _, d, words: None if d.offering is None else d.offering in words,
    "operator": _operator,
    "controller": _controller,
    "location": _location,
    "keys": _keys,
    "default-keys": _default_keys,
    "subprocessors": _subprocessors,
    "qualification": _qualification,
    "control": _control,
}
_MISSING = {
    "location": "location",
    "keys": "keys",
    "default-keys": "keys",
    "controller": "owners",
    "subprocessors": "sub-processors",
    "qualification": "qualification",
    "control": "changes",
}
