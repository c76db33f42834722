"""Where results go, and where they cannot."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.cli.results import prepared, replace
from auditor.errors import OutputError
from tests.cli.running import Ran, names
from tests.servers import DnsServer

Audit = Callable[..., Ran]


def test_a_directory_below_a_file(audit: Audit, city: DnsServer, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    ran = audit(tmp_path / "file" / "out")

    assert ran.code == 2
    assert "cannot write to" in ran.err
    assert "-o" in ran.err
    assert city.asked == []


def test_a_directory_that_is_a_file(audit: Audit, city: DnsServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    ran = audit(tmp_path / "file")

    assert (ran.code, "it is a file" in ran.err) == (2, True)
    assert (tmp_path / "file").read_text() == "mine"
    assert city.asked == []


def test_a_directory_on_a_file_system_that_takes_nothing(audit: Audit) -> None:
    """Even root makes no directory there."""
    ran = audit(Path("/proc/nowhere/out"))

    assert (ran.code, "cannot write to /proc/nowhere/out" in ran.err) == (2, True)


def test_a_bundle_is_not_reported_into_itself(auditor: Audit, audited: Path, rules: Path) -> None:
    """A file more would break its seal."""
    bundle = audited / "bundle"

    ran = auditor("report", bundle, "-o", bundle, "--rules", rules)

    assert (ran.code, "is a bundle; give another directory" in ran.err) == (2, True)
    assert names(bundle) == ["exchanges.jsonl", "manifest.json"]


def test_somebody_elses_directory_is_not_replaced(
    audit: Audit, city: DnsServer, tmp_path: Path
) -> None:
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle" / "mine").touch()

    ran = audit(tmp_path)

    assert (ran.code, "holds other things" in ran.err) == (2, True)
    assert city.asked == []
    assert names(tmp_path) == ["bundle", "bundle/mine"]


def test_a_report_that_cannot_take_its_place(audit: Audit, tmp_path: Path) -> None:
    (tmp_path / "assessment.json").mkdir()

    ran = audit(tmp_path)

    assert (ran.code, "cannot write" in ran.err) == (2, True)
    assert not list(tmp_path.glob(".*"))


def test_what_was_there_stays_when_writing_fails(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.mkdir()

    with pytest.raises(OutputError):
        replace(file, b"content")

    assert names(tmp_path) == ["file"]


def test_the_mode_of_a_file_is_the_users_choice(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        replace(tmp_path / "file", b"content")
    finally:
        os.umask(before)

    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


def test_directories_made_in_vain_are_taken_away(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), prepared(tmp_path / "a" / "b"):
        raise RuntimeError

    assert names(tmp_path) == []


def test_a_directory_that_was_there_stays(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()

    with pytest.raises(RuntimeError), prepared(tmp_path / "a"):
        raise RuntimeError

    assert names(tmp_path) == ["a"]
