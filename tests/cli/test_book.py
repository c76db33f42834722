from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Ran, process

Call = Callable[..., Ran]


@pytest.mark.parametrize(("ending", "starts"), [("pdf", b"%PDF-"), ("html", b"<!DOCTYPE html>")])
def test_a_book_is_written_as_its_file_ends(
    ending: str, starts: bytes, auditor: Call, rules: Path, tmp_path: Path
) -> None:
    file = tmp_path / f"book.{ending}"
    ran = auditor("rules", "docs", "--rules", rules, "-o", file, "--part", "all")

    assert (ran.code, ran.out) == (0, "")
    assert file.read_bytes().startswith(starts)


def test_markdown_goes_to_stdout(rules: Path) -> None:
    ran = process("rules", "docs", "--rules", rules, "--lang", "en")

    assert ran.out.startswith("# Book of rules\n")
    assert "ol-access" not in ran.out
    laws = process("rules", "docs", "--rules", rules, "--lang", "en", "--part", "laws").out
    assert ("Access Act" in laws, "mailbox-foreign-order" in laws) == (True, False)


def test_a_day_dates_the_book(rules: Path) -> None:
    ran = process("rules", "docs", "--rules", rules, "--lang", "en", "--as-of", "2026-11-02")
    assert "Book of rules, 2\u00a0November 2026, digest `" in ran.out


def test_an_ending_that_says_nothing(auditor: Call, rules: Path, tmp_path: Path) -> None:
    ran = auditor("rules", "docs", "--rules", rules, "-o", tmp_path / "book.docx")

    assert (ran.code, "which format?" in ran.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_book_that_cannot_be_written(auditor: Call, rules: Path, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "book.html"
    ran = auditor("rules", "docs", "--rules", rules, "-o", file)
    assert (ran.code, str(file) in ran.err) == (2, True)
