"""The words for contradictions: all there, all filled, typeset as each language asks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditor import resources
from auditor.catalogue.catalogue import Catalogue
from auditor.errors import SourceError
from auditor.model.text import LANGUAGES
from tests import knowledge

TEXT = (resources.rules() / "contradictions.yaml").read_text("utf-8")
_AFTER_SPACE = re.compile(r"[^\u202f][;!?](?:\s|$)|[^\u00a0]:(?:\s|$)|«[^\u202f]|[^\u202f]»|'")
"""What French typography does not allow, as the report prints it."""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return knowledge.catalogue(tmp_path_factory.mktemp("rules"))


def test_french_is_typeset_as_french(catalogue: Catalogue) -> None:
    wrong = [
        f"{kind.id}: {text.fr}"
        for kind in catalogue.contradictions.values()
        for text in (kind.title, kind.one, kind.other, kind.question)
        if _AFTER_SPACE.search(text.fr)
    ]
    assert wrong == []


def test_no_article_leans_on_a_name(catalogue: Catalogue) -> None:
    """`de Infomaniak` is wrong, and `d’OVH` would be wrong of others."""
    texts = [t.fr for k in catalogue.contradictions.values() for t in (k.one, k.other, k.question)]
    assert [
        text
        for text in texts
        if re.search(r"\b(?:de|que) \{|\bl[ea] \{(?!day|ended)|[dlq]u?’\{", text)
    ] == []


def test_both_languages_fill_the_same_places(catalogue: Catalogue) -> None:
    for kind in catalogue.contradictions.values():
        for text in (kind.one, kind.other, kind.question):
            places = {
                frozenset(re.findall(r"\{(\w+)\}", text.in_language(each))) for each in LANGUAGES
            }
            assert len(places) == 1, kind.id


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: null-exchanger", "id: null-exchange", "did you mean 'null-exchanger'?"),
        ("id: certificate-decision", "id: certificate-dates", "'certificate-dates' stands here"),
        ("{patterns} (RFC 8461)", "{pattern} (RFC 8461)", "nobody fills {pattern} here"),
        ("between: [observed, observed]", "between: [observed]", "two sides are needed here"),
        ("mail.inbound: [dns.mx]", "mail.inbound: [dns.mxx]", "unknown mail.inbound 'dns.mxx'"),
        ("mail.mailbox: [mail.gateway]", "mail.mailboxes: [mail.gateway]", "'mail.mailboxes'"),
        ("level: to-check", "level: check", "unknown level 'check'"),
    ],
)
def test_a_mistake_in_the_file_is_shown(old: str, new: str, told: str, tmp_path: Path) -> None:
    assert old in TEXT

    with pytest.raises(SourceError) as mistake:
        knowledge.catalogue(tmp_path, contradictions=TEXT.replace(old, new, 1))

    assert told in str(mistake.value)
    assert "contradictions.yaml:" in str(mistake.value)


def test_a_kind_that_the_engine_looks_for_cannot_be_left_out(tmp_path: Path) -> None:
    start = TEXT.index("  - id: network-country")

    with pytest.raises(SourceError, match="the contradiction 'network-country' is missing"):
        knowledge.catalogue(tmp_path, contradictions=TEXT[:start])
