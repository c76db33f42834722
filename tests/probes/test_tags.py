from __future__ import annotations

import pytest

from auditor.probes.tags import read, recipients


def test_tags_are_read_whatever_the_spacing() -> None:
    assert read(b"v=DMARC1 ;P = none;; rua=mailto:a@b.example ; junk") == {
        "v": "DMARC1", "p": "none", "rua": "mailto:a@b.example",
    }  # fmt: skip


def test_the_first_of_two_tags_counts() -> None:
    assert read(b"p=none; p=reject")["p"] == "none"


def test_what_does_not_print_is_escaped() -> None:
    assert read(b"p=\x1b[31mred\x07")["p"] == "\\027[31mred\\007"


@pytest.mark.parametrize(
    ("value", "domains"),
    [
        ("mailto:dmarc@city.example", ["city.example"]),
        ("MAILTO:a%40b@city.example!5m , https://r.example/v1", ["city.example", "r.example"]),
        ("mailto:a@x.example?subject=b@y.example", ["x.example"]),
        ("mailto:a@bücher.example", ["xn--bcher-kva.example"]),
        ("", []),
    ],
)  # fmt: skip
def test_recipients_are_domains(value: str, domains: list[str]) -> None:
    assert recipients(value) == (domains, True)


@pytest.mark.parametrize(
    "value", ["mailto:nobody", "mailto:@x.example", "a@x.example", "https://["]
)
def test_a_recipient_that_is_none_is_told(value: str) -> None:
    assert recipients(value) == ([], False)
