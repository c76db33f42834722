from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Ran

Call = Callable[..., Ran]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("overcloud", "mail"), {"overcloud-mail"}),
        (("mx.overcloud",), {"overcloud-mail"}),
        (("EXPORT", "control"), {"ol-export"}),
        (("sold",), {"sold-mail", "sold-sa"}),
    ],
)
def test_search(words: tuple[str, ...], found: set[str], auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "search", *words, "--rules", rules)

    assert {line.split()[1] for line in ran.out.splitlines()} == found


def test_a_search_that_finds_nothing(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "search", "undercloud", "--rules", rules)

    assert (ran.code, ran.out) == (0, "")
    assert "nothing" in ran.err


def test_an_offering_with_those_behind_it(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "show", "overcloud-mail", "--rules", rules)

    assert "Overcloud Europe Ltd (SL)" in ran.out
    assert "controlled by Overcloud Inc. (OL) 100 %" in ran.out
    assert "dns.mx under mx.overcloud.example: use, strong" in ran.out


def test_ownership_is_that_of_the_day(auditor: Call, rules: Path) -> None:
    def owned(day: str) -> bool:
        words = ("sold-sa", "--as-of", day, "--rules", rules)
        return "Overcloud Inc." in auditor("catalogue", "show", *words).out

    assert (owned("2026-02-19"), owned("2026-02-20")) == (False, True)


def test_what_is_not_verified_is_marked(auditor: Call, rules: Path) -> None:
    assert "NOT VERIFIED" in auditor("catalogue", "show", "rumour-sa", "--rules", rules).out


def test_a_law(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "show", "ol-access", "--rules", rules)

    assert "2026-06-13 to 2026-12-31  lapsed-with-tail" in ran.out


def test_an_id_that_is_none(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "show", "overcluod-mail", "--rules", rules)

    assert (ran.code, "did you mean 'overcloud-mail'?" in ran.err) == (2, True)
