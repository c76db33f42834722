from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Ran

Call = Callable[..., Ran]
SVG = "{http://www.w3.org/2000/svg}"


def test_an_offering_with_those_behind_it(auditor: Call, rules: Path) -> None:
    words = ("catalogue", "tree", "overcloud-mail", "--rules", rules, "--lang", "en")
    assert auditor(*words, "--as-of", "2026-11-24").out.splitlines() == [
        "Overcloud Mail (mailboxes)",
        "└─ operator: Overcloud Europe Ltd (Sisterland, verified)",
        "   └─ controlled by, 100% of the capital: Overcloud Inc. (Overland, verified,",
        "        nobody above)",
    ]


def test_in_french(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "tree", "sold-sa", "--rules", rules, "--as-of", "2026-11-24")
    assert ran.out.splitlines() == [
        "Sold SA (Chez nous, vérifié)",
        "└─ contrôlé par, 64\u00a0% du capital, depuis le 20\u00a0février 2026\u00a0: "
        "Overcloud Inc.",
        "     (Outre-terre, vérifié, personne au-dessus)",
    ]


def test_ownership_is_that_of_the_day(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "tree", "sold-sa", "--rules", rules, "--as-of", "2026-02-19")
    assert ran.out == "Sold SA (Chez nous, vérifié, personne au-dessus)\n"


def test_what_is_not_known_is_drawn_as_not_known(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "tree", "closed-mail", "--rules", rules, "--lang", "en")
    assert "└─ who controls it is not known" in ran.out


def test_what_is_not_verified_is_marked(auditor: Call, rules: Path) -> None:
    words = ("catalogue", "tree", "rumour-mail", "--rules", rules, "--lang", "en")
    assert "Rumour SA (Homeland, not verified, nobody above)" in auditor(*words).out
    assert "\x1b[33m└─ operator" in auditor(*words, "--color", "always").out


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_is_too_long(
    columns: int, auditor: Call, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    ran = auditor("catalogue", "tree", "overcloud-mail", "--rules", rules)
    assert max(map(len, ran.out.splitlines())) <= columns


def test_a_drawing_with_its_whole_alternative(auditor: Call, rules: Path, tmp_path: Path) -> None:
    words = ("catalogue", "tree", "overcloud-mail", "--rules", rules, "--lang", "en")
    words = (*words, "--as-of", "2026-11-24")
    drawn = auditor(*words, "--svg", "-")
    file = tmp_path / "tree.svg"
    assert auditor(*words, "--svg", file).code == 0
    assert file.read_text(encoding="utf-8") == drawn.out

    root = ET.fromstring(drawn.out)  # noqa: S314 - our own drawing
    assert root.findtext(f"{SVG}title") == (
        "Overcloud Mail: who stands behind it, as of 24\u00a0November 2026. "
        "Overcloud Mail (mailboxes). "
        "1. operator: Overcloud Europe Ltd (Sisterland, verified). "
        "1.1. controlled by, 100% of the capital: Overcloud Inc. (Overland, verified, nobody "
        "above)."
    )
    assert "text-anchor" not in drawn.out
    breadth, height = (float(root.attrib["viewBox"].split()[n]) for n in (2, 3))
    for box in root.iter(f"{SVG}rect"):
        x, y, b, h = (float(box.attrib[key]) for key in ("x", "y", "width", "height"))
        assert x + b <= breadth
        assert y + h <= height
    assert len(re.findall("<rect", drawn.out)) == 3


def test_an_id_that_is_none(auditor: Call, rules: Path) -> None:
    ran = auditor("catalogue", "tree", "overcluod-mail", "--rules", rules)
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean 'overcloud-mail'?" in ran.err


def test_a_drawing_that_cannot_be_written(auditor: Call, rules: Path, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "tree.svg"
    ran = auditor("catalogue", "tree", "homemail", "--rules", rules, "--svg", file)
    assert (ran.code, str(file) in ran.err) == (2, True)
