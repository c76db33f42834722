from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor.probes.notation import quoted, readable


@given(st.binary(max_size=2000))
def test_whatever_comes_can_be_printed(content: bytes) -> None:
    text = readable(content)

    assert text.isprintable()
    assert len(text) <= 255


def test_plain_text_stays() -> None:
    assert readable("clé = été".encode()) == "clé = été"


def test_marks_that_turn_the_direction_of_writing_are_escaped() -> None:
    """They can make a name read as another one."""
    assert readable("a\u202eb".encode()) == "a\\226\\128\\174b"


def test_a_long_text_ends_in_an_ellipsis() -> None:
    assert readable(b"x" * 65_535)[-2:] == "x…"


def test_quotation_marks_are_escaped_inside_quotation_marks() -> None:
    assert quoted('a"b') == '"a\\"b"'
