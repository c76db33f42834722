"""The whole body of knowledge, cross-checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from auditor.catalogue import (
    criteria,
    framework_questions,
    frameworks,
    laws,
    listed,
    moves,
    parties,
    scenarios,
    shields,
)
from auditor.catalogue.index import FingerprintIndex
from auditor.catalogue.packed import Packed
from auditor.catalogue.reading import Composer, Kinds, Reading, Source, UsualName, files
from auditor.catalogue.source import compose
from auditor.model.contradiction import ContradictionKind
from auditor.model.footprint import Role
from auditor.model.framework import Framework
from auditor.model.law import Jurisdiction, Law, Shield
from auditor.model.party import LegalEntity, Offering
from auditor.model.rule import Rule, Severity
from auditor.model.scenario import Scenario
from auditor.model.text import Text
from auditor.model.way_out import Moves
from auditor.unswept import unswept

_TENANT: Final = "dns.tenant"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything under `rules/`, by id.

    Attributes:
        endings: The jurisdiction of each country-code top-level domain.
        assumed_home: That of an organisation that did not say, and whose domain does not tell.
        dkim_selectors: Those that customers of an offering publish, in alphabetical order.
        tenant_names: (pattern, role) of the names that only customers of an offering have; the
            role is empty when the offering does not say which.
        weights: Points at stake for each severity.
        digest: SHA-256 over the names and contents of the files.
    """

    jurisdictions: Mapping[str, Jurisdiction]
    endings: Mapping[str, str]
    assumed_home: str
    laws: Mapping[str, Law]
    shields: tuple[Shield, ...]
    entities: Mapping[str, LegalEntity]
    offerings: Mapping[str, Offering]
    roles: Mapping[str, Role]
    role_names: Mapping[str, Text]
    words: Mapping[str, Text]
    names: tuple[UsualName, ...]
    sources: Mapping[str, Source]
    rules: Mapping[str, Rule]
    frameworks: Mapping[str, Framework]
    weights: Mapping[Severity, int]
    scenarios: Mapping[str, Scenario]
    moves: Moves
    contradictions: Mapping[str, ContradictionKind]
    fingerprints: FingerprintIndex
    dkim_selectors: tuple[str, ...]
    tenant_names: tuple[tuple[str, str], ...]
    digest: str


def digest(directory: Path) -> str:
    """SHA-256 over the names and contents of the knowledge files."""
    whole = hashlib.sha256()
    for file in files(directory):
        whole.update(file.relative_to(directory).as_posix().encode() + b"\0")
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def load(directory: Path, kinds: Kinds, compose: Composer = compose) -> Catalogue:
    """Read and check the knowledge under *directory*.

    *kinds* are the kinds of value that the installed probes yield; *compose* opens a file.

    Raises:
        SourceError: There is one mistake; with its file, line and column.
        SourceErrors: There are several.  Nothing is ever half-loaded.
    """
    with unswept():
        return _load(directory, kinds, compose)


def _load(directory: Path, kinds: Kinds, compose: Composer) -> Catalogue:
    reading = Reading(directory, compose)
    roles, role_names = reading.roles()
    words = reading.words()
    categories = _categories(words)
    jurisdictions = reading.many("jurisdictions", laws.jurisdictions)
    all_laws = reading.many("laws", lambda entry: iter([(entry, laws.law(entry))]))
    entities = reading.many("providers", parties.entities)
    vendors = reading.many(
        "providers", lambda entry: listed.vendors(entry, kinds, frozenset(roles), categories)
    )
    described = reading.many(
        "providers",
        lambda entry: parties.offerings(entry, kinds, frozenset(roles), categories),
    )
    offerings = listed.joined(described, vendors)
    names = reading.names(frozenset(roles))
    sources = reading.sources()
    assumed = reading.assumed_home(jurisdictions)
    reading.check_references(jurisdictions, all_laws, entities, offerings, roles)
    reading.stop_at_mistakes()
    reading.check_patterns(offerings)
    reading.stop_at_mistakes()
    words_of_rules = _vocabulary(roles, all_laws, jurisdictions, offerings, entities, words, kinds)
    rules = reading.many("criteria", lambda entry: criteria.rules(entry, words_of_rules))
    known = scenarios.Known(jurisdictions, all_laws, entities, words_of_rules.schemes)
    supposed = reading.many("scenarios", lambda entry: scenarios.scenarios(entry, known))
    terms = framework_questions.Vocabulary(
        words_of_rules.roles, words_of_rules.jurisdictions, words_of_rules.schemes, words
    )
    applied = reading.many(
        "frameworks", lambda entry: iter([(entry, frameworks.framework(entry, terms))])
    )
    reading.stop_at_mistakes()
    packed = Packed(offerings)
    return Catalogue(
        jurisdictions=jurisdictions,
        endings={end: country.id for country in jurisdictions.values() for end in country.domains},
        assumed_home=assumed,
        laws=all_laws,
        shields=shields.shields(compose(directory / "shields.yaml"), frozenset(jurisdictions)),
        entities=Packed(entities),
        offerings=packed,
        roles=roles,
        role_names=role_names,
        words=words,
        names=names,
        sources=sources,
        rules=rules,
        frameworks=applied,
        weights=reading.weights(),
        scenarios=supposed,
        moves=moves.moves(compose(directory / "moves.yaml"), frozenset(roles)),
        contradictions=reading.contradictions(frozenset(roles), kinds),
        fingerprints=FingerprintIndex(packed),
        dkim_selectors=tuple(sorted({s for o in offerings.values() for s in o.dkim_selectors})),
        tenant_names=_tenant_names(offerings.values()),
        digest=digest(directory),
    )


def vocabulary(catalogue: Catalogue, kinds: Kinds) -> criteria.Vocabulary:
    """The words that a rule may use."""
    return _vocabulary(
        catalogue.roles,
        catalogue.laws,
        catalogue.jurisdictions,
        catalogue.offerings,
        catalogue.entities,
        catalogue.words,
        kinds,
    )


def _vocabulary(
    roles: Iterable[str],
    all_laws: Iterable[str],
    jurisdictions: Iterable[str],
    offerings: Mapping[str, Offering],
    entities: Iterable[str],
    words: Iterable[str],
    kinds: Kinds,
) -> criteria.Vocabulary:
    return criteria.Vocabulary(
        roles=frozenset(roles),
        laws=frozenset(all_laws),
        jurisdictions=frozenset(jurisdictions),
        offerings=frozenset(offerings),
        operators=frozenset(entities),
        categories=_categories(words),
        schemes=frozenset(q.scheme for o in offerings.values() for q in o.qualifications),
        kinds=kinds,
    )


def _categories(words: Iterable[str]) -> frozenset[str]:
    return frozenset(w.removeprefix("category.") for w in words if w.startswith("category."))


def _tenant_names(offerings: Iterable[Offering]) -> tuple[tuple[str, str], ...]:
    names = {
        (pattern, next((r for f in offering.fingerprints if f.on == _TENANT for r in f.roles), ""))
        for offering in offerings
        for pattern in offering.tenant_names
    }
    return tuple(sorted(names))
