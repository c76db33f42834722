"""Pages are written by the audited party: read what they say, whatever they are made of."""

from __future__ import annotations

import pytest

from auditor.probes.markup import absolute, host_of, read_markup

PAGE = "https://www.city.example/start/"


def _read(body: str | bytes, content_type: str = "text/html") -> list[str]:
    content = body.encode() if isinstance(body, str) else body
    found = read_markup(content, content_type, PAGE).references.values()
    return [f"{r.how} {r.element}: {r.host}" for r in found if r.host != "www.city.example"]


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ('<script src="https://t.example/a.js"></script>', "script script src: t.example"),
        ("<SCRIPT SRC=//T.EXAMPLE/a.js></SCRIPT>", "script script src: t.example"),
        (
            '<script type="text/plain" data-src="https://t.example/a.js"></script>',
            "script script data-src: t.example",
        ),
        ('<iframe src="https://v.example/embed/1">', "resource iframe src: v.example"),
        (
            '<img srcset="/own.png 1x, https://i.example/2.png 2x">',
            "resource img srcset: i.example",
        ),
        (
            '<link rel="preload stylesheet" href="https://f.example/css">',
            "resource link href: f.example",
        ),
        ('<form action="https://s.example/search">', "resource form action: s.example"),
        ("<style>@import '//f.example/a.css';</style>", "resource style url: f.example"),
        (
            '<p style="background: url(https://i.example/a.png)">',
            "resource style url: i.example",
        ),
        (
            "<script>j.src='https://t.example/gtm.js?id='+i</script>",
            "inline script: t.example",
        ),
        (r'<script>var u="https:\/\/t.example\/a.js"</script>', "inline script: t.example"),
    ],
)
def test_what_a_browser_would_ask_others_for(markup: str, seen: str) -> None:
    assert _read(markup) == [seen]


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="https://www.video.example/channel">our films</a>',
        '<!-- <script src="https://t.example/a.js"></script> -->',
        '<link rel="canonical" href="https://other.example/">',
        '<script type="application/ld+json">{"sameAs": "https://s.example/city"}</script>',
        "<script>// see https://docs.example/ for more</script>",
        '<img src="data:image/png;base64,AAAA">',
        '<script src="javascript:alert(1)"></script>',
        '<script src="https://intranet/a.js"></script>',
        '<script src="https://[::1/a.js"></script>',
        '<textarea><script src="https://t.example/a.js"></script></textarea>',
    ],
)
def test_what_nobody_is_asked_for(markup: str) -> None:
    assert _read(markup) == []


def test_a_base_element_moves_the_relative_addresses() -> None:
    assert _read('<base href="https://cdn.example/x/"><script src="a.js"></script>') == [
        "script script src: cdn.example"
    ]


def test_a_page_that_sends_the_browser_on() -> None:
    markup = b"<meta http-equiv=Refresh content=\"0; URL='../new/'\">"

    assert read_markup(markup, "text/html", PAGE).refresh == "https://www.city.example/new/"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('<script src="https://t.example/é.js">'.encode("utf-16"), "text/html"),
        ('<script src="https://t.example/é.js">'.encode("utf-16-le"), "text/html; charset=UTF-16"),
        ('<script src="https://t.example/é.js">'.encode("latin-1"), "text/html"),
        (b"\0\0<script src=https://t.example/>", "text/html"),
        (b"<p>\xff\xfe\x80<script src=https://t.example/>", "text/html"),
    ],
)
def test_the_encoding_hides_nothing(body: bytes, content_type: str) -> None:
    assert _read(body, content_type) == ["script script src: t.example"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0" * 1000,
        b"<!--" * 500_000,
        b"<a " * 600_000,
        b"<script>" * 250_000,
        b"<script>" + b'"//a.b' * 340_000,
        b'<script>"//' + b"a." * 1_000_000,
        b"<style>" + b"url( " * 400_000,
        b"<style>url(" + b" " * 2_000_000,
    ],
)
def test_pages_that_mean_harm_show_nothing(body: bytes) -> None:
    """Each is as large as a page may be, and is read in one pass."""
    assert _read(body) == []


def test_depth_hides_nothing() -> None:
    assert _read(b"<div>" * 300_000 + b"<script src=//t.example/></script>") == [
        "script script src: t.example"
    ]


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("/é x", "https://www.city.example/%C3%A9%20x"),
        ("//t.example/a#part", "https://t.example/a"),
        ("/a\r\nSet-Cookie: x=1", "https://www.city.example/aSet-Cookie:%20x=1"),
        ("ftp://t.example/", ""),
        ("https://t.example/" + "a" * 2000, ""),
        ("", ""),
    ],
)
def test_an_address_can_be_asked_for_and_printed(reference: str, url: str) -> None:
    assert absolute(PAGE, reference) == url


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://Bücher.example/", "xn--bcher-kva.example"),
        ("https://user@t.example:8443/", "t.example"),
        ("https://localhost/", ""),
        ("https://a b.example/", ""),
        ("https://" + "a" * 64 + ".example/", ""),
    ],
)
def test_a_host_is_canonical_or_none(url: str, name: str) -> None:
    assert host_of(url) == name
