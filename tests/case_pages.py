"""The tables of `docs/the-case.md` and `docs/the-case.en.md`, as the engine makes them.

python -m tests.case_pages     writes them anew into the two pages (`make docs`); read the diff

A page is prose with tables between `<!-- table NAME -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Final

from auditor.model.assessed import Bound, FrameworkResult
from auditor.model.assessment import Assessment, Exposure, State
from auditor.model.law import Effect
from auditor.model.scenario import Outcome
from auditor.reporting.chains import doubts
from auditor.reporting.reading import NEAR, Reading, distinct
from tests import the_case
from tests.checkout import ROOT

PAGES: Final = {"fr": ROOT / "docs" / "the-case.md", "en": ROOT / "docs" / "the-case.en.md"}

_BLOCK: Final = re.compile(r"(<!-- table ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

_ROLES: Final = ("mail.mailbox", "collaboration", "network")
"""Those that the options fill; of every other one nothing is declared and nothing was asked."""

_WORDS: Final = {
    "fr": {
        "reached": "atteint",
        "unknown": "non établi",
        "not-reached": "hors d’atteinte",
        "hit": "touché",
        "spared": "non touché",
        "laws": "{} lois",
        "law": "{} loi",
        "nothing": "aucun changement",
        "bound": "s’applique",
        "not-bound": "ne s’applique pas",
        "open": "non établi",
        "voluntary": "volontaire",
        "met": "{yes} oui, {no} non, {open} à établir, sur {all}",
        "none": "rien à quitter : aucun chemin établi n’atteint un service",
        "others": "{} offres non atteintes",
        "verdict": "{rule} ({role}) : {before} → {after}",
        "newly": "{law} ({effect}) : {before} → {after}",
        "silent": "sans prise connue",
        "force": "état du texte",
        "own": "{law} atteint désormais le service",
        "contradicted": "aucun résultat, mais la déclaration contredit nos sources ({} contradictions)",
    },
    "en": {
        "reached": "reached",
        "unknown": "not established",
        "not-reached": "out of reach",
        "hit": "hit",
        "spared": "not hit",
        "laws": "{} laws",
        "law": "{} law",
        "nothing": "no change",
        "bound": "applies",
        "not-bound": "does not apply",
        "open": "not established",
        "voluntary": "voluntary",
        "met": "{yes} yes, {no} no, {open} to be established, of {all}",
        "none": "nothing to leave: no established path reaches a service",
        "others": "{} offerings not reached",
        "verdict": "{rule} ({role}): {before} → {after}",
        "newly": "{law} ({effect}): {before} → {after}",
        "silent": "no known hold",
        "force": "state of the text",
        "own": "{law} now reaches the service",
        "contradicted": "no result, but the declaration contradicts our sources ({} contradictions)",
    },
}

_HEADS: Final = {
    "fr": {
        "": "",
        "options": ("Option", "Exploitant", "Contrôlé depuis", "Technologie d’un tiers", "Hôte"),
        "columns": ("1. Microsoft", "2. Bleu", "3. Twake, hôte qualifié", "4. Twake, Clever Cloud"),
        "effect": "Effet",
        "criterion": "Critère",
        "framework": "Référentiel",
        "scenario": "Scénario",
        "step": "Pas",
        "variant": ("Si…", "Ce qui change"),
        "own": "Droit français et de l’Union",
    },
    "en": {
        "": "",
        "options": ("Option", "Operator", "Controlled from", "Technology of others", "Host"),
        "columns": (
            "1. Microsoft",
            "2. Bleu",
            "3. Twake, qualified host",
            "4. Twake, Clever Cloud",
        ),
        "effect": "Effect",
        "criterion": "Criterion",
        "framework": "Framework",
        "scenario": "Scenario",
        "step": "Step",
        "variant": ("If…", "What changes"),
        "own": "Law of France and of the Union",
    },
}

_SUPPOSED: Final = {
    "qualified": {
        "fr": "une décision de l’ANSSI qualifiant « Microsoft 365 opéré par Bleu » en SecNumCloud 3.2 était lue (option 2)",
        "en": "a decision of ANSSI qualifying “Microsoft 365 operated by Bleu” under SecNumCloud 3.2 were read (option 2)",
    },
    "ended": {
        "fr": "la qualification de l’hôte, dont nous n’avons pas lu les dates, avait pris fin (option 3)",
        "en": "the qualification of the host, of which we did not read the days, had ended (option 3)",
    },
    "transparent-bleu": {
        "fr": "Bleu établissait n’avoir ni autre sous-traitant ni établissement hors de France (option 2)",
        "en": "Bleu showed that it has neither another sub-processor nor an establishment outside France (option 2)",
    },
    "transparent-twake": {
        "fr": "LINAGORA et l’hôte établissaient n’avoir ni autre sous-traitant ni établissement que ceux du catalogue (option 3)",
        "en": "LINAGORA and the host showed that they have no sub-processor and no establishment but those on record (option 3)",
    },
    "sold": {
        "fr": "LINAGORA était rachetée par une société constituée aux États-Unis (option 3)",
        "en": "LINAGORA were bought by a company incorporated in the United States (option 3)",
    },
    "host": {
        "fr": "l’hôte qualifié était OVHcloud au lieu d’Outscale (option 3)",
        "en": "the qualified host were OVHcloud instead of Outscale (option 3)",
    },
    "keys": {
        "fr": "le dossier disait que l’Assemblée détient seule les clés des boîtes aux lettres et des documents (option 1)",
        "en": "the dossier said that the Assembly alone holds the keys to mailboxes and documents (option 1)",
    },
    "personal": {
        "fr": "le dossier déclarait des données à caractère personnel, et elles seules (option 2)",
        "en": "the dossier declared personal data, and these alone (option 2)",
    },
    "state": {
        "fr": "le client était une administration de l’État, avec des données d’une sensibilité particulière (option 2)",
        "en": "the customer were an administration of the State, with data of particular sensitivity (option 2)",
    },
}


def page(language: str) -> str:
    """The page in *language*, its tables made anew.

    Raises:
        KeyError: The page has a place for a table that nobody makes.
    """
    text = PAGES[language].read_text(encoding="utf-8")
    return _BLOCK.sub(lambda m: m[1] + TABLES[m[2]](language) + "\n" + m[3], text)


def _colon(language: str) -> str:
    return "\u00a0:" if language == "fr" else ":"


def _joined(language: str, clauses: Iterable[str]) -> str:
    return ("\u202f; " if language == "fr" else "; ").join(clauses)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [_row(head := tuple(head)), _row("---" for _ in head), *map(_row, rows)]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _columns(language: str, first: str) -> tuple[str, ...]:
    head = _HEADS[language]
    return (str(head[first]), *head["columns"])


def _plural(language: str, number: int) -> str:
    return _WORDS[language]["law" if number == 1 else "laws"].format(number)


def options(language: str) -> str:
    """Who stands behind each option."""
    known = the_case.catalogue()
    rows = []
    for story, name in zip(the_case.OPTIONS, _HEADS[language]["columns"], strict=True):
        reading = the_case.reading(story, language)
        services = reading.assessment.footprint.dependencies
        suite = next(d for d in services if d.role == "mail.mailbox")
        host = [d for d in services if d.role == "network"]
        offering = known.offerings[suite.offering or ""]
        operator = known.entities[offering.operator or ""]
        technology = distinct(known.entities[s.entity].name for s in offering.technology)
        rows.append(
            (
                name,
                operator.name,
                reading.controlled_from(suite),
                ", ".join(technology) or _WORDS[language]["unknown"],
                ", ".join(d.label for d in host) or _WORDS[language]["unknown"],
            )
        )
    return _table(_HEADS[language]["options"], rows)


def foreign(assessment: Assessment, effect: Effect, state: State) -> list[Exposure]:
    """The exposures of the options' roles to laws from outside the Union."""
    return [
        x
        for x in assessment.exposures
        if x.role in _ROLES
        and x.grasp.effect is effect
        and x.grasp.state is state
        and x.standing not in NEAR
    ]


def _effects(day: date) -> Callable[[str], str]:
    def table(language: str) -> str:
        readings = [the_case.reading(story, language, day) for story in the_case.OPTIONS]
        rows = [
            (
                readings[0].word("effect", effect.value),
                *(_effect(reading, effect) for reading in readings),
            )
            for effect in Effect
        ]
        own = (str(_HEADS[language]["own"]), *map(_own, readings))
        return _table(_columns(language, "effect"), [*rows, own])

    return table


def _effect(reading: Reading, effect: Effect) -> str:
    words = _WORDS[reading.language]
    certain = foreign(reading.assessment, effect, State.REACHED)
    names = distinct(reading.law(x.grasp.law) for x in certain)
    open_ = distinct(x.grasp.law for x in foreign(reading.assessment, effect, State.UNKNOWN))
    still = [law for law in open_ if reading.law(law) not in names]
    colon = _colon(reading.language)
    told = [f"**{words['reached']}**{colon} {', '.join(names)}"] if names else []
    if still:
        told.append(f"{words['unknown']}{colon} {_plural(reading.language, len(still))}")
    return _joined(reading.language, told) or words["silent"]


def _own(reading: Reading) -> str:
    laws = distinct(
        reading.law(x.grasp.law)
        for x in reading.assessment.exposures
        if x.role in _ROLES and x.standing in NEAR and x.grasp.state is State.REACHED
    )
    return ", ".join(laws)


def paths(language: str) -> str:
    """Each established path to a law from outside the Union, and what speaks against it."""
    lines = []
    for story, name in zip(the_case.OPTIONS, _HEADS[language]["columns"], strict=True):
        reading = the_case.reading(story, language)
        colon = _colon(language)
        seen: dict[tuple[str, str], list[str]] = {}
        for effect in Effect:
            for x in foreign(reading.assessment, effect, State.REACHED):
                way = " → ".join(step.name for step in x.grasp.path)
                why = reading.text(x.grasp.why) if x.grasp.why else ""
                key = (x.grasp.law, reading.word("effect", effect.value))
                seen.setdefault(key, []).append(f"{way} ({why})")
        if not seen:
            none = {"fr": "aucun chemin établi", "en": "no established path"}[language]
            lines.append(f"- **{name}**{colon} {none}.")
            continue
        lines.append(f"- **{name}**")
        for (law, effect_name), ways in seen.items():
            known = the_case.catalogue().laws[law]
            against = {"fr": "Objection", "en": "Counter-argument"}[language]
            lines.append(
                f"  - {reading.law(law)}, {effect_name} ({known.citation}){colon} "
                + _joined(language, distinct(ways))
                + f". *{against}{colon} {reading.text(known.counter_arguments[0])}*"
            )
    return "\n".join(lines)


def unknowns(language: str) -> str:
    """What would have to be known, and how many laws from outside hang on it."""
    lines = []
    for story, name in zip(the_case.OPTIONS, _HEADS[language]["columns"], strict=True):
        reading = the_case.reading(story, language)
        found, left_off = doubts(reading)
        assert not left_off, "the page would hide what is not known"
        lines.append(f"- **{name}**")
        lines += [f"  - {each.missing} ({_plural(language, len(each.laws))})" for each in found]
    return "\n".join(lines)


def verdicts(assessment: Assessment) -> dict[tuple[str, str], str]:
    """The verdict of each rule on each role that the options fill."""
    return {
        (f.rule, f.role): f.verdict.value
        for f in assessment.findings
        if f.role in _ROLES and f.verdict.value != "not-applicable"
    }


def findings(language: str) -> str:
    """The criteria, mailboxes and collaboration apart where they differ."""
    reading = the_case.reading(the_case.OPTIONS[0], language)
    judged = [verdicts(the_case.assessment(story)) for story in the_case.OPTIONS]
    rules = distinct(rule for each in judged for rule, _ in each)
    rows = []
    for rule in rules:
        cells = []
        for each in judged:
            said = distinct(v for (r, _), v in each.items() if r == rule)
            cells.append(" / ".join(reading.word("verdict", v) for v in said))
        rows.append((reading.rule_title(rule), *cells))
    return _table(_columns(language, "criterion"), rows)


def between(language: str) -> str:
    """What differs between the two days."""
    colon = _colon(language)
    lines = []
    for story, name in zip(the_case.OPTIONS, _HEADS[language]["columns"], strict=True):
        changed = _difference(
            the_case.assessment(story, the_case.THEN), the_case.assessment(story), language
        )
        told = _joined(language, (*_laws_between(story, language), *changed))
        lines.append(f"- **{name}**{colon} {told or _WORDS[language]['nothing']}.")
    return "\n".join(lines)


def _laws_between(story: str, language: str) -> list[str]:
    """Laws that are in another state, or that have come to hold a service, since the first day."""
    before, after = (the_case.assessment(story, day) for day in the_case.DAYS)
    reading, words = Reading(after, language), _WORDS[language]
    forces = [{x.grasp.law: x.grasp.force for x in each.exposures} for each in (before, after)]
    told = [
        words["newly"].format(
            law=reading.law(law),
            effect=words["force"],
            before=reading.word("force", forces[0][law].value),
            after=reading.word("force", forces[1][law].value),
        )
        for law in forces[1]
        if law in forces[0] and forces[0][law] is not forces[1][law]
    ]
    near = [
        distinct(
            x.grasp.law
            for x in each.exposures
            if x.standing in NEAR and x.grasp.state is State.REACHED
        )
        for each in (before, after)
    ]
    return told + [
        words["own"].format(law=reading.law(law)) for law in near[1] if law not in near[0]
    ]


def _difference(before: Assessment, after: Assessment, language: str) -> list[str]:
    """Verdicts, then exposures to laws from outside, then what binds, as clauses."""
    reading, words = Reading(after, language), _WORDS[language]
    told = []
    old, new = verdicts(before), verdicts(after)
    for rule, role in new:
        was = old.get((rule, role), "not-applicable")
        if was != new[rule, role]:
            told.append(
                words["verdict"].format(
                    rule=reading.rule_title(rule),
                    role=reading.role(role).lower(),
                    before=reading.word("verdict", was),
                    after=reading.word("verdict", new[rule, role]),
                )
            )
    were, are = _strongest(before), _strongest(after)
    for law, effect in dict.fromkeys((*were, *are)):
        was, now = were.get((law, effect)), are.get((law, effect))
        if was is not now:
            told.append(
                words["newly"].format(
                    law=reading.law(law),
                    effect=reading.word("effect", effect.value).lower(),
                    before=words[was.value] if was else words["silent"],
                    after=words[now.value] if now else words["silent"],
                )
            )
    for earlier, later in zip(before.frameworks, after.frameworks, strict=True):
        colon = _colon(language)
        short = reading.text(later.framework.short)
        if earlier.bound is not later.bound:
            told.append(f"{short}{colon} {_bound(earlier, language)} → {_bound(later, language)}")
        was_met, met = _met(earlier, language), _met(later, language)
        if met and was_met != met and later.framework.id in _COUNTED:
            told.append(f"{short}{colon} {met}")
    return distinct(told)


def _strongest(assessment: Assessment) -> dict[tuple[str, Effect], State]:
    """For each law from outside and each effect, the strongest state in any role of the options."""
    found: dict[tuple[str, Effect], State] = {}
    for state in (State.NOT_REACHED, State.UNKNOWN, State.REACHED):
        for effect in Effect:
            for x in foreign(assessment, effect, state):
                found[x.grasp.law, effect] = state
    return found


_COUNTED: Final = ("secnumcloud-3.2", "fr-sren-31")
_GRADED: Final = "eu-csf"


def _bound(result: FrameworkResult, language: str) -> str:
    word = {
        Bound.YES: "bound",
        Bound.NO: "not-bound",
        Bound.UNKNOWN: "open",
        Bound.VOLUNTARY: "voluntary",
    }[result.bound]
    return _WORDS[language][word]


def _met(result: FrameworkResult, language: str) -> str:
    """Of each service, how many requirements are proved to be met, and how many not."""
    told = []
    for placed in result.services:
        if not placed.dependencies:
            continue
        proved = [answer.proved for answer in placed.result.answers]
        yes, no = proved.count(("yes",)), proved.count(("no",))
        count = _WORDS[language]["met"].format(
            yes=yes, no=no, open=len(proved) - yes - no, all=len(proved)
        )
        told.append(f"{placed.label}, {count}")
    return _joined(language, told)


def frameworks(language: str) -> str:
    """Whom each framework binds, and what the services are known to meet."""
    readings = [the_case.reading(story, language) for story in the_case.OPTIONS]
    rows = []
    for results in zip(*(r.assessment.frameworks for r in readings), strict=True):
        framework = results[0].framework
        name = f"{readings[0].text(framework.short)} ({_bound(results[0], language)})"
        if framework.id in _COUNTED:
            cells = [_met(result, language) for result in results]
        elif framework.id == _GRADED:
            cells = [_levels(result) for result in results]
        else:
            continue
        rows.append((name, *cells))
    return _table(_columns(language, "framework"), rows)


def _levels(result: FrameworkResult) -> str:
    assert result.levels is not None
    low, high = result.levels.proved
    levels = result.framework.levels
    return f"{levels[low].id} – {levels[high].id}"


def bound(language: str) -> str:
    """Whether each framework binds, and what is missing to tell."""
    reading = the_case.reading(the_case.OPTIONS[0], language)
    colon = _colon(language)
    lines = []
    for result in reading.assessment.frameworks:
        missing = [reading.text(text) for text in result.missing]
        why = f" ({_joined(language, missing)})"
        lines.append(
            f"- {reading.text(result.framework.short)}{colon} **{_bound(result, language)}**"
            + (why if missing else "")
        )
    return "\n".join(lines)


def scenarios(language: str) -> str:
    """What each scenario would do to the services of each option."""
    readings = [the_case.reading(story, language) for story in the_case.OPTIONS]
    words = _WORDS[language]
    rows = []
    for plays in zip(*map(the_case.plays, the_case.OPTIONS), strict=True):
        cells = []
        for reading, played in zip(readings, plays, strict=True):
            told: dict[Outcome, list[str]] = {}
            for each in played.consequences:
                label = reading.dependencies[each.dependency].label
                told.setdefault(each.outcome, []).append(label)
            cells.append(
                ", ".join(
                    words[outcome.value]
                    if len(told) == 1
                    else f"{words[outcome.value]} ({', '.join(distinct(labels))})"
                    for outcome, labels in told.items()
                )
            )
        rows.append((readings[0].text(plays[0].scenario.title), *cells))
    return _table(_columns(language, "scenario"), rows)


def ways(language: str) -> str:
    """What each option could be left for, and what stays exposed."""
    words = _WORDS[language]
    colon = _colon(language)
    lines = []
    for story, name in zip(the_case.OPTIONS, _HEADS[language]["columns"], strict=True):
        reading, plan = the_case.reading(story, language), the_case.plan(story)
        if not plan.ways:
            lines.append(f"- **{name}**{colon} {words['none']}.")
            continue
        lines.append(f"- **{name}**")
        for way in plan.ways:
            roles = ", ".join(reading.role(role).lower() for role in way.roles)
            count = words["others"].format(len(way.alternatives))
            suite = [a.name for a in way.alternatives if a.offering == "twake"]
            among = {"fr": ", dont {}", "en": ", among them {}"}[language]
            lines.append(
                f"  - {way.label}, {roles}{colon} {count}"
                + (among.format(suite[0]) if suite else "")
                + "."
            )
    return "\n".join(lines)


def variants(language: str) -> str:
    """What one fact supposed otherwise would change."""
    rows = []
    for variant in the_case.VARIANTS:
        before, after = the_case.assessment(variant.story), the_case.varied(variant)
        told = _difference(before, after, language)
        opposed = len(after.contradictions) - len(before.contradictions)
        if opposed > 0:
            told.append(_WORDS[language]["contradicted"].format(opposed))
        text = _joined(language, told)
        rows.append((_SUPPOSED[variant.id][language], text or _WORDS[language]["nothing"]))
    return _table(_HEADS[language]["variant"], rows)


TABLES: Final[dict[str, Callable[[str], str]]] = {
    "options": options,
    "then": _effects(the_case.THEN),
    "now": _effects(the_case.NOW),
    "paths": paths,
    "unknowns": unknowns,
    "findings": findings,
    "between": between,
    "bound": bound,
    "frameworks": frameworks,
    "scenarios": scenarios,
    "ways": ways,
    "variants": variants,
}


@cache
def names(language: str) -> tuple[str, ...]:
    """The tables that the page has a place for, in its order."""
    return tuple(m[2] for m in _BLOCK.finditer(PAGES[language].read_text(encoding="utf-8")))


def main() -> None:
    """Write the tables into the pages."""
    for language, path in PAGES.items():
        path.write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
