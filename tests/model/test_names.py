from __future__ import annotations

import pytest

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
