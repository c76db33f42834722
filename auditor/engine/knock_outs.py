"""Knock-out criteria on a bid: what is not established neither passes nor fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import assert_never

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.offer import Offer
from auditor.engine.scenarios import play
from auditor.engine.truth import Truth, every
from auditor.model.assessed import Placed, Span
from auditor.model.assessment import Assessment
from auditor.model.compared import Checked
from auditor.model.compared import Outcome as Standing
from auditor.model.footprint import Dependency
from auditor.model.framework import Item
from auditor.model.rule import Verdict
from auditor.model.scenario import Consequence, Outcome
from auditor.model.tender import (
    AnswersWith,
    HoldsQualification,
    KnockOut,
    MeetsRule,
    ReachesLevel,
    WithstandsScenario,
)
from auditor.model.text import Period, Text

_TRUTHS = {Verdict.PASS: True, Verdict.FAIL: False}


def check(
    knock_out: KnockOut,
    offer: Offer,
    catalogue: Catalogue,
    home: str,
    assess: Callable[[Catalogue], Assessment],
) -> Checked:
    """*knock_out* on *offer*, for a buyer of *home*.

    *assess* makes the assessment of the offer again with another catalogue.
    """
    match knock_out.test:
        case ReachesLevel():
            return _level(knock_out, knock_out.test, offer, catalogue)
        case AnswersWith():
            return _answer(knock_out, knock_out.test, offer)
        case MeetsRule(rule):
            return _rule(knock_out, rule, offer)
        case HoldsQualification():
            return _qualification(knock_out, knock_out.test, offer, catalogue)
        case WithstandsScenario(scenario):
            played = play(catalogue.scenarios[scenario], offer.assessment, catalogue, home, assess)
            return _scenario(
                knock_out,
                offer,
                [c for c in played.consequences if offer.has(c.dependency)],
                catalogue,
            )
        case _:
            assert_never(knock_out.test)


def _level(knock_out: KnockOut, test: ReachesLevel, offer: Offer, catalogue: Catalogue) -> Checked:
    scale = catalogue.frameworks[test.framework].levels
    proved: list[Truth] = []
    declared: list[Truth] = []
    because: list[Text] = []
    items: dict[str, Item] = {}
    for placed in offer.placed(test.framework):
        levels = placed.result.levels
        if test.group:
            found = [g.levels for g in placed.result.groups if g.group == test.group]
            if not found:
                continue
            levels = found[0]
        proved.append(_reaches(levels.proved, test.level, placed))
        declared.append(_reaches(levels.declared, test.level, placed))
        because.append(
            catalogue.words["offer.level"].format(
                party=placed.label,
                low=scale[levels.proved.low].label,
                high=scale[levels.proved.high].label,
            )
        )
        for answered in placed.result.answers:
            item = offer.item(test.framework, answered.item)
            if test.group and item.group != test.group:
                continue
            if max(item.choice(value).level for value in answered.declared) < test.level:
                because += [ground.says for ground in answered.grounds]
            elif min(item.choice(value).level for value in answered.proved) < test.level:
                items[item.id] = item
    holes = offer.missing(offer.holes_in(test.framework))
    odd = offer.contradicted(test.framework, test.group)
    checked = _checked(knock_out, proved, declared, because, [*odd], holes)
    return replace(
        checked, items=() if checked.outcome is Standing.FAILED else tuple(items.values())
    )


def _reaches(span: Span, least: int, placed: Placed) -> Truth:
    if span.low >= least:
        return True
    return False if span.high < least and not placed.doubtful else None


def _answer(knock_out: KnockOut, test: AnswersWith, offer: Offer) -> Checked:
    item = offer.item(test.framework, test.question)
    values = [choice.value for choice in item.choices]
    enough = values[values.index(test.at_least) :]
    proved: list[Truth] = []
    declared: list[Truth] = []
    because: list[Text] = []
    missing: list[Text] = []
    for placed in offer.placed(test.framework):
        for answered in placed.result.answers:
            if answered.item == item.id:
                proved.append(_within(answered.proved, enough, placed))
                declared.append(_within(answered.declared, enough, placed))
                because += [ground.says for ground in answered.grounds]
                missing += answered.missing
    holes = offer.missing(offer.holes_in(test.framework))
    return _checked(knock_out, proved, declared, because, missing, holes)


def _within(values: Iterable[str], enough: list[str], placed: Placed) -> Truth:
    hits = [value in enough for value in values]
    if all(hits):
        return True
    return None if any(hits) or placed.doubtful else False


def _rule(knock_out: KnockOut, rule: str, offer: Offer) -> Checked:
    truths: list[Truth] = []
    because: list[Text] = []
    missing: list[Text] = []
    for finding in offer.findings(rule):
        truths.append(_TRUTHS.get(finding.verdict))
        if finding.verdict is not Verdict.NOT_APPLICABLE:
            because.append(finding.says)
        missing += finding.missing
    return _checked(
        knock_out, truths, truths, because, missing, offer.missing(offer.holes_of(rule))
    )


def _qualification(
    knock_out: KnockOut, test: HoldsQualification, offer: Offer, catalogue: Catalogue
) -> Checked:
    proved: list[Truth] = []
    declared: list[Truth] = []
    missing: list[Text] = []
    names = [scheme.casefold() for scheme in test.schemes]
    for dependency in offer.services:
        known = dependency.offering and catalogue.offerings[dependency.offering]
        held = known.qualifications if known else ()
        # A qualification always ends: of one whose end was not read, a later day is not known.
        seen = any(
            q.scheme in test.schemes
            and q.provenance.verified
            and q.period.holds(test.on)
            and (q.period.end is not None or test.on <= offer.assessment.as_of)
            for q in held
        )
        said = any(
            certificate.scheme.casefold() in names and _lasts(certificate.period, test, offer)
            for service in offer.said(dependency)
            for certificate in service.certificates
        )
        sure = True if seen and not offer.doubtful(dependency) else None
        proved.append(sure)
        declared.append(True if sure or (said and not dependency.contradicted) else None)
        if not sure:
            phrase = catalogue.words["missing.certificate"]
            missing.append(phrase.format(party=dependency.label, what=", ".join(test.schemes)))
    return _checked(knock_out, proved, declared, [], missing, offer.missing(offer.holes))


def _lasts(period: Period, test: HoldsQualification, offer: Offer) -> bool:
    return period.holds(test.on) and (period.end is not None or test.on <= offer.assessment.as_of)


def _scenario(
    knock_out: KnockOut, offer: Offer, consequences: list[Consequence], catalogue: Catalogue
) -> Checked:
    truths: list[Truth] = []
    because: list[Text] = []
    missing: list[Text] = []
    for each in consequences:
        truths.append({Outcome.HIT: False, Outcome.SPARED: True}.get(each.outcome))
        missing += each.missing
        if each.outcome is Outcome.HIT:
            dependency = offer.dependency(each.dependency)
            laws = [catalogue.laws[law].short for law in each.laws]
            because.append(_hit(dependency, laws))
    return _checked(knock_out, truths, truths, because, missing, offer.missing(offer.holes))


def _hit(dependency: Dependency, laws: list[Text]) -> Text:
    """The service, and the laws by which it is hit when it takes any."""
    if not laws:
        return Text(dependency.label, dependency.label)
    return Text(
        fr=f"{dependency.label} ({', '.join(law.fr for law in laws)})",
        en=f"{dependency.label} ({', '.join(law.en for law in laws)})",
    )


def _checked(
    knock_out: KnockOut,
    proved: list[Truth],
    declared: list[Truth],
    because: list[Text],
    missing: list[Text],
    holes: tuple[Text, ...],
) -> Checked:
    """Nothing to judge is nothing established, and so is a role in which nothing is offered."""
    if holes or not proved:
        proved, declared = [*proved, None], [*declared, None]
    fails = every(proved) is False or every(declared) is False
    return Checked(
        knock_out,
        every(proved),
        every(declared),
        tuple(dict.fromkeys(because)),
        # Where one thing fails, what is not known of the others changes nothing.
        () if fails else tuple(dict.fromkeys((*holes, *missing))),
    )
