"""Read a file of waivers, and refuse what nobody could answer for."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date
from pathlib import Path

from auditor.catalogue.source import Entry, compose_text
from auditor.errors import Place, SourceError, SourceErrors
from auditor.model.waiver import EVERY, Decision, Waiver, Waivers


def waivers(content: bytes, file: Path, rules: Collection[str]) -> Waivers:
    """The waivers in *content*, which was read from *file*; *rules* are the ids there are.

    Raises:
        SourceError, SourceErrors: They are malformed, unjustified, or on a rule that is none.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(Place(file, line, 1), "not UTF-8") from None
    entry = compose_text(text, file)
    mistakes: list[SourceError] = []
    found: list[Waiver] = []
    for each in entry.entries("waivers", required=True):
        try:
            found.append(_waiver(each, rules))
        except SourceError as mistake:
            mistakes.append(mistake)
    entry.close()
    mistakes += _repeated(found)
    if len(mistakes) == 1:
        raise mistakes[0]
    if mistakes:
        raise SourceErrors(mistakes)
    return Waivers(hashlib.sha256(content).hexdigest(), tuple(found))


def _waiver(entry: Entry, rules: Collection[str]) -> Waiver:
    waiver = Waiver(
        id=_filled(entry, "id"),
        rule=entry.word("rule", rules),
        subject=_subject(entry),
        decision=entry.member("decision", Decision),
        justification=_filled(entry, "justification"),
        approved_by=_filled(entry, "approved_by"),
        approved_on=_day(entry, "approved_on"),
        expires_on=_day(entry, "expires_on"),
        evidence=entry.words("evidence"),
        place=entry.place,
    )
    entry.close()
    if waiver.expires_on < waiver.approved_on:
        raise SourceError(entry.place_of("expires_on"), "it expires before it is approved")
    return waiver


def _filled(entry: Entry, key: str) -> str:
    text = entry.string(key).strip()
    if not any(character.isalnum() for character in text):
        raise SourceError(entry.place_of(key), f"'{key}' says nothing")
    return text


def _subject(entry: Entry) -> str:
    subject = _filled(entry, "subject") if entry.string("subject") != EVERY else EVERY
    if subject != EVERY and EVERY in subject:
        raise SourceError(
            entry.place_of("subject"),
            "a subject is written out as the report prints it; '*' alone stands for all of a rule",
        )
    return subject


def _day(entry: Entry, key: str) -> date:
    entry.string(key)
    day = entry.day(key)
    if day is None:
        raise SourceError(entry.place, f"'{key}' is missing")
    return day


def _repeated(waivers: list[Waiver]) -> list[SourceError]:
    """A mistake for each id that stands twice, and for each thing that is waived twice."""
    mistakes = []
    ids: set[str] = set()
    waived: dict[tuple[str, str], str] = {}
    for waiver in waivers:
        if waiver.id in ids:
            mistakes.append(SourceError(waiver.place, f"'{waiver.id}' stands here twice"))
        ids.add(waiver.id)
        key = (waiver.rule, waiver.subject)
        if key in waived:
            message = f"'{waiver.id}' waives what '{waived[key]}' waives already"
            mistakes.append(SourceError(waiver.place, message))
        waived.setdefault(key, waiver.id)
    return mistakes
