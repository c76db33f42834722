from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.model import names
from auditor.model.names import is_own, registrable


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mx1.mail.ville.example", "ville.example"),
        ("ville.example", "ville.example"),
        ("www.town.co.uk", "town.co.uk"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("xn--vry-9la.example", "xn--vry-9la.example"),
    ],
)
def test_what_somebody_registered(name: str, expected: str) -> None:
    assert registrable(name) == expected


def test_a_name_beside_the_domain_is_own() -> None:
    """mail.ville.example is the town's, whichever of its names was audited."""
    assert is_own("mail.ville.example", "mairie.ville.example")


@pytest.mark.parametrize("name", ["ville.example.net", "myville.example", "other.co.uk"])
def test_a_name_that_only_looks_alike_is_not(name: str) -> None:
    assert not is_own(name, "ville.example")


def test_a_public_suffix_belongs_to_nobody_in_common() -> None:
    assert not is_own("one.co.uk", "two.co.uk")


@pytest.mark.parametrize(
    "between",
    [
        pytest.param(lambda file: None, id="kept"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:-1]), id="spoilt"),
        pytest.param(lambda file: file.unlink(), id="gone"),
    ],
)
def test_the_list_is_the_same_when_it_was_kept(
    between: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    read = names._suffixes.__wrapped__
    first = read()
    (file,) = (tmp_path / "auditor").glob("suffixes-*")
    between(file)
    for name in ("www.town.co.uk", "a.b.github.io", "ville.example"):
        assert read().privatesuffix(name) == first.privatesuffix(name)
