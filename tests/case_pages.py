"""The tables of `docs/the-case.md` and `docs/the-case.en.md`, as the engine makes them.

python -m tests.case_pages     writes them anew into the two pages (`make docs`); read the diff

A page is prose with tables between `<!-- table NAME -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Final

from auditor.model.assessed import FrameworkResult
from auditor.model.assessment import Exposure, State
from auditor.model.law import Effect
from auditor.model.scenario import Outcome
from auditor.reporting.chains import doubts
from auditor.reporting.reading import NEAR, Reading, distinct
from tests import the_case
from tests.case_changes import (
    COUNTED,
    ROLES,
    bound_in_words,
    colon,
    difference,
    foreign,
    joined,
    laws_between,
    met,
    verdicts,
)
from tests.case_words import HEADS, SUPPOSED, WORDS
from tests.checkout import ROOT

PAGES: Final = {"fr": ROOT / "docs" / "the-case.md", "en": ROOT / "docs" / "the-case.en.md"}

_BLOCK: Final = re.compile(r"(<!-- table ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

_GRADED: Final = "eu-csf"


def page(language: str) -> str:
    """The page in *language*, its tables made anew.

    Raises:
        KeyError: The page has a place for a table that nobody makes.
    """
    text = PAGES[language].read_text(encoding="utf-8")
    return _BLOCK.sub(lambda m: m[1] + TABLES[m[2]](language) + "\n" + m[3], text)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [_row(head := tuple(head)), _row("---" for _ in head), *map(_row, rows)]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _columns(language: str, first: str) -> tuple[str, ...]:
    head = HEADS[language]
    return (str(head[first]), *head["columns"])


def _plural(language: str, number: int) -> str:
    return WORDS[language]["law" if number == 1 else "laws"].format(number)


def options(language: str) -> str:
    """Who stands behind each option."""
    known = the_case.catalogue()
    rows = []
    for story, name in zip(the_case.OPTIONS, HEADS[language]["columns"], strict=True):
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
                ", ".join(technology) or WORDS[language]["unknown"],
                ", ".join(d.label for d in host) or WORDS[language]["unknown"],
            )
        )
    return _table(HEADS[language]["options"], rows)


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
        own = (str(HEADS[language]["own"]), *map(_own, readings))
        return _table(_columns(language, "effect"), [*rows, own])

    return table


def _effect(reading: Reading, effect: Effect) -> str:
    words = WORDS[reading.language]
    certain = foreign(reading.assessment, effect, State.REACHED)
    names = distinct(reading.law(x.grasp.law) for x in certain)
    open_ = distinct(x.grasp.law for x in foreign(reading.assessment, effect, State.UNKNOWN))
    still = [law for law in open_ if reading.law(law) not in names]
    told = [f"**{words['reached']}**{colon(reading.language)} {', '.join(names)}"] if names else []
    if still:
        told.append(
            f"{words['unknown']}{colon(reading.language)} {_plural(reading.language, len(still))}"
        )
    return joined(reading.language, told) or words["silent"]


def _own(reading: Reading) -> str:
    laws = distinct(
        reading.law(x.grasp.law)
        for x in reading.assessment.exposures
        if x.role in ROLES and x.standing in NEAR and x.grasp.state is State.REACHED
    )
    return ", ".join(laws)


def paths(language: str) -> str:
    """Each established path to a law from outside the Union, and all that speaks against it."""
    words, lines = WORDS[language], []
    for story, name in zip(the_case.OPTIONS, HEADS[language]["columns"], strict=True):
        reading = the_case.reading(story, language)
        ways: dict[tuple[str, Effect], list[str]] = {}
        for effect in Effect:
            for x in foreign(reading.assessment, effect, State.REACHED):
                why = reading.text(x.grasp.why) if x.grasp.why else ""
                way = f"{_way(reading, x)}{colon(language)} {why}"
                ways.setdefault((x.grasp.law, effect), []).append(way)
        none = "" if ways else f"{colon(language)} {words['no-path']}."
        lines.append(f"- **{name}**{none}")
        for (law, effect), found in ways.items():
            known = the_case.catalogue().laws[law]
            done = reading.word("effect", effect.value).lower()
            lines.append(f"  - {reading.law(law)}, {done} ({known.citation})")
            lines += [f"    - {way}." for way in distinct(found)]
            lines += [
                f"    - *{words['against']}{colon(language)} {reading.text(each)}*"
                for each in known.counter_arguments
            ]
    return "\n".join(lines)


def _way(reading: Reading, exposure: Exposure) -> str:
    """The parties from the operator to whom the law takes hold of, each with what it is."""
    return " → ".join(
        f"{step.name} ({reading.word('relation', step.relation)}, {reading.country(step.country)})"
        for step in exposure.grasp.path
    )


def unknowns(language: str) -> str:
    """What would have to be known, and how many laws from outside hang on it."""
    lines = []
    for story, name in zip(the_case.OPTIONS, HEADS[language]["columns"], strict=True):
        reading = the_case.reading(story, language)
        # All of them: a page for both sides may not hide what is not known.
        found, _ = doubts(reading, sys.maxsize)
        lines.append(f"- **{name}**")
        lines += [f"  - {each.missing} ({_plural(language, len(each.laws))})" for each in found]
    return "\n".join(lines)


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
    lines = []
    for story, name in zip(the_case.OPTIONS, HEADS[language]["columns"], strict=True):
        then, now = the_case.assessment(story, the_case.THEN), the_case.assessment(story)
        changed = (*laws_between(then, now, language), *difference(then, now, language))
        told = joined(language, changed)
        lines.append(f"- **{name}**{colon(language)} {told or WORDS[language]['nothing']}.")
    return "\n".join(lines)


def frameworks(language: str) -> str:
    """Whom each framework binds, and what the services are known to meet."""
    readings = [the_case.reading(story, language) for story in the_case.OPTIONS]
    rows = []
    for results in zip(*(r.assessment.frameworks for r in readings), strict=True):
        framework = results[0].framework
        name = f"{readings[0].text(framework.short)} ({bound_in_words(results[0], language)})"
        if framework.id in COUNTED:
            cells = [met(result, language) for result in results]
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
    lines = []
    for result in reading.assessment.frameworks:
        missing = [reading.text(text) for text in result.missing]
        why = f" ({joined(language, missing)})"
        told = f"{reading.text(result.framework.short)}{colon(language)}"
        binding = bound_in_words(result, language)
        lines.append(f"- {told} **{binding}**" + (why if missing else ""))
    return "\n".join(lines)


def scenarios(language: str) -> str:
    """What each scenario would do to the services of each option."""
    readings = [the_case.reading(story, language) for story in the_case.OPTIONS]
    words = WORDS[language]
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
    words = WORDS[language]
    lines = []
    for story, name in zip(the_case.OPTIONS, HEADS[language]["columns"], strict=True):
        reading, plan = the_case.reading(story, language), the_case.plan(story)
        if not plan.ways:
            lines.append(f"- **{name}**{colon(language)} {words['none']}.")
            continue
        lines.append(f"- **{name}**")
        for way in plan.ways:
            roles = ", ".join(reading.role(role).lower() for role in way.roles)
            open_ = sum(bool(each.unexamined) for each in way.alternatives)
            clear = len(way.alternatives) - open_
            count = words["other" if clear == 1 else "others"].format(clear)
            suite = [a.name for a in way.alternatives if a.offering == "twake"]
            among = {"fr": ", dont {}", "en": ", among them {}"}[language]
            lines.append(
                f"  - {way.label}, {roles}{colon(language)} {count}"
                + (among.format(suite[0]) if suite else "")
                + (words["unexamined"].format(open_) if open_ else "")
                + "."
            )
    return "\n".join(lines)


def variants(language: str) -> str:
    """What one fact supposed otherwise would change."""
    rows = []
    for variant in the_case.VARIANTS:
        before, after = the_case.assessment(variant.story), the_case.varied(variant)
        told = difference(before, after, language)
        opposed = len(after.contradictions) - len(before.contradictions)
        if opposed > 0:
            told.append(WORDS[language]["contradicted"].format(opposed))
        text = joined(language, told)
        rows.append((SUPPOSED[variant.id][language], text or WORDS[language]["nothing"]))
    return _table(HEADS[language]["variant"], rows)


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
