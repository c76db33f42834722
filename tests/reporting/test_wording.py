"""The auditor's own sentences: complete in both languages, and typeset as each asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from string import Formatter
from typing import Any

import pytest

from auditor import resources
from auditor.model.text import LANGUAGES, Text
from auditor.reporting.reading import Reading, inside
from auditor.reporting.wording import Wording, catalogue
from tests.reporting import sample

CALL = re.compile(r"""(?:say|_under)\(\s*"([a-z0-9.-]+)"(?=\s*[,)])""")
PREFIX = re.compile(r"""say\(\s*"([a-z0-9.-]+\.)"\s*~""")


def _texts(language: str) -> Iterator[tuple[str, str]]:
    for key, entry in catalogue().items():
        text = entry[language]
        yield from ((key, each) for each in ([text] if isinstance(text, str) else text.values()))


def _sources() -> str:
    package = resources.templates()
    templates = [path.read_text("utf-8") for path in package.rglob("*.j2")]
    code = [path.read_text("utf-8") for path in _auditor().rglob("*.py")]
    return "\n".join([*templates, *code])


def _auditor() -> Any:
    """All of it: the commands say some of the sentences too."""
    from importlib.resources import files

    return files("auditor")


def test_every_sentence_is_in_every_language() -> None:
    wrong = [key for key, entry in catalogue().items() if set(entry) != set(LANGUAGES)]
    assert wrong == []


def test_a_plural_is_plural_in_every_language() -> None:
    kinds = {key: {type(text) for text in entry.values()} for key, entry in catalogue().items()}
    assert [key for key, kind in kinds.items() if len(kind) > 1] == []


def test_placeholders_are_the_same_in_every_language() -> None:
    def placeholders(text: Any) -> set[str | None]:
        whole = text if isinstance(text, str) else text["other"]
        return {name for _, name, _, _ in Formatter().parse(whole) if name}

    wrong = [
        key
        for key, entry in catalogue().items()
        if len({frozenset(placeholders(t)) for t in entry.values()}) > 1
    ]
    assert wrong == []


def test_every_sentence_asked_for_exists() -> None:
    """A misspelt key would fail only on the page that prints it."""
    assert set(CALL.findall(_sources())) - set(catalogue()) == set()


def test_every_sentence_is_used() -> None:
    sources = _sources()
    prefixes = tuple(PREFIX.findall(sources))
    unused = [
        key
        for key in catalogue()
        if f'"{key}"' not in sources
        and not key.startswith(prefixes)
        and not _spelt_out(key, sources)
    ]
    assert unused == []


def _spelt_out(key: str, sources: str) -> bool:
    """Keys that code puts together: `f"summary.{level}"`."""
    parts = key.split(".")
    return any(f'"{".".join(parts[:end])}.{{' in sources for end in range(1, len(parts)))


@pytest.mark.parametrize(("key", "text"), list(_texts("fr")))
def test_french_is_typeset_as_french(key: str, text: str) -> None:
    """U+202F before ; ! ? and inside « », U+00A0 before the colon, no typewriter quotes."""
    assert not re.search(r"['\"]", text)
    assert not re.search(r"(?<!\u202f)[;!?](?!»)", text.replace("«\u202f?\u202f»", "")), text
    assert not re.search(r"(?<!\u00a0):", text)
    assert not re.search(r"«(?!\u202f)|(?<!\u202f)»", text)
    assert "..." not in text
    assert not re.search(r" [\u00a0\u202f]|[\u00a0\u202f] |  ", text)


@pytest.mark.parametrize(("key", "text"), list(_texts("en")))
def test_english_is_typeset_as_english(key: str, text: str) -> None:
    assert not re.search(r"['\"«»\u202f]|\.\.\.| [;:!?]|  ", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_report_calls_anything_unlawful_or_compliant(language: str) -> None:
    """That is for a court; the one sentence that says so may use the word."""
    found = [
        key
        for key, text in _texts(language)
        if re.search(r"conforme|illégal|illicite|compliant|illegal|unlawful", text, re.IGNORECASE)
    ]
    assert found == ["findings.intro"]


def test_the_first_of_the_month_is_le_premier() -> None:
    assert Wording("fr").day(date(2026, 11, 1)) == "1er\u00a0novembre 2026"
    assert Wording("fr").day(date(2026, 11, 11)) == "11\u00a0novembre 2026"


def test_numbers_are_grouped_as_the_language_does() -> None:
    assert Wording("fr").number(12345) == "12\u202f345"
    assert Wording("en").number(12345) == "12,345"


def test_nought_is_singular_in_french_alone() -> None:
    assert Wording("fr")("count.fail", 0) == "0 non satisfait"
    assert Wording("fr")("count.unknown", 2) == "2 non établis"


def test_a_moment_says_that_it_is_utc() -> None:
    moment = datetime(2026, 11, 23, 9, 5, 1, tzinfo=UTC)
    assert Wording("en").moment(moment) == "23\u00a0November 2026, 09:05:01\u00a0UTC"


def test_french_elides_before_a_name_and_ends_no_line_after_a_euphonic_t() -> None:
    reading = Reading(sample.assessment(), "fr")
    for rule, printed in {
        "les licences de Infomaniak": "les licences d’Infomaniak",
        "les licences de Microsoft": "les licences de Microsoft",
        "accède-t-on à a-t-on.example": "accède-t\u2011on à a-t-on.example",
    }.items():
        assert reading.text(Text(rule, rule)) == printed
    assert Reading(sample.assessment(), "en").text(Text("", "de Infomaniak")) == "de Infomaniak"


@pytest.mark.parametrize(
    ("label", "within"),
    [("L’éditeur", "l’éditeur"), ("A region", "a region"), ("DNS", "DNS"), ("Envoi", "envoi")],
)
def test_a_label_loses_its_capital_inside_a_sentence(label: str, within: str) -> None:
    assert inside(label) == within
