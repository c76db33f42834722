"""The auditor's own sentences, dates and numbers, in the reader's language.

Sentences stand side by side in `reports/templates/wording.yaml`, written with the
spaces and quotation marks of their language; nothing here rewrites them.  What
is filled in is written by Babel (Unicode CLDR).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from auditor import resources
from auditor.kept import Shelf

_SHELF = Shelf("wording-*.json", most=4)
"""JSON is read twenty times as fast as YAML."""

NO_BREAK = "\u00a0"
_LOCALES = {"en": "en_GB"}
"""Where the language alone would pick another country’s dates."""


@cache
def catalogue() -> Mapping[str, Mapping[str, Any]]:
    """Every sentence: key → language → text, or → {one, other} where a number decides."""
    content = (resources.templates() / "wording.yaml").read_bytes()
    key = hashlib.sha256(content).hexdigest()
    kept = _SHELF.read(key)
    entries: dict[str, dict[str, Any]]
    if kept is not None:
        entries = json.loads(bytes(kept))
    else:
        entries = yaml.load(content, Loader=yaml.CSafeLoader)
        _SHELF.write(key, json.dumps(entries).encode())
    return entries


class Wording:
    """The sentences of one language.

    Attributes:
        language: One of `LANGUAGES`.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale.parse(_LOCALES.get(language, language))

    def __call__(self, key: str, number: int | None = None, **values: str) -> str:
        """The sentence *key*, its placeholders filled.

        *number* chooses between singular and plural and fills `{number}`.

        Raises:
            KeyError: There is no such sentence, or a placeholder is not filled.
        """
        text = catalogue()[key][self.language]
        if number is not None:
            if not isinstance(text, str):
                text = text["one" if self._singular(number) else "other"]
            values = {**values, "number": self.number(number)}
        return str(text).format_map(values) if values else str(text)

    def _singular(self, number: int) -> bool:
        return str(self._locale.plural_form(number)) == "one"

    def number(self, number: float) -> str:
        """`1 234` with the separator of the language."""
        return str(format_decimal(number, locale=self._locale))

    def amount(self, amount: Decimal, currency: str) -> str:
        """`12 345,50 €`; *currency* as in ISO 4217."""
        return str(format_currency(amount, currency, locale=self._locale))

    def day(self, day: date) -> str:
        """`1er novembre 2026`, kept on one line up to the month."""
        text = str(format_date(day, "long", locale=self._locale))
        if self.language == "fr" and day.day == 1:
            text = text.replace("1 ", "1er ", 1)
        return text.replace(" ", NO_BREAK, 1)

    def moment(self, moment: datetime) -> str:
        """The day, and the time in UTC to the second."""
        time = format_time(moment, "HH:mm:ss", locale=self._locale)
        return f"{self.day(moment.date())}, {time}{NO_BREAK}UTC"

    def listing(self, items: Iterable[str]) -> str:
        """`a, b et c`."""
        return str(format_list(list(items), locale=self._locale))

    def country(self, code: str) -> str:
        """The name of a country that the catalogue does not describe; its code if nobody does."""
        return str(self._locale.territories.get(code, code))
