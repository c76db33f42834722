"""A law or a jurisdiction, as `auditor catalogue show` prints it, in both languages."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from auditor.cli import options

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.law import Adequacy, Blocking, Jurisdiction, Law
    from auditor.model.text import Period, Provenance, Text


def of_law(law: Law, day: date) -> Iterator[str]:
    """The lines that show *law*, with its state on *day*."""
    yield from (law.name.fr, law.name.en, law.citation)
    yield from _basis(law.provenance, "")
    yield from _both(law.summary)
    yield from _headed("binds", law.binds)
    yield from _headed("secrecy", law.secrecy)
    yield from ("", "in time")
    now = law.on(day)
    for validity in law.validity:
        mark = f"  <- on {day}" if validity is now else ""
        yield f"  {_days(validity.period)}  {validity.force}{mark}"
        yield from _both(validity.note, "    ")
        yield from _basis(validity.provenance, "    ")
    yield from ("", "takes hold by" if law.reaches else "takes hold of no supplier by itself")
    for reach in law.reaches:
        point = "settled" if reach.settled else "NOT SETTLED"
        roles = f" ({', '.join(reach.roles)})" if reach.roles else ""
        yield f"  {reach.hook} of {', '.join(reach.relations)}: {', '.join(reach.effects)}{roles}"
        yield from _both(reach.why, f"    {point}: ")
    for heading, texts in (
        ("against it", law.counter_arguments),
        ("what answers it", tuple(item.scope for item in law.mitigations)),
    ):
        if texts:
            yield from ("", heading)
        for text in texts:
            yield from _both(text, "  - ")
    if law.cases:
        yield from ("", "applied")
    for case in law.cases:
        yield f"  {case.on or 'no day'}  {case.name}"
        yield from _both(case.what, "    ")
        yield from _basis(case.provenance, "    ")


def of_jurisdiction(jurisdiction: Jurisdiction, catalogue: Catalogue, day: date) -> Iterator[str]:
    """The lines that show *jurisdiction* on *day*, with what its legal spaces bring."""
    known = catalogue.jurisdictions
    spaces = [known[space] for space in jurisdiction.within]
    here = (jurisdiction, *spaces)
    yield f"{jurisdiction.name.fr} / {jurisdiction.name.en} ({jurisdiction.id})"
    yield from _basis(jurisdiction.provenance, "  ")
    yield f"  within: {', '.join(space.name.en for space in spaces) or 'no larger legal space'}"
    yield f"  domains: {' '.join('.' + domain for domain in jurisdiction.domains) or 'none'}"
    decisions = [(place, decision) for place in here for decision in place.adequacy]
    yield from ("", "held adequate" if decisions else "held adequate by nobody on record")
    for place, decision in decisions:
        yield from _decision(place, decision, known[decision.by], day, jurisdiction)
    if decisions:
        yield from _both(catalogue.words["adequacy.changes"])
        yield from _both(catalogue.words["adequacy.leaves"])
    statutes = [(place, statute) for place in here for statute in place.blocking]
    yield from (
        "",
        "against foreign orders" if statutes else "no law against foreign orders on record",
    )
    for place, statute in statutes:
        yield from _statute(place, statute, day, jurisdiction)
    yield from ("", "laws on record")
    for law in catalogue.laws.values():
        if law.jurisdiction in {place.id for place in here}:
            now = law.on(day)
            yield f"  {law.id:<28} {now.force if now else 'not-yet':<17} {law.short.en}"


def _decision(
    place: Jurisdiction, decision: Adequacy, by: Jurisdiction, day: date, shown: Jurisdiction
) -> Iterator[str]:
    contested = ", contested" if decision.contested else ""
    yield (
        f"  by {by.name.en}: {decision.decision}, {decision.scope}{contested}, "
        f"{_days(decision.period)}{_gone(decision.period, day)}{_through(place, shown)}"
    )
    yield from _both(decision.scope_note, "    ")
    yield from _basis(decision.provenance, "    ")


def _statute(
    place: Jurisdiction, statute: Blocking, day: date, shown: Jurisdiction
) -> Iterator[str]:
    yield f"  {statute.citation}{_through(place, shown)}"
    yield f"    {statute.name.fr} / {statute.name.en}"
    yield f"    {_days(statute.period)}{_gone(statute.period, day)}"
    yield from _both(statute.what, "    ")
    yield from _basis(statute.provenance, "    ")


def _through(place: Jurisdiction, shown: Jurisdiction) -> str:
    return "" if place.id == shown.id else f" ({place.name.en})"


def _days(period: Period) -> str:
    return f"{period.start or '…'} to {period.end or '…'}"


def _gone(period: Period, day: date) -> str:
    return "" if period.holds(day) else f" (not on {day})"


def _headed(heading: str, text: Text | None) -> Iterator[str]:
    if text is not None:
        yield from ("", heading)
        yield from _both(text)


def _both(text: Text | None, indent: str = "  ") -> Iterator[str]:
    """*text* in each language, wrapped; nothing when there is none."""
    if text is None:
        return
    rest = " " * len(indent)
    yield from _wrapped(text.fr, indent, rest)
    yield from _wrapped(text.en, rest, rest)


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text,
        options.width(),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _basis(provenance: Provenance, indent: str) -> Iterator[str]:
    mark = "" if provenance.verified else ", NOT VERIFIED"
    yield f"{indent}<{provenance.source}> read {provenance.checked}{mark}"
    if provenance.note:
        yield from _wrapped(f"note: {provenance.note}", indent, indent + "  ")
