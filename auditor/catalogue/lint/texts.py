"""Texts: the typography of French, the words a report may not use, and what a clause must say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.catalogue.lint.remark import Remark, error, warning
from auditor.catalogue.lint.written import Written, WrittenText

_NARROW, _NO_BREAK = "\u202f", "\u00a0"
_TYPOGRAPHY = (
    (
        re.compile(rf"(?<!{_NARROW})[;!?](?=\s|$|[»)])"),
        "a narrow no-break space (U+202F) belongs before '{found}'",
    ),
    (
        re.compile(rf"(?<!{_NO_BREAK}):(?=\s|$)"),
        "a no-break space (U+00A0) belongs before ':'",
    ),
    (re.compile(rf"«(?!{_NARROW})"), "a narrow no-break space (U+202F) belongs after '«'"),
    (re.compile(rf"(?<!{_NARROW})»"), "a narrow no-break space (U+202F) belongs before '»'"),
    (re.compile(r"(?<=\w)'(?=\w)"), "the apostrophe is ’ (U+2019)"),
    (re.compile(r'"'), "quotation marks are « » in French"),
)
_VERDICTS = {
    "fr": re.compile(
        r"\b(?:non[- ])?conformes?\b|\bconformité\b|\bill[ée]ga\w*|\billicit\w*", re.IGNORECASE
    ),
    "en": re.compile(r"\b(?:non-?)?complian(?:t|ce)\b|\billegal\w*|\bunlawful\w*", re.IGNORECASE),
}
"""What only a court may say."""
_EQUIVALENT = {
    "fr": re.compile(r"\bou\b[^.;]{0,40}\béquivalent", re.IGNORECASE),
    "en": re.compile(r"\bor\b[^.;]{0,40}\bequivalent", re.IGNORECASE),
}
_WORDS = {"fr": "'ou équivalent'", "en": "'or equivalent'"}
_CLAUSE = "clause"


def texts(written: Written) -> Iterator[Remark]:
    """What is to be said of the texts."""
    for text in written.texts():
        yield from _typeset(text)
        yield from _judging(text)
        if text.folder == "criteria" and text.path[-1:] == (_CLAUSE,):
            yield from _functional(text)


def _typeset(text: WrittenText) -> Iterator[Remark]:
    french = text.by_language["fr"].value
    for pattern, message in _TYPOGRAPHY:
        for found in pattern.finditer(french):
            near = french[max(0, found.start() - 12) : found.end() + 6].strip()
            place = text.place("fr", found.start())
            yield error(place, f"{message.format(found=found[0])}, in '{near}'")


def _judging(text: WrittenText) -> Iterator[Remark]:
    # A law may have to say of what it punishes that it is; a criterion never has.
    say = warning if text.folder in ("laws", "jurisdictions", "frameworks") else error
    for language, pattern in _VERDICTS.items():
        for found in pattern.finditer(text.by_language[language].value):
            yield say(
                text.place(language, found.start()),
                f"'{found[0]}' is for a court to say; state what can be ordered, and by whom",
            )


def _functional(text: WrittenText) -> Iterator[Remark]:
    without = [
        _WORDS[language]
        for language, pattern in _EQUIVALENT.items()
        if not pattern.search(text.by_language[language].value)
    ]
    if without:
        yield warning(
            text.place("fr"),
            f"the clause does not say {' nor '.join(without)}; it must when it names a label, "
            "a standard or a product",
        )
