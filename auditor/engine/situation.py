"""What a rule is asked about: one role of one domain, or several together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.recall import Memory
from auditor.engine.truth import Truth, every
from auditor.exposure.grasps import Grasps, Standing
from auditor.model.assessment import State
from auditor.model.footprint import Dependency, Fact
from auditor.model.rule import Confidence, Selection
from auditor.model.sighting import Gap
from auditor.model.text import Text


@dataclass(frozen=True, slots=True)
class Situation:
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
    """The grasps on one dependency that a selection picks."""

    reached: tuple[Standing, ...]
    unknown: tuple[Standing, ...]


@dataclass(slots=True)
class Reader:
    """Reads situations for conditions; remembers what depends on the offering alone."""

    catalogue: Catalogue
    grasps: Grasps
    home: str
    memory: Memory = field(default_factory=Memory)
    lists: dict[tuple[Text | str, ...], Text] = field(default_factory=dict)
    _matched: dict[tuple[int, str | None, str, str], Matched] = field(default_factory=dict)

    def exposures(self, selection: Selection, dependency: Dependency) -> Matched:
        """The grasps on *dependency* that *selection* picks."""
        key = (id(selection), dependency.offering, dependency.role, dependency.layer)
        found = self._matched.get(key)
        if found is None:
            picked = [
                standing
                for standing in self.grasps.on(
                    dependency.offering, dependency.role, dependency.layer, self.home
                )
                if all(
                    _exposure_field(standing, dependency.layer, name) in words
                    for name, words in selection.fields
                )
            ]
            found = Matched(
                tuple(s for s in picked if s.grasp.state is State.REACHED),
                tuple(s for s in picked if s.grasp.state is State.UNKNOWN),
            )
            self._matched[key] = found
        return found

    def dependency(self, selection: Selection, dependency: Dependency) -> Truth:
        """Whether *dependency* is one that *selection* describes."""
        return every(
            _DEPENDENCY_FIELDS[name](self, dependency, words) for name, words in selection.fields
        )

    def missing_of(self, selection: Selection, dependency: Dependency) -> list[Text]:
        """What would settle whether *selection* describes *dependency*."""
        missing: list[Text] = []
        for name, words in selection.fields:
            if _DEPENDENCY_FIELDS[name](self, dependency, words) is None:
                if dependency.offering is None:
                    point = "unidentified"
                elif self.operated(dependency):
                    point = _MISSING.get(name, "operator")
                else:
                    point = "operator"
                phrase = self.catalogue.words[f"missing.{point}"]
                missing.append(phrase.format(party=dependency.label))
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
        return self.catalogue.words[f"missing.{point}"].format(party=dependency.label)


def matches_fact(selection: Selection, fact: Fact) -> bool:
    """Whether *fact* is one that *selection* describes."""
    values = dict(fact.fields)
    return all(
        (fact.kind if name == "kind" else values.get(name)) in words
        for name, words in selection.fields
    )


def _exposure_field(standing: Standing, layer: str, name: str) -> str:
    if name == "standing":
        return standing.standing
    if name == "layer":
        return layer
    return str(getattr(standing.grasp, name))


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
    countries = reader.grasps.controllers(dependency.offering)
    if countries is None:
        return None
    return any(reader.grasps.standing(reader.home, country) in words for country in countries)


def _location(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    """The registry's country of a prefix is not where the bytes are, so it decides nothing."""
    places = [place for place in dependency.location if place.source != "registry"]
    if not places:
        return None
    return any(reader.grasps.standing(reader.home, place.country) in words for place in places)


def _keys(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    if dependency.offering is None:
        return None
    keys = reader.catalogue.offerings[dependency.offering].keys
    return None if keys == "unknown" and "unknown" not in words else keys in words


def _subprocessors(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    """A list that we did not find may exist: that is not a no."""
    known = dependency.offering and reader.catalogue.offerings[dependency.offering]
    if known and known.subprocessors_known:
        return "known" in words
    return True if "unknown" in words else None


def _qualification(reader: Reader, dependency: Dependency, words: tuple[str, ...]) -> Truth:
    if not reader.operated(dependency):
        # Of a vendor known by name only, nobody has read what it holds.
        return None
    held = [
        q
        for q in reader.catalogue.offerings[str(dependency.offering)].qualifications
        if q.scheme in words and q.period.holds(reader.grasps.day)
    ]
    if any(q.provenance.verified for q in held):
        return True
    return None if held else False


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
    "subprocessors": _subprocessors,
    "qualification": _qualification,
}
_MISSING = {
    "location": "location",
    "keys": "keys",
    "controller": "owners",
    "subprocessors": "sub-processors",
    "qualification": "verification",
}
