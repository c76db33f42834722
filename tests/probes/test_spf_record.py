from __future__ import annotations

import pytest

from auditor.probes.spf_record import is_spf, read


@pytest.mark.parametrize("text", [b"v=spf1", b"v=spf1 -all", b"V=SPF1 a"])
def test_spf_records_are_told_from_others(text: bytes) -> None:
    assert is_spf(text)


@pytest.mark.parametrize("text", [b"v=spf10 -all", b"v=spf1include:x.example", b" v=spf1", b""])
def test_other_records_are_no_spf(text: bytes) -> None:
    assert not is_spf(text)


def _words(text: bytes) -> list[str]:
    return [f"{t.qualifier}{t.name} {t.target}".strip() for t in read(text).terms]


def test_every_mechanism_is_read() -> None:
    text = (
        b"v=spf1 a mx:other.example/24 ?a:web.example//64 ip4:192.0.2.0/24 ip6:2001:DB8::1 "
        b"-include:bad.example ptr exists:there.example ~all"
    )

    assert _words(text) == [
        "+a", "+mx other.example", "?a web.example", "+ip4 192.0.2.0/24", "+ip6 2001:db8::1",
        "-include bad.example", "+ptr", "+exists there.example",
    ]  # fmt: skip
    assert read(text).all == "~"
    assert not read(text).broken


def test_nothing_after_all_counts() -> None:
    """RFC 7208, section 5.1."""
    assert _words(b"v=spf1 a -all include:late.example") == ["+a"]


def test_all_makes_a_redirect_void() -> None:
    """RFC 7208, section 6.1."""
    assert read(b"v=spf1 redirect=other.example -all").redirect is None
    assert read(b"v=spf1 redirect=other.example").redirect is not None


def test_a_macro_is_not_expanded_and_its_fixed_end_is_kept() -> None:
    """The end names whoever evaluates it; the beginning depends on the message."""
    (term,) = read(b"v=spf1 include:%{ir}.%{v}._spf.vendor.example -all").terms

    assert (term.target, term.macro) == ("_spf.vendor.example", True)


@pytest.mark.parametrize(
    "term",
    [
        b"ip4:999.0.2.1", b"ip4:192.0.2.0/33", b"ip4:2001:db8::1", b"ip6:192.0.2.1", b"include",
        b"include:", b"includes:x.example", b"include:<script>", b"a:\x1b[31m.example", b"all:x",
        b"+redirect=x.example", b"ip4:192.0.2.0/24/25", b"\xc3\xa9:x",
    ],
)  # fmt: skip
def test_a_term_that_is_none_breaks_the_record_and_not_the_reader(term: bytes) -> None:
    record = read(b"v=spf1 " + term + b" a -all")

    assert record.broken
    assert [t.name for t in record.terms] == ["a"]


def test_an_unknown_modifier_is_allowed() -> None:
    """RFC 7208, section 6."""
    assert not read(b"v=spf1 exp=why.example x-vendor=1 -all").broken


def test_a_record_of_64_kib_is_cut_and_called_broken() -> None:
    record = read(b"v=spf1" + b" a:x.example" * 5000)

    assert record.broken
    assert len(record.terms) <= 1000
