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
    "words", [("rules", "list"), ("rules", "test"), ("catalogue", "search", "x")]
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


def test_lint_tells_a_mistake_as_compilers_do(auditor: Call, misspelt: Path) -> None:
    ran = auditor("rules", "lint", "--rules", misspelt)

    assert (ran.code, ran.out) == (2, "")
    said = f"{_place(misspelt, 'disclosrue')}: error: unknown effect 'disclosrue'; did you mean"
    assert ran.err.startswith(said)
    assert ran.err.splitlines()[-1].startswith(f"{misspelt}: cannot be read: 1 error")


def test_warnings_and_errors_are_told_apart(auditor: Call, rules: Path) -> None:
    """A source that was read long ago stops nobody."""
    ran = auditor("rules", "lint", "--rules", rules, "--as-of", "2028-01-01")

    assert ran.code == 0
    assert ": warning: the source was last read on 2026-11-01: read it again" in ran.err
    assert ": error: " not in ran.err
    ahead = auditor("rules", "lint", "--rules", rules, "--as-of", "2026-01-01")
    assert (ahead.code, ": error: 'checked' lies ahead: 2026-11-01" in ahead.err) == (2, True)


def test_texts_are_looked_at_although_something_else_cannot_be_read(
    auditor: Call, tmp_path: Path
) -> None:
    rules = MAIL.replace("effect: disclosure,", "effect: disclosrue,", 1)
    rules = rules.replace("{fr: Titre,", '{fr: "L\'accès",')
    ran = auditor("rules", "lint", "--rules", knowledge.write(tmp_path, criteria_mail=rules))

    assert (ran.code, "error: unknown effect" in ran.err) == (2, True)
    assert "error: the apostrophe is ’" in ran.err


def test_colour_is_for_terminals(auditor: Call, misspelt: Path) -> None:
    words = ("rules", "lint", "--rules", misspelt)
    assert "\x1b" not in auditor(*words).err
    assert "\x1b[31m\x1b[1merror" in auditor(*words, "--color", "always").err


def test_a_signature_is_printed_and_then_written(auditor: Call, tmp_path: Path) -> None:
    rules = knowledge.write(tmp_path)
    file = rules / "criteria" / "mail.yaml"
    before = file.read_text(encoding="utf-8")
    words = ("rules", "sign", "mailbox-foreign-order", "--by", "Mme X", "--rules", rules)
    words = (*words, "--on", "2026-11-02")

    printed = auditor(*words)
    assert (printed.code, file.read_text(encoding="utf-8")) == (0, before)
    written = auditor(*words, "--write")
    assert (written.code, written.out) == (0, "")
    after = file.read_text(encoding="utf-8")
    assert after.replace(f"    {printed.out}", "") == before
    assert "signed" not in auditor("rules", "lint", "--rules", rules).err

    file.write_text(after.replace("version: 1", "version: 2"), encoding="utf-8")
    assert "was changed after Mme X signed it" in auditor("rules", "lint", "--rules", rules).err


def test_nobody_signs_without_a_name(auditor: Call, rules: Path) -> None:
    ran = auditor("rules", "sign", "mailbox-foreign-order", "--by", " ", "--rules", rules)

    assert (ran.code, "a name on one line is needed" in ran.err) == (2, True)


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
    assert shown.out.startswith("# Title\n\nmailbox-foreign-order, version 1 · high severity")
    assert "- no law reaches the service in this way:\n" in shown.out
    tested = auditor("rules", "test", line.split()[0], "--rules", rules)
    assert (tested.code, tested.out.count("ok ")) == (0, 3)


@pytest.mark.parametrize("word", ["show", "test", "sign"])
def test_a_rule_that_is_not_there(word: str, auditor: Call, rules: Path) -> None:
    by = ("--by", "Mme X") if word == "sign" else ()
    ran = auditor("rules", word, "mailbox-foreign-ordre", "--rules", rules, *by)

    assert (ran.code, ran.out) == (2, "")
    assert "did you mean 'mailbox-foreign-order'?" in ran.err
