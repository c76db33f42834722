"""What is kept is read back only when it is whole, ours, and of the key that is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.kept import Shelf, directory, ours

SHELF = Shelf("thing-*.bin", most=3)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "auditor"


def test_what_is_kept_is_read_back() -> None:
    SHELF.write("key", b"content")
    found = SHELF.read("key")
    assert found is not None
    assert bytes(found) == b"content"


def test_nothing_is_there_before() -> None:
    assert SHELF.read("key") is None


def test_another_key_finds_nothing() -> None:
    SHELF.write("key", b"content")
    assert SHELF.read("another key") is None


def test_another_shelf_finds_nothing() -> None:
    SHELF.write("key", b"content")
    assert Shelf("other-*.bin", most=3).read("key") is None


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:-1]), id="cut short"),
        pytest.param(lambda file: file.chmod(0o666), id="writable by others"),
        pytest.param(lambda file: file.parent.chmod(0o777), id="in a directory open to others"),
    ],
)
def test_what_is_not_whole_and_ours_is_not_read(spoil: Callable[[Path], None], place: Path) -> None:
    SHELF.write("key", b"content")
    (file,) = place.iterdir()
    spoil(file)
    assert SHELF.read("key") is None


def test_what_belongs_to_somebody_else_is_not_ours(tmp_path: Path) -> None:
    mine = (tmp_path / "file").resolve()
    mine.write_text("")
    status = mine.stat()
    theirs = os.stat_result((*status[:4], status.st_uid + 1, *status[5:]))

    assert (ours(status), ours(theirs)) == (True, False)


def test_nobody_else_can_read_or_write_what_is_kept(place: Path) -> None:
    SHELF.write("key", b"content")
    (file,) = place.iterdir()

    assert (place.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


def test_what_cannot_be_kept_is_not(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    SHELF.write("key", b"content")
    assert SHELF.read("key") is None


def test_a_relative_directory_is_ignored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert directory() == tmp_path / ".cache" / "auditor"


def test_only_the_latest_are_kept(place: Path) -> None:
    for number in range(6):
        SHELF.write(f"key {number}", b"content")
    assert len(list(place.iterdir())) == 3
