"""A drift as a document: the decision, each picture with its table, and nothing that is not so."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest

from auditor.cli.assessments import Kept
from auditor.model.difference import Comparison, Outcome
from auditor.model.text import LANGUAGES
from auditor.reporting import drift
from auditor.reporting.difference import as_json
from tests.reporting import browser, verapdf
from tests.reporting import sample_drift as sample
from tests.reporting.test_browser import CONTRAST, LEAST

if TYPE_CHECKING:
    from collections.abc import Callable

CLEAN: dict[str, dict[str, int]] = {"PDFA_3_A": {}, "PDFUA_1": {}}
FORBIDDEN = re.compile(r"conforme|illégal|illicite|compliant|illegal|unlawful", re.IGNORECASE)


@cache
def _comparison(make: Callable[[Path], Comparison]) -> Comparison:
    with TemporaryDirectory() as place:
        return make(Path(place))


def _untold(place: Path) -> Comparison:
    """Without the evidence, so that causes are not told apart."""
    one = sample.kept(place / "one", day=sample.LONG_AGO, evidence=False)
    changes = (sample.spf_opened, sample.silent("spf.protection.outlook.com TXT"))
    return sample.held(one, sample.kept(place / "other", *changes, evidence=False))


def _alike(place: Path) -> Comparison:
    one = sample.kept(place / "one")
    return sample.held(one, one)


def _opened(place: Path) -> Comparison:
    """The organisation alone moved, for the worse."""
    return sample.held(sample.kept(place / "one"), sample.kept(place / "two", sample.spf_opened))


def _mended(place: Path) -> Comparison:
    return sample.held(sample.kept(place / "one", sample.spf_opened), sample.kept(place / "two"))


MAKERS = (sample.many, _untold, _alike, _opened, _mended)


@cache
def _html(make: Callable[[Path], Comparison], language: str) -> str:
    return drift.html(sample.drift(_comparison(make), language)).decode()


@cache
def _pdf(make: Callable[[Path], Comparison], language: str) -> bytes:
    return drift.pdf(sample.drift(_comparison(make), language))


def _text(html: str) -> str:
    """What is read of a page, drawings left out."""
    body = html[html.index("<body") :]
    body = re.sub(r"<svg.*?</svg>", "", body, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ").split())


def _advice(html: str) -> str:
    (found,) = re.findall(r'<div class="advice \w+">(.*?)</div>', html, re.DOTALL)
    return _text(f"<body>{found}")


def _rows(html: str, table: str) -> list[list[str]]:
    """The cells of the body of the table of that class."""
    (found,) = re.findall(rf'<table class="plain {table}">(.*?)</table>', html, re.DOTALL)
    body = found[found.index("<tbody>") :]
    return [
        [
            _text(f"<body>{cell}")
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    ]


def _picture(html: str, section: str) -> str:
    (found,) = re.findall(rf'<section id="{section}">.*?(<svg.*?</svg>)', html, re.DOTALL)
    return found


def test_the_decision_says_what_is_worse_and_whose_doing_it_is() -> None:
    told = _advice(_html(_opened, "en"))

    assert told.startswith("The result got worse: 1 finding became not met")
    assert "(before: 1 met)" in told
    assert (
        "Cause: the organisation for 1, the law or the day for 0, the audit itself for 0." in told
    )
    assert "No finding became not established." in told


def test_what_is_better_is_called_so() -> None:
    told = _advice(_html(_mended, "fr"))

    assert told.startswith("Le résultat s’améliore : 1 constat devenu satisfait")
    assert 'class="advice clear"' in _html(_mended, "fr")


def test_what_can_no_longer_be_decided_is_nothing_better() -> None:
    def silenced(place: Path) -> Comparison:
        silent = sample.silent("spf.protection.outlook.com TXT")
        return sample.held(sample.kept(place / "one"), sample.kept(place / "two", silent))

    html = _html(silenced, "en")

    assert _advice(html).startswith("The result is less certain: 2 findings became not established")
    assert "they cannot be decided, which is nothing better" in _advice(html)
    assert "the audit itself for 2" in _advice(html)
    assert 'class="advice open"' in html


def test_nobody_is_cleared_of_what_could_not_be_told_apart() -> None:
    told = _advice(_html(_untold, "en"))

    assert "Cause: not told apart for 2." in told
    assert "for 0" not in told


def test_two_that_say_the_same() -> None:
    html = _html(_alike, "fr")

    assert _advice(html).startswith("Aucune différence")
    assert 'id="differences"' not in html
    assert "Aucun constat ne diffère." in _text(html)


def test_an_interval_that_widened_is_said_to_be_wider() -> None:
    told = {row[0]: row[3] for row in _rows(_html(sample.many, "en"), "scores")}

    assert told["Interruption"] == (
        "The intervals overlap, neither a rise nor a fall is proved; "
        "interval wider by 2 points, hence less precise"
    )
    assert told["Tampering"] == "Unchanged"


@pytest.mark.parametrize("make", MAKERS)
def test_the_numbers_in_the_pictures_are_those_of_the_data(
    make: Callable[[Path], Comparison],
) -> None:
    """Counted again from the JSON: the picture, its alternative and its table say the same."""
    data = json.loads(as_json(_comparison(make)))
    findings = [each for each in data["differences"] if each["thing"] == "finding"]
    html = _html(make, "en")
    scores = _rows(html, "scores")
    for effect, (_, before, after, _) in zip(
        data["before"]["score"]["by_effect"], scores, strict=True
    ):
        for when, told in (("before", before), ("after", after)):
            ends = data[when]["score"]["by_effect"][effect]
            assert told == f"{ends['low']} to {ends['high']}"
            assert f">{told}</text>" in _picture(html, "scores")
    if not findings:
        assert '<table class="plain causes">' not in html
        return
    whole = [str(sum(e["outcome"] == outcome for e in findings)) for outcome in Outcome]
    *rows, total = _rows(html, "causes")
    assert total[2:] == whole
    assert sum(int(cell) for row in rows for cell in row[2:]) == len(findings)
    drawn = re.findall(r">(\d+)</text>", _picture(html, "causes"))
    assert drawn == [*whole, *(cell for row in rows for cell in row[2:])]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_picture_has_its_alternative_and_is_followed_by_its_table(
    language: str, make: Callable[[Path], Comparison]
) -> None:
    html = _html(make, language)
    for section in ("scores", "causes"):
        (part,) = re.findall(rf'<section id="{section}">(.*?)</section>', html, re.DOTALL)
        drawn = re.findall(r"<svg.*?<title>(.*?)</title>", part, re.DOTALL)
        if not drawn:
            assert "<table" not in part
            continue
        (alternative,) = drawn
        assert len(alternative) > 60
        assert part.index("</svg>") < part.index("<table")
        for cell in (cell for row in _rows(html, section) for cell in row[1:3] if cell.isdigit()):
            assert cell in alternative


def test_every_cause_stands_under_whose_doing_it_is() -> None:
    rows = _rows(_html(sample.many, "en"), "causes")[:-1]

    assert [(row[0].partition(",")[0], row[1]) for row in rows] == [
        ("The waivers given", "The organisation"),
        ("The day as of which law", "The law and the day"),
        ("Look-ups that nobody answered", "The audit itself"),
        ("The criteria and the frameworks", "The audit itself"),
        ("What was seen of the organisation; look-ups that nobody answered", "Several at once"),
        ("Look-ups that nobody answered", "Several at once"),
    ]


def test_what_could_differ_and_did_nothing_is_named() -> None:
    assert "May differ, and changed no finding: what the organisation declares" in _text(
        _html(sample.many, "en")
    )


def test_long_lists_are_cut_and_say_where_the_rest_is() -> None:
    text = _text(_html(sample.many, "fr"))
    listed = len(_rows_of_findings(_html(sample.many, "fr")))

    findings = [e for e in _comparison(sample.many).explained if e.difference.thing == "finding"]
    assert f"{len(findings) - listed} autres ne sont pas repris ici" in text
    assert "auditor diff --format json" in text


def test_whatever_changed_its_meaning_is_listed_before_what_did_not() -> None:
    """What is cut is cut from the findings that are neither better nor worse."""
    html = _html(sample.many, "en")
    changed = {
        e.difference.key[0]
        for e in _comparison(sample.many).explained
        if e.difference.thing == "finding" and e.difference.outcome is not Outcome.OTHER
    }
    assert changed
    assert {rule for rule in changed if rule not in " ".join(_rows_of_findings(html))} == set()


def _rows_of_findings(html: str) -> list[str]:
    tables = re.findall(r'<table class="plain listed finding">(.*?)</table>', html, re.DOTALL)
    return [
        _text(f"<body>{row}")
        for table in tables
        for row in re.findall(r"<tr>(<th scope=\"row\".*?)</tr>", table, re.DOTALL)
    ]


def test_a_finding_that_became_more_severe_says_from_what() -> None:
    (row,) = [
        r for r in _rows_of_findings(_html(sample.many, "en")) if "mail-outbound-foreign" in r
    ]
    assert "high before: medium" in row
    assert "for other reasons" not in row


def test_a_silence_is_named_where_it_left_a_finding_open() -> None:
    (row,) = [
        r for r in _rows_of_findings(_html(sample.many, "en")) if "mail-senders-evaluable" in r
    ]
    assert "Without an answer: dns spf.protection.outlook.com TXT (no answer in time)." in row


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_calls_nothing_compliant_or_unlawful(language: str) -> None:
    for make in MAKERS:
        assert FORBIDDEN.findall(_text(_html(make, language))) == []


def test_french_is_typeset_as_french() -> None:
    """In the sentences as they are put together, alternatives of pictures included."""
    for make in MAKERS:
        html = unescape(re.sub(r"<style>.*?</style>", "", _html(make, "fr"), flags=re.DOTALL))
        texts = [each.strip() for each in re.findall(r">([^<]+)<", html[html.index("<body") :])]
        for text in filter(None, texts):
            assert not re.search(r"(?<!\u202f)[;!?]", text), text
            assert not re.search(r"(?<![\u00a0\d]):(?!\d)", text), text
            assert not re.search(r" [\u00a0\u202f]|[\u00a0\u202f] |  |\.\.", text), text


def test_what_the_audited_wrote_stays_text() -> None:
    def hostile(place: Path) -> Comparison:
        one, other = sample.kept(place / "one"), sample.kept(place / "two", sample.spf_opened)
        for each in (one, other):
            each.document["subject"]["name"] = "<script>\u202eevil</script>"
        return sample.held(_alone(one), _alone(other))

    html = _html(hostile, "en")

    assert "<script>" not in html
    assert "&lt;script&gt;[U+202E]evil" in html
    assert _pdf(hostile, "en").startswith(b"%PDF-")


def _alone(kept: Kept) -> Kept:
    """*kept* without its evidence, from which it does not follow any more."""
    return replace(kept, bundle=None)


def test_a_notice_stands_on_every_page() -> None:
    def noticed(place: Path) -> Comparison:
        one, other = sample.kept(place / "one"), sample.kept(place / "two", sample.spf_opened)
        notice = {"fr": "Ceci est un brouillon", "en": "This is a draft"}
        other.document["subject"]["organisation"]["notice"] = notice
        return sample.held(_alone(one), _alone(other))

    assert '<p class="notice">This is a draft</p>' in _html(noticed, "en")
    pages = [
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(_pdf(noticed, "en"))
    ]
    assert len(pages) > 1
    assert all("This is a draft" in page for page in pages)


def test_the_same_two_give_the_same_bytes() -> None:
    again = sample.drift(_comparison(_opened), "fr")

    assert drift.html(again).decode() == _html(_opened, "fr")
    assert drift.pdf(again) == _pdf(_opened, "fr")


def test_the_page_holds_all_it_needs() -> None:
    html = _html(sample.many, "fr")

    assert re.findall(r'(?:src|href)="(?!#)', html) == []
    assert re.findall(r"url\((?!data:)", html) == []
    assert "<script" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_is_tagged_dated_and_carries_its_data(language: str) -> None:
    comparison = _comparison(sample.many)
    with pikepdf.open(BytesIO(_pdf(sample.many, language))) as document:
        assert document.Root.Lang == language
        assert bytes(document.attachments["difference.json"].get_file().read_bytes()) == as_json(
            comparison
        )
        elements = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        kinds = {str(each["/S"]) for each in elements if "/S" in each}
        assert {"/H1", "/H2", "/H3", "/H4", "/Table", "/TH", "/Figure"} <= kinds
        heads = [each for each in elements if each.get("/S") == "/TH"]
        assert {str(each["/A"]["/Scope"]) for each in heads} == {"/Column", "/Row"}
        figures = [str(each["/Alt"]) for each in elements if each.get("/S") == "/Figure"]
        assert len(figures) == 2
        ended = max(each["observed"]["ended"] for each in (comparison.before, comparison.after))
        day = ended[:10].replace("-", "")
        assert str(document.docinfo["/CreationDate"]).startswith(f"D:{day}")
        assert len(document.pages) <= 4


@pytest.mark.slow
def test_drifts_pass_every_rule_that_a_machine_can_check(tmp_path: Path) -> None:
    files = []
    for number, make in enumerate(MAKERS):
        for language in LANGUAGES:
            files.append(tmp_path / f"drift{number}.{language}.pdf")
            files[-1].write_bytes(_pdf(make, language))
    assert verapdf.broken(*files) == [CLEAN] * len(files)


@pytest.mark.slow
def test_the_page_is_read_at_every_width(tmp_path: Path) -> None:
    file = tmp_path / "drift.html"
    file.write_text(_html(sample.many, "fr"), encoding="utf-8")
    with browser.started() as running:
        for width in (320, 768, 1400):
            page, asked = browser.opened(running, file, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
            told = page.evaluate(CONTRAST)
            page.close()
            assert {name: value for name, value in told.items() if value < LEAST} == {}
