"""The HTML twin: it stands alone, and runs nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from auditor import reporting
from tests.reporting import sample

VOID = {"meta", "br", "link", "img", "hr", "input", "rect", "path", "polyline", "polygon"}


class _Outline(HTMLParser):
    """Checks that tags close, and keeps ids, links, headings and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.headings: list[int] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a":
            self.links.append(str(values["href"]))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _page(language: str = "fr") -> str:
    return reporting.render("html", sample.assessment(), language).decode("utf-8")


def _outline() -> _Outline:
    outline = _Outline()
    outline.feed(_page())
    return outline


def test_tags_close_in_order() -> None:
    assert _outline().open == []


def test_nothing_is_fetched_and_nothing_runs() -> None:
    outline = _outline()
    assert not {"script", "link", "iframe", "object", "img", "form"} & set(outline.tags)
    assert not [name for name in outline.attributes if name.startswith("on") or name == "src"]
    assert not re.search(r"@import|url\((?!data:)", _page())


def test_what_the_network_wrote_stays_text() -> None:
    page = _page()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "[U+202E]" in page


def test_every_link_inside_has_a_target_and_ids_are_unique() -> None:
    outline = _outline()
    assert len(outline.ids) == len(set(outline.ids))
    inside = {link[1:] for link in outline.links if link.startswith("#")}
    assert inside <= set(outline.ids)


def test_links_outside_are_secure_and_from_the_catalogue() -> None:
    """Evidence is never made a link: it would lead where the audited party likes."""
    outside = {link for link in _outline().links if not link.startswith("#")}
    assert {link.split("/")[2] for link in outside} == {"droit.example", "registre.example"}


def test_headings_never_skip_a_level() -> None:
    levels = _outline().headings
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("language", "label"), [("fr", "Boîtes aux lettres"), ("en", "Mailboxes")])
def test_each_language_has_its_own_document(language: str, label: str) -> None:
    page = _page(language)
    assert f'<html lang="{language}">' in page
    assert label in page


def test_french_pages_are_typeset_as_french() -> None:
    """The sentences put together keep the spaces of their parts; evidence is left as it came."""
    page = _page()
    for evidence in (
        r"<style>.*?</style>",
        r'<(span|td|th)[^>]* class="(?:mono|note)">.*?</\1>',
        r'<ul class="exchanges">.*?</ul>',
        r'<p class="asked">.*?</p>',
    ):
        page = re.sub(evidence, "", page, flags=re.DOTALL)
    page = re.sub(r"\b[DIA]\?|&#819[45];", "", page)
    lines = re.sub(r"<[^>]+>", "\n", page).splitlines()
    assert [line for line in lines if re.search(r"[\w)»][;!?:](?:\s|$)|[ ][;:!?»]|« ", line)] == []
