"""The places of a contradiction's sentences, filled: names, lists, days, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from auditor.model.text import LANGUAGES, Period, Provenance, Text

_LOCALES = {"en": "en_GB"}
_MOST_NAMED = 5
_NO_BREAK = "\u00a0"


class Stating:
    """Puts into words, in each language, what the sentences leave open."""

    def __init__(self, words: Mapping[str, Text]) -> None:
        self._words = words

    def __call__(self, word: str) -> Text:
        """The label of *word*."""
        return self._words[word]

    def listing(self, items: Sequence[Text | str], nobody: str = "join.nobody") -> Text:
        """`a, b and c`; the label of *nobody* when there is none."""
        if not items:
            return self._words[nobody]
        return Text(**{language: self._list(items, language) for language in LANGUAGES})

    def day(self, day: date) -> Text:
        """`1er janvier 2026`, `1 January 2026`, kept on one line up to the month."""
        # Loaded where there is something to say: most audits hold no contradiction.
        from babel.dates import format_date

        days = {
            language: str(format_date(day, "d MMMM y", locale=_LOCALES.get(language, language)))
            for language in LANGUAGES
        }
        if day.day == 1:
            days["fr"] = days["fr"].replace("1 ", "1er ", 1)
        return Text(**{name: text.replace(" ", _NO_BREAK, 1) for name, text in days.items()})

    def period(self, period: Period) -> Text:
        """`from … to …`, with what of it is known."""
        which = {
            (True, True): "both",
            (True, False): "start",
            (False, True): "end",
            (False, False): "none",
        }[period.start is not None, period.end is not None]
        days = {"start": period.start, "end": period.end}
        return self._words[f"period.{which}"].format(
            **{name: self.day(day) for name, day in days.items() if day}
        )

    def source(self, provenance: Provenance) -> Text:
        """Where a statement was read, and when."""
        return self._words["contradiction.source"].format(
            source=provenance.source, checked=self.day(provenance.checked)
        )

    def _list(self, items: Sequence[Text | str], language: str) -> str:
        names = [i.in_language(language) if isinstance(i, Text) else i for i in items]
        names = list(dict.fromkeys(names))
        if (more := len(names) - _MOST_NAMED) > 1:
            rest = self._words["join.more"].in_language(language).format(number=more)
            names = [*names[:_MOST_NAMED], rest]
        last = f" {self._words['join.and'].in_language(language)} "
        return last.join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
