"""Texts in the languages of our readers, and where a statement comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Text(NamedTuple):
    """One text in every language the auditor speaks."""

    fr: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in *language*, one of `LANGUAGES`."""
        text: str = getattr(self, language)
        return text

    def format(self, **values: Text | str) -> Text:
        """Fill `{placeholders}` in each language with *values*."""
        texts = {name: value for name, value in values.items() if isinstance(value, Text)}
        if not texts:
            return Text(*[self.in_language(each).format_map(values) for each in LANGUAGES])
        return Text(
            *[
                self.in_language(language).format_map(
                    values | {name: text.in_language(language) for name, text in texts.items()}
                )
                for language in LANGUAGES
            ]
        )


LANGUAGES: tuple[str, ...] = Text._fields


class Sentence(NamedTuple):
    """What is said of any organisation alike, until it is asked about one.

    Attributes:
        text: The sentence, with `{placeholders}`.
        values: By placeholder, all but the organisation's domain; None when there are none,
            so that braces are braces.
    """

    text: Text
    values: tuple[tuple[str, Text | str], ...] | None = None

    def about(self, domain: str) -> Text:
        """The sentence about *domain*."""
        if self.values is None:
            return self.text
        return self.text.format(domain=domain, **dict(self.values))


@dataclass(frozen=True, slots=True)
class Provenance:
    """Why we believe a statement.

    Attributes:
        source: URL or citation.
        checked: The day somebody last read the source.
        verified: False for a statement from memory or from a source that does
            not say all of it.  Such a statement is shown as such, and cannot
            decide a verdict alone.
        note: What the source leaves open; empty when nothing.
    """

    source: str
    checked: date
    verified: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends included; None is open.

    Attributes:
        start: First day.
        end: Last day.
    """

    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether *day* lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)
