"""What those who write rules are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import knowledge
from tests.cli.running import Ran

Call = Callable[..., Ran]
MAIL = knowledge.FILES["criteria/mail.yaml"]


@pytest.fixture
def misspelt(tmp_path: Path) -> Path:
    return knowledge.write(
        tmp_path, criteria_mail=MAIL.replace("effect: disclosure,", "effect: disclosrue,", 1)
    )


def _place(directory: Path, word: str) -> str:
    file = directory / "criteria" / "mail.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines) if word in line)
    return f"{file}:{number + 1}:{lines[number].index(word) + 1}"


@pytest.mark.parametrize(
    "words", [("rules", "lint"), ("rules", "list"), ("rules", "test"), ("catalogue", "search", "x")]
)
def test_a_misspelt_word_is_told_with_its_place_and_its_cure(
    words: tuple[str, ...], auditor: Call, misspelt: Path
) -> None:
    ran = auditor(*words, "--rules", misspelt)

    assert (ran.code, ran.out) == (2, "")
    assert f"auditor: {_place(misspelt, 'disclosrue')}: " in ran.err
    assert "did you mean 'disclosure'?" in ran.err


def test_a_misspelt_word_stops_an_audit_before_it_asks(
    auditor: Call, misspelt: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"

    ran = auditor("audit", "city.example", "-o", out, "--rules", misspelt)

    assert (ran.code, "did you mean 'disclosure'?" in ran.err) == (2, True)
    assert not out.exists()


def test_every_mistake_is_told_at_once(auditor: Call, tmp_path: Path) -> None:
    laws = knowledge.FILES["laws/ol-access.yaml"].replace("jurisdiction: OL", "jurisdiction: OLL")
    exports = knowledge.FILES["laws/ol-export.yaml"].replace("jurisdiction: OL", "jurisdiction: LO")
    wrong = knowledge.write(tmp_path, laws_ol_access=laws, laws_ol_export=exports)

    ran = auditor("rules", "lint", "--rules", wrong)

    assert ran.code == 2
    assert "ol-access: unknown jurisdiction 'OLL'; did you mean 'OL'?" in ran.err
    assert "ol-export: unknown jurisdiction 'LO'" in ran.err


def test_a_rule_that_does_not_do_what_it_says(auditor: Call, tmp_path: Path) -> None:
    wrong = knowledge.write(tmp_path, criteria_mail=MAIL.replace("expect: fail", "expect: pass"))

    assert auditor("rules", "lint", "--rules", wrong).code == 2
    ran = auditor("rules", "test", "--rules", wrong)
    assert ran.code == 2
    assert "BAD mailbox-foreign-order" in ran.out


def test_rules_without_mistake(auditor: Call, rules: Path) -> None:
    ran = auditor("rules", "lint", "--rules", rules)

    assert (ran.code, ran.out) == (0, "")
    assert "no mistake found" in ran.err


def test_what_is_listed_is_shown_and_tested(auditor: Call, rules: Path) -> None:
    family, line, roles = auditor(
        "rules", "list", "--rules", rules, "--lang", "en"
    ).out.splitlines()
    assert line.split() == ["mailbox-foreign-order", "high", "disclosure", "Title"]
    assert (family, roles.split()) == ("legal-exposure (1)", ["mail.mailbox"])

    shown = auditor("rules", "show", line.split()[0], "--rules", rules, "--lang", "en")
    assert shown.out.startswith("# mailbox-foreign-order (version 1)\n\n**Title**")
    assert "\nlegal-exposure · disclosure · high\nMailboxes (mail.mailbox)\n" in shown.out
    assert shown.out in auditor("rules", "docs", "--rules", rules, "--lang", "en").out.replace(
        "## ", "# "
    )
    tested = auditor("rules", "test", line.split()[0], "--rules", rules)
    assert (tested.code, tested.out.count("ok ")) == (0, 3)


@pytest.mark.parametrize("word", ["show", "test"])
def test_a_rule_that_is_not_there(word: str, auditor: Call, rules: Path) -> None:
    ran = auditor("rules", word, "mailbox-foreign-ordre", "--rules", rules)

    assert (ran.code, ran.out) == (2, "")
    assert "did you mean 'mailbox-foreign-order'?" in ran.err
