"""One verdict for each rule and subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from string import Formatter

from auditor.engine.conditions import LAYERS, Outcome, evaluate, layers_of, look_ups
from auditor.engine.situation import Reader, Situation
from auditor.engine.truth import Truth
from auditor.model.assessment import Exposure, Finding
from auditor.model.footprint import Dependency, Footprint, Part
from auditor.model.rule import Confidence, Rule, Verdict
from auditor.model.sighting import Gap
from auditor.model.text import LANGUAGES, Text

_MOST_NAMED = 5
"""Names in a sentence at most; the rest is counted."""

_MOST_LISTS = 20_000
"""Lists remembered by a reader."""

_NOTHING = Outcome(None)

_CERTAINTY = {Confidence.LOW: 0, Confidence.MODERATE: 1, Confidence.HIGH: 2}


def judge(
    rules: Iterable[Rule],
    footprint: Footprint,
    exposures: tuple[Exposure, ...],
    organisation: str,
    reader: Reader,
) -> tuple[Finding, ...]:
    """Judge *footprint* by *rules*, in the order of the rules, then of the domains.

    Every rule and subject has exactly one finding.  A subject is a role of a
    domain, or *organisation* for a rule on the whole.
    """
    ids = {(exposure.dependency, id(exposure.grasp)): exposure.id for exposure in exposures}
    parts = {(part.domain, part.role): part for part in footprint.parts}
    findings: list[Finding] = []
    for rule in rules:
        for situation, applies in _situations(rule, footprint, parts, organisation):
            outcome, verdict = _NOTHING, Verdict.NOT_APPLICABLE
            if applies.truth is not False:
                outcome = evaluate(rule.condition, situation, reader)
                if applies.truth is None:
                    outcome = _doubted(outcome, applies, reader)
                verdict = _verdict(outcome)
            number = len(findings) + 1
            findings.append(_finding(number, rule, situation, verdict, outcome, ids, reader))
    return tuple(findings)


@dataclass(frozen=True, slots=True)
class _Applies:
    """Whether a rule applies.

    Attributes:
        truth: Something is served there; None when nobody knows.
        gaps: What would settle that.
    """

    truth: Truth
    gaps: tuple[Gap, ...] = ()


_YES = _Applies(True)
_NO = _Applies(False)


def _situations(
    rule: Rule, footprint: Footprint, parts: Mapping[tuple[str, str], Part], organisation: str
) -> Iterator[tuple[Situation, _Applies]]:
    """What *rule* judges, and whether it applies there."""
    domains = tuple(dict.fromkeys(part.domain for part in footprint.parts))
    layers = layers_of(rule.condition)
    if rule.whole:
        chosen = [parts[d, r] for d in domains for r in rule.roles if (d, r) in parts]
        yield (
            Situation(
                organisation,
                "",
                tuple(d for part in chosen for d in part.dependencies),
                tuple(f for part in chosen for f in part.facts),
                tuple(g for part in chosen for g in part.unnamed),
                tuple(g for part in chosen for g in part.gaps if part.role in g.tells),
            ),
            _applies(chosen, layers),
        )
        return
    for domain in domains:
        for role in rule.roles:
            part = parts[domain, role]
            if rule.where:
                applies = _applies([parts[domain, other] for other in rule.where], LAYERS)
            else:
                applies = _applies((part,), layers)
            gaps = part.unnamed
            untold = tuple([g for g in part.gaps if role in g.tells]) if part.gaps else ()
            yield Situation(domain, role, part.dependencies, part.facts, gaps, untold), applies


def _applies(parts: Sequence[Part], layers: frozenset[str]) -> _Applies:
    """Whether there is something to judge on one of *layers*: a failed look-up leaves it open."""
    if any(d.layer in layers for part in parts for d in part.dependencies):
        return _YES
    gaps = tuple([gap for part in parts for gap in part.unnamed])
    return _Applies(None, gaps) if gaps else _NO


def _doubted(outcome: Outcome, applies: _Applies, reader: Reader) -> Outcome:
    """*outcome* where nobody knows whether there is anything to judge: not known either."""
    missing = (*outcome.missing, *look_ups(applies.gaps, reader))
    return replace(outcome, truth=None, missing=tuple(dict.fromkeys(missing)))


def _verdict(outcome: Outcome) -> Verdict:
    if outcome.truth is None:
        return Verdict.UNKNOWN
    return Verdict.PASS if outcome.truth else Verdict.FAIL


def _finding(
    number: int,
    rule: Rule,
    situation: Situation,
    verdict: Verdict,
    outcome: Outcome,
    ids: Mapping[tuple[str, int], str],
    reader: Reader,
) -> Finding:
    if verdict is Verdict.NOT_APPLICABLE:
        return _absent(number, rule, situation, reader)
    involved = outcome.dependencies or situation.dependencies
    evidence = [e for d in involved for e in d.evidence]
    evidence += [e for f in outcome.facts for e in f.evidence]
    evidence += [g.exchange.id for g in (*situation.gaps, *situation.untold) if g.exchange]
    return Finding(
        id=f"f{number:02d}",
        rule=rule.id,
        domain=situation.domain,
        role=situation.role,
        subject=_subject(rule, situation),
        verdict=verdict,
        severity=rule.severity,
        confidence=_confidence(verdict, involved),
        says=_says(rule, verdict, situation, involved, outcome, reader),
        exposures=tuple(
            dict.fromkeys(
                ids[dependency.id, id(standing.grasp)]
                for dependency, standing in outcome.exposures
                if (dependency.id, id(standing.grasp)) in ids
            )
        ),
        dependencies=tuple([dependency.id for dependency in involved]),
        evidence=tuple(dict.fromkeys(evidence)),
        missing=outcome.missing,
    )


def _absent(number: int, rule: Rule, situation: Situation, reader: Reader) -> Finding:
    """The finding where there is nothing to judge."""
    verdict = Verdict.NOT_APPLICABLE
    return Finding(
        id=f"f{number:02d}",
        rule=rule.id,
        domain=situation.domain,
        role=situation.role,
        subject=_subject(rule, situation),
        verdict=verdict,
        severity=rule.severity,
        confidence=Confidence.HIGH,
        says=_says(rule, verdict, situation, (), _NOTHING, reader),
        exposures=(),
        dependencies=(),
        evidence=(),
        missing=(),
    )


def _subject(rule: Rule, situation: Situation) -> str:
    return situation.domain if rule.whole else f"{situation.domain} {situation.role}"


def _confidence(verdict: Verdict, involved: tuple[Dependency, ...]) -> Confidence:
    """One sure dependency is enough to fail; a pass is as weak as its weakest; unknown is low."""
    if verdict is Verdict.UNKNOWN:
        return Confidence.LOW
    if not involved:
        return Confidence.HIGH
    pick = max if verdict is Verdict.FAIL else min
    return pick((d.confidence for d in involved), key=_CERTAINTY.__getitem__)


def _says(
    rule: Rule,
    verdict: Verdict,
    situation: Situation,
    involved: tuple[Dependency, ...],
    outcome: Outcome,
    reader: Reader,
) -> Text:
    """The sentence of *rule* for *verdict*; only what stands in it is put together."""
    catalogue = reader.catalogue
    sentence = rule.sentence(verdict)
    values: dict[str, Text | str] = {}
    for name in _placeholders(sentence):
        match name:
            case "providers":
                values[name] = _list([d.label for d in involved], reader)
            case "laws":
                laws = dict.fromkeys(s.grasp.law for _, s in outcome.exposures)
                values[name] = _list([catalogue.laws[law].short for law in laws], reader)
            case "countries":
                places = dict.fromkeys(s.grasp.jurisdiction for _, s in outcome.exposures)
                values[name] = _list([catalogue.jurisdictions[p].name for p in places], reader)
            case "role":
                values[name] = catalogue.role_names.get(situation.role, situation.role)
            case "missing":
                values[name] = _points(outcome.missing, reader)
            case _:
                values[name] = situation.domain
    return sentence.format(**values) if values else sentence


@lru_cache(maxsize=1024)
def _placeholders(sentence: Text) -> frozenset[str]:
    """The names between braces in *sentence*, in any language."""
    return frozenset(
        name
        for language in LANGUAGES
        for _, name, _, _ in Formatter().parse(sentence.in_language(language))
        if name
    )


def _list(items: Sequence[Text | str], reader: Reader) -> Text:
    """`a, b and c` in each language; the same few lists recur from one organisation to the next."""
    key = tuple(items)
    known = reader.lists.get(key)
    if known is None:
        known = _joined(items, reader)
        if len(reader.lists) < _MOST_LISTS:
            reader.lists[key] = known
    return known


def _joined(items: Sequence[Text | str], reader: Reader) -> Text:
    words = reader.catalogue.words
    lists: dict[str, str] = {}
    for language in LANGUAGES:
        names = _names(items, language, reader)
        last = f" {words['join.and'].in_language(language)} "
        lists[language] = last.join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    return Text(**lists)


def _points(items: Sequence[Text], reader: Reader) -> Text:
    """Whole clauses, between semicolons."""
    marks = {"fr": "\u202f; "}
    return Text(
        **{
            language: marks.get(language, "; ").join(_names(items, language, reader))
            for language in LANGUAGES
        }
    )


def _names(items: Sequence[Text | str], language: str, reader: Reader) -> list[str]:
    """The different *items*, the first few of them, then how many more there are."""
    words = reader.catalogue.words
    names = list(
        dict.fromkeys(
            item.in_language(language) if isinstance(item, Text) else item for item in items
        )
    )
    if not names:
        return [words["join.nobody"].in_language(language)]
    more = len(names) - _MOST_NAMED
    if more > 1:
        names = names[:_MOST_NAMED]
        names.append(words["join.more"].in_language(language).format(number=more))
    return names
