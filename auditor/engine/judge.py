"""One verdict for each rule and subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.engine.conditions import Outcome, evaluate
from auditor.engine.situation import Reader, Situation
from auditor.model.assessment import Exposure, Finding
from auditor.model.footprint import Dependency, Footprint, Part
from auditor.model.rule import Confidence, Rule, Verdict
from auditor.model.text import LANGUAGES, Text

_MOST_NAMED = 5
"""Names in a sentence at most; the rest is counted."""

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
        for situation, served in _situations(rule, footprint, parts, organisation):
            outcome = evaluate(rule.condition, situation, reader)
            verdict = _verdict(outcome) if served else Verdict.NOT_APPLICABLE
            findings.append(_finding(f"f{len(findings) + 1:02d}", rule, situation, verdict, outcome, ids, reader))
    return tuple(findings)


def _situations(
    rule: Rule, footprint: Footprint, parts: Mapping[tuple[str, str], Part], organisation: str
) -> Iterator[tuple[Situation, bool]]:
    """What *rule* judges, and whether it applies there: something is served, or nobody knows."""
    domains = tuple(dict.fromkeys(part.domain for part in footprint.parts))
    if rule.whole:
        chosen = [parts[d, r] for d in domains for r in rule.roles if (d, r) in parts]
        yield (
            Situation(
                organisation,
                "",
                tuple(d for part in chosen for d in part.dependencies),
                tuple(f for part in chosen for f in part.facts),
                tuple(g for part in chosen for g in part.gaps),
            ),
            any(part.dependencies or part.gaps for part in chosen),
        )
        return
    for domain in domains:
        for role in rule.roles:
            part = parts.get((domain, role)) or Part(domain, role, (), (), ())
            where = [parts.get((domain, r)) for r in rule.where or (role,)]
            yield (
                Situation(domain, role, part.dependencies, part.facts, part.gaps),
                any(p and (p.dependencies or p.gaps) for p in where),
            )


def _verdict(outcome: Outcome) -> Verdict:
    if outcome.truth is None:
        return Verdict.UNKNOWN
    return Verdict.PASS if outcome.truth else Verdict.FAIL


def _finding(
    number: str,
    rule: Rule,
    situation: Situation,
    verdict: Verdict,
    outcome: Outcome,
    ids: Mapping[tuple[str, int], str],
    reader: Reader,
) -> Finding:
    if verdict is Verdict.NOT_APPLICABLE:
        outcome = Outcome(None)
    involved = outcome.dependencies or situation.dependencies
    subject = situation.domain if rule.whole else f"{situation.domain} {situation.role}"
    evidence = dict.fromkeys(e for d in involved for e in d.evidence)
    evidence |= dict.fromkeys(e for f in outcome.facts for e in f.evidence)
    evidence |= dict.fromkeys(g.exchange.id for g in situation.gaps if g.exchange)
    return Finding(
        id=number,
        rule=rule.id,
        domain=situation.domain,
        role=situation.role,
        subject=subject,
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
        dependencies=tuple(dependency.id for dependency in involved),
        evidence=tuple(evidence),
        missing=outcome.missing,
    )


def _confidence(verdict: Verdict, involved: tuple[Dependency, ...]) -> Confidence:
    """One sure dependency is enough to fail; a pass or an unknown is as weak as its weakest."""
    if verdict in (Verdict.UNKNOWN,) or not involved:
        return Confidence.LOW if verdict is Verdict.UNKNOWN else Confidence.HIGH
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
    catalogue = reader.catalogue
    laws = dict.fromkeys(standing.grasp.law for _, standing in outcome.exposures)
    countries = dict.fromkeys(standing.grasp.jurisdiction for _, standing in outcome.exposures)
    return rule.sentence(verdict).format(
        providers=_list([d.label for d in involved], reader),
        laws=_list([catalogue.laws[law].short for law in laws], reader),
        countries=_list([catalogue.jurisdictions[c].name for c in countries], reader),
        domain=situation.domain,
        role=catalogue.role_names.get(situation.role, Text(situation.role, situation.role)),
        missing=_points(outcome.missing, reader),
    )


def _list(items: Sequence[Text | str], reader: Reader) -> Text:
    """`a, b and c` in each language."""
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
