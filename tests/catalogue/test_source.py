"""Mistakes in YAML are told with their place and their likely cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.catalogue.source import compose, compose_text
from auditor.errors import SourceError

FILE = Path("some.yaml")


def refusal(content: str, *keys: str) -> str:
    """What is said of *content* when *keys* are read from it and the rest is not expected."""

    def read() -> None:
        entry = compose_text(content, FILE)
        for key in keys:
            entry.string(key)
        entry.close()

    with pytest.raises(SourceError) as caught:
        read()
    return str(caught.value)


def test_a_misspelt_key_is_recognised() -> None:
    said = refusal("id: a\nseverty: high\n", "id", "severity")
    assert said == "some.yaml:2:1: 'severity' is missing; is that what 'severty' means?"


def test_a_key_nobody_reads_is_a_mistake() -> None:
    assert (
        refusal("id: a\nidd: b\n", "id") == "some.yaml:2:1: unknown key 'idd'; did you mean 'id'?"
    )


def test_a_key_twice_is_a_mistake() -> None:
    assert refusal("id: a\nid: b\n") == "some.yaml:2:1: 'id' stands here twice"


def test_norway_is_a_country() -> None:
    """PyYAML would read `no` as false; a country code is what was written."""
    assert compose_text("within: [FR, NO, SE]", FILE).words("within") == ("FR", "NO", "SE")


def test_a_version_number_keeps_its_zero() -> None:
    assert compose_text("version: 1.10", FILE).string("version") == "1.10"


def test_a_word_outside_the_vocabulary_names_the_nearest() -> None:
    entry = compose_text("force: in-forse", FILE)
    with pytest.raises(SourceError, match="unknown force 'in-forse'; did you mean 'in-force'"):
        entry.word("force", ("in-force", "lapsed"))


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(SourceError, match=r"some.yaml:1:10: 'checked' must be a day"):
        compose_text("checked: 2026-02-30", FILE).day("checked")


def test_a_period_runs_forwards() -> None:
    with pytest.raises(SourceError, match="'to' lies before 'from'"):
        compose_text("{from: 2026-02-01, to: 2026-01-01}", FILE).period()


def test_a_text_needs_every_language() -> None:
    with pytest.raises(SourceError, match="'en' is missing"):
        compose_text("name: {fr: Nom}", FILE).text("name")


@pytest.mark.parametrize("content", ["a: [", "- a", "", "a: 'b", "\t- x"])
def test_what_is_no_mapping_is_refused_with_a_place(content: str) -> None:
    with pytest.raises(SourceError, match=r"^some\.yaml:\d+:\d+: "):
        compose_text(content, FILE)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "latin.yaml"
    file.write_bytes("name: Évry".encode("latin-1"))
    with pytest.raises(SourceError, match="not UTF-8"):
        compose(file)


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_key_with_nothing_behind_it_is_missing(nothing: str) -> None:
    entry = compose_text(f"seat: {nothing}\nname: '~'", FILE)
    assert (entry.optional("seat"), entry.has("seat"), entry.string("name")) == (None, False, "~")
