"""The HTML twin in a real browser: readable, reachable, printable, and the same as the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from auditor import reporting
from tests.reporting import browser, sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

LEAST = 4.5
"""Contrast of text and ground, WCAG 2.2, 1.4.3."""

CONTRAST = """() => {
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const channel = v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const ratio = (a, b) => {
    const [hi, lo] = [light(a), light(b)].sort((x, y) => y - x);
    return (hi + .05) / (lo + .05);
  };
  const ground = element => {
    for (let each = element; each; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
      if (colour[3] > 0) throw new Error('a ground that shines through: ' + each.className);
    }
    return [255, 255, 255];
  };
  const beneath = text => {
    const [x, y] = [text.x.baseVal[0].value, text.y.baseVal[0].value];
    let found = ground(text.closest('div, td, span'));
    for (const rect of text.parentNode.querySelectorAll('rect')) {
      if (!(rect.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
      const [a, b] = [rect.x.baseVal.value, rect.y.baseVal.value];
      const [w, h] = [rect.width.baseVal.value, rect.height.baseVal.value];
      if (a <= x && x <= a + w && b <= y && y <= b + h)
        found = parse(getComputedStyle(rect).fill);
    }
    return found;
  };
  const told = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest('title, style')) continue;
    const drawn = element.namespaceURI.endsWith('svg');
    const style = getComputedStyle(element);
    const value = drawn
      ? ratio(parse(style.fill), beneath(element))
      : ratio(parse(style.color), ground(element));
    const name = element.tagName + '.' + element.getAttribute('class') + ' in ' +
      element.parentElement.getAttribute('class');
    told[name] = Math.min(told[name] ?? 99, value);
  }
  return told;
}"""

FOCUSABLE = "document.querySelectorAll('a[href], [tabindex=\"0\"]').length"
FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    place: [...document.querySelectorAll('a[href], [tabindex="0"]')].indexOf(element),
    ringed: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    shown: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0 &&
      box.top < innerHeight && box.left < innerWidth,
    name: element.getAttribute('aria-label') || element.textContent.trim(),
  };
}"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    directory = tmp_path_factory.mktemp("twins")
    files = {}
    for language in ("fr", "en"):
        files[language] = directory / reporting.file_name("html", language)
        files[language].write_bytes(reporting.render("html", sample.assessment(), language))
    return files


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser.started() as running:
        yield running


def test_the_page_asks_for_nothing(chromium: Browser, reports: dict[str, Path]) -> None:
    page, asked = browser.opened(chromium, reports["fr"], 1100)
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert [url for url in asked if not url.startswith("data:")] == [reports["fr"].as_uri()]
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("[...document.fonts].some(face => face.status === 'loaded')")
    page.close()


@pytest.mark.parametrize("width", [320, 768, 1400])
def test_the_page_never_scrolls_sideways(
    width: int, chromium: Browser, reports: dict[str, Path]
) -> None:
    """What is wider than the screen scrolls in a frame of its own (WCAG 2.2, 1.4.10)."""
    page, _ = browser.opened(chromium, reports["fr"], width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_text_stands_out_from_its_ground(chromium: Browser, reports: dict[str, Path]) -> None:
    page, _ = browser.opened(chromium, reports["fr"], 1100)
    told = page.evaluate(CONTRAST)
    page.close()
    assert len(told) > 40
    assert {name: round(value, 2) for name, value in told.items() if value < LEAST} == {}


def test_the_contrast_test_sees_pale_text(chromium: Browser, reports: dict[str, Path]) -> None:
    """Were it blind, the test above would pass on anything."""
    page, _ = browser.opened(chromium, reports["fr"], 1100)
    page.add_style_tag(content=".note { color: #9aa3ad } svg text { fill: #c9d0d8 }")
    pale = [name for name, value in page.evaluate(CONTRAST).items() if value < LEAST]
    page.close()
    assert any(".note" in name for name in pale)
    assert any(name.startswith("text") for name in pale)


def test_a_keyboard_reaches_everything_and_leaves_again(
    chromium: Browser, reports: dict[str, Path]
) -> None:
    page, _ = browser.opened(chromium, reports["fr"], 1100)
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    assert first["name"] == "Aller à la synthèse"
    assert first["shown"], "the skip link must show when it has the focus"
    visited = [first]
    for _ in range(page.evaluate(FOCUSABLE)):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        visited.append(focused)
    page.close()
    assert [each["place"] for each in visited] == list(range(len(visited)))
    assert focused is None, "the focus never left the page"
    assert [each["name"] for each in visited if not (each["ringed"] and each["shown"])] == []
    assert all(each["name"] for each in visited)


def test_the_skip_link_leads_to_the_summary(chromium: Browser, reports: dict[str, Path]) -> None:
    page, _ = browser.opened(chromium, reports["fr"], 1100)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#summary"
    top = page.evaluate("document.getElementById('summary').getBoundingClientRect().top")
    page.close()
    assert abs(top) < 900


def test_a_wide_table_scrolls_by_keyboard(chromium: Browser, reports: dict[str, Path]) -> None:
    page, _ = browser.opened(chromium, reports["fr"], 320)
    frame = page.locator("#matrix .frame").first
    frame.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('#matrix .frame').scrollLeft > 0")
    page.close()


def test_it_prints_whole(chromium: Browser, reports: dict[str, Path]) -> None:
    """On the width of A4 between margins nothing is cut, and nothing is left in a scroll frame."""
    page, _ = browser.opened(chromium, reports["fr"], 690)
    page.emulate_media(media="print")
    cut = page.evaluate(
        "[...document.querySelectorAll('.frame, .figure, body')]"
        ".filter(e => e.scrollWidth > 691).map(e => e.getAttribute('aria-label'))"
    )
    hidden = page.evaluate("getComputedStyle(document.querySelector('.skip')).display")
    page.close()
    assert cut == []
    assert hidden == "none"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_says_all_that_the_pdf_says(
    language: str, chromium: Browser, reports: dict[str, Path]
) -> None:
    """Every line of every paragraph, cell and drawing of the PDF stands in the HTML."""
    page, _ = browser.opened(chromium, reports[language], 1100)
    whole = _bare(page.evaluate("document.body.textContent"))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    tables = page.evaluate(
        "[...document.querySelectorAll('table')].map(t => t.tHead.rows[0].textContent)"
    )
    page.close()
    pdf = pypdfium2.PdfDocument(reporting.render("pdf", sample.assessment(), language))
    printed = [list(_texts(sheet)) for sheet in pdf]
    running = _running(printed)
    lines = [line for sheet in printed for line in sheet if _bare(line) not in running]
    assert len(lines) > 500
    assert [line for line in lines if not _stands(line, whole)] == []
    assert {finding.id for finding in sample.FINDINGS} <= set(ids)
    paper = _bare("".join(lines))
    assert [head for head in tables if _bare(head) not in paper] == []


def _texts(sheet: pypdfium2.PdfPage) -> Iterator[str]:
    """The texts of a page as they were set: each is within one line of one box."""
    page = sheet.get_textpage()
    for each in sheet.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_TEXT,), textpage=page):
        if text := each.extract().strip():
            yield text


def _running(printed: list[list[str]]) -> set[str]:
    """What stands on most pages is no part of the text; nor are the page numbers."""
    count = len(printed)
    heads = [_bare(line) for sheet in printed for line in (*sheet[:8], *sheet[-8:])]
    numbers = {_bare(f"{page} / {count}") for page in range(1, count + 1)}
    return {line for line in heads if heads.count(line) > count / 2} | numbers


def _stands(line: str, whole: str) -> bool:
    """Whether *line* is in the text, its list marker aside."""
    return _bare(line) in whole or _bare(re.sub(r"^\s*(?:•|\d+\.)", "", line)) in whole


def _bare(text: str) -> str:
    """*text* without what a line break adds or takes (spaces, hyphens), and without capitals.

    A character that our fonts lack is noted by its number on paper only.
    """
    text = re.sub(r"\[U\+([0-9A-F]{4,6})\]", lambda noted: chr(int(noted[1], 16)), text)
    return re.sub(r"[\s\u00ad\u2010\u2011\ufffe\x02-]", "", text).casefold()
