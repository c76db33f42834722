"""Text that acts is turned into text that shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reporting.printable import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mx1.city.example", "mx1.city.example"),
        ("\x1b[31mred", "[U+001B][31mred"),
        ("exe.\u202etxt", "exe.[U+202E]txt"),
        ("a\u200bb\ufeff", "a[U+200B]b[U+FEFF]"),
        ("one\r\ntwo\tthree", "one  two three"),
        ("espace\u202finsécable\u00a0: oui", "espace\u202finsécable\u00a0: oui"),
        ("a\u3000b", "a[U+3000]b"),
        ("e\u0301", "e\u0301"),
        ("z\u0300\u0301\u0302", "z\u0300\u0301[U+0302]"),
        ("\udcff", "[U+DCFF]"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_character_that_no_font_has_is_written_as_its_number() -> None:
    assert printable("a示b", drawable=str.isascii) == "a[U+793A]b"


def test_a_long_text_ends_in_an_ellipsis() -> None:
    assert printable("a" * 65536, longest=10) == "aaaaaaaaaa…"


@given(st.text())
def test_the_result_can_be_printed_and_encoded(text: str) -> None:
    shown = printable(text)
    shown.encode("utf-8")
    assert not any(character in "\x00\x07\x1b\x7f\x9b\u2028\u202e\u2066" for character in shown)
