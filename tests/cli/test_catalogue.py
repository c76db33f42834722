from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Ran
from tests.knowledge import FILES, write

Call = Callable[..., Ran]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("overcloud", "mail"), {"overcloud-mail"}),
        (("mx.overcloud",), {"overcloud-mail"}),
        (("EXPORT", "control"), {"ol-export"}),
        (("sold",), {"sold-mail", "sold-sa"}),
        (("nearland",), {"NL"}),
    ],
)
def test_search(words: tuple[str, ...], found: set[str], auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "search", *words, "--rules", rules, "--json")

    assert {thing["id"] for thing in json.loads(ran.out)} == found


def test_a_search_shows_the_patterns_that_it_hit(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "search", "mx.overcloud", "--rules", rules)

    assert ran.out == (
        "offering     overcloud-mail               Overcloud Mail; mx.overcloud.example\n"
    )


@pytest.mark.parametrize("id_", ["overcloud-mail", "homemail", "sold-sa", "ol-access", "NL"])
def test_what_is_shown_fits_a_terminal(
    id_: str, auditor: Call, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = auditor("catalogue", "show", id_, "--rules", rules)

    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80


def test_machines_are_shown_everything(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "show", "overcloud-mail", "--rules", rules, "--json")
    offering = json.loads(ran.out)

    assert offering["operator"] == "overcloud-europe"
    assert offering["fingerprints"][0]["pattern"] == "mx.overcloud.example"
    assert offering["provenance"]["checked"] == "2026-11-01"


def test_a_search_that_finds_nothing(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "search", "undercloud", "--rules", rules)

    assert (ran.code, ran.out) == (0, "")
    assert "nothing" in ran.err


def test_an_offering_with_those_behind_it(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "show", "overcloud-mail", "--rules", rules)

    assert "Overcloud Europe Ltd (SL)" in ran.out
    assert "controlled by Overcloud Inc. (OL) 100 %" in ran.out
    assert "dns.mx under mx.overcloud.example: use, strong" in " ".join(ran.out.split())


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


def test_a_law_says_how_it_takes_hold_and_what_is_not_settled(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "show", "ol-access", "--as-of", "2026-06-20", "--rules", rules)

    assert "2026-06-13 to 2026-12-31  lapsed-with-tail  <- on 2026-06-20" in ran.out
    assert "parent-control of owner: disclosure\n    settled: la mère contrôle" in ran.out
    assert "NOT SETTLED: compétence discutée" in ran.out


def test_a_country_says_who_holds_it_adequate_and_what_that_leaves(
    auditor: Call, rules: Path
) -> None:
    ran = auditor("catalogue", "show", "NL", "--as-of", "2027-01-01", "--rules", rules)

    assert "by Union: 1/2020, general, 2020-01-01 to 2026-12-31 (not on 2027-01-01)" in ran.out
    assert "The transfer is allowed.\n  Les lois demeurent.\n  The laws remain." in ran.out
    assert "no law against foreign orders on record" in ran.out


@pytest.mark.parametrize(
    ("day", "mark"), [("2026-06-30", ""), ("2026-07-01", " (not on 2026-07-01)")]
)
def test_a_country_says_what_stands_against_foreign_orders(
    day: str, mark: str, auditor: Call, rules: Path
) -> None:
    ran = auditor("catalogue", "show", "OL", "--as-of", day, "--rules", rules)

    assert "held adequate by nobody on record" in ran.out
    assert "Shield Act, section 2\n    Loi bouclier / Shield Act" in ran.out
    assert f"2000-01-01 to 2026-06-30{mark}\n    Interdit de répondre." in ran.out
    assert "ol-export                    in-force          Exports" in ran.out


def test_a_country_shows_what_holds_through_its_legal_space(auditor: Call, tmp_path: Path) -> None:
    places = FILES["jurisdictions/world.yaml"].replace(
        "{id: EU, name: {fr: Union, en: Union}, ",
        "{id: EU, name: {fr: Union, en: Union}, blocking: [{citation: Common Shield, "
        "name: {fr: Commun, en: Common}, what: {fr: Rien, en: Nothing}, source: s, "
        'checked: "2026-11-01", verified: false}], ',
    )
    ran = auditor("catalogue", "show", "HL", "--rules", write(tmp_path, jurisdictions_world=places))

    assert "Common Shield (Union)" in ran.out
    assert "<s> read 2026-11-01, NOT VERIFIED" in ran.out


def test_an_id_that_is_none(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "show", "overcluod-mail", "--rules", rules)

    assert (ran.code, "did you mean 'overcloud-mail'?" in ran.err) == (2, True)
