"""A compiled catalogue is believed only when it is ours, whole, and of these very rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import kept as keeping
from auditor.catalogue import cache
from auditor.catalogue.catalogue import Catalogue
from tests import knowledge

Compiler = Callable[[], Catalogue]


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "auditor"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return knowledge.catalogue(tmp_path_factory.mktemp("rules"))


class Compiled:
    """Hands out one catalogue, and counts how often it was asked to."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.times = 0
        self._catalogue = catalogue

    def __call__(self) -> Catalogue:
        self.times += 1
        return self._catalogue


def times(world: Catalogue, between: Callable[[Path], None], key: str = "key") -> int:
    """How often the catalogue is compiled in two calls, between which something happens."""
    compiled = Compiled(world)
    cache.cached("key", compiled)
    (kept,) = keeping.directory().glob("catalogue-*")
    between(kept)
    again = cache.cached(key, compiled)
    assert again.offerings["homemail"] == world.offerings["homemail"]
    return compiled.times


def test_a_second_reading_compiles_nothing(world: Catalogue) -> None:
    assert times(world, lambda kept: None) == 1


def test_what_is_kept_says_what_was_compiled(world: Catalogue) -> None:
    cache.cached("key", Compiled(world))
    again = cache.cached("key", Compiled(world))

    assert dict(again.offerings) == dict(world.offerings)
    assert dict(again.entities) == dict(world.entities)
    assert again.rules == world.rules
    ((offering, _),) = again.fingerprints.matches("dns.mx", "mx1.homemail.example")
    assert offering is again.offerings["homemail"]


def test_other_rules_are_compiled(world: Catalogue) -> None:
    assert times(world, lambda kept: None, key="another") == 2


def _broken(kept: Path) -> None:
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)


def _of_another_key(kept: Path) -> None:
    """The name says one thing and the content another."""
    compiled = kept.read_bytes()
    kept.write_bytes(bytes(32) + compiled[32:])


def _linked(kept: Path) -> None:
    elsewhere = kept.with_name("elsewhere")
    kept.rename(elsewhere)
    kept.symlink_to(elsewhere)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(_broken, id="a bit turned"),
        pytest.param(lambda kept: kept.write_bytes(kept.read_bytes()[:-1]), id="cut short"),
        pytest.param(lambda kept: kept.write_bytes(b""), id="empty"),
        pytest.param(_of_another_key, id="of other rules"),
        pytest.param(lambda kept: kept.chmod(0o666), id="writable by others"),
        pytest.param(lambda kept: kept.parent.chmod(0o777), id="in a directory open to others"),
        pytest.param(_linked, id="a link"),
        pytest.param(lambda kept: kept.unlink(), id="gone"),
    ],
)
def test_what_is_not_whole_and_ours_is_made_anew(
    spoil: Callable[[Path], None], world: Catalogue
) -> None:
    assert times(world, spoil) == 2


def test_a_cache_that_cannot_be_written_costs_nothing_else(
    world: Catalogue, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("in the way")
    assert cache.cached("key", Compiled(world)) is world


def test_only_the_latest_are_kept(world: Catalogue, directory: Path) -> None:
    for number in range(12):
        cache.cached(f"key {number}", Compiled(world))

    assert len(list(directory.iterdir())) == 8
