"""No two patterns say the same: each tells something that no other does."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.catalogue.patterns import mistake
from auditor.errors import SourceError, SourceErrors
from tests import knowledge as world

PROVIDERS = world.FILES["providers/world.yaml"]
MX = "{on: dns.mx, under: homefilter.example}"


def said(directory: Path, new: str) -> str:
    assert MX in PROVIDERS
    with pytest.raises((SourceError, SourceErrors)) as caught:
        world.catalogue(directory, providers_world=PROVIDERS.replace(MX, new))
    return str(caught.value)


def line_of(directory: Path, text: str) -> int:
    lines = (directory / "providers" / "world.yaml").read_text(encoding="utf-8").splitlines()
    (number,) = [number for number, line in enumerate(lines, 1) if text in line]
    return number


def test_the_pattern_of_two_offerings_is_refused_at_the_place_of_the_second(
    tmp_path: Path,
) -> None:
    told = said(tmp_path, f"{MX}, {{on: dns.mx, under: homemail.example, strength: weak}}")
    second, first = (
        line_of(tmp_path, "homemail.example, strength"),
        line_of(tmp_path, "homemail.example}]"),
    )
    assert f"world.yaml:{second}:" in told
    assert f"already names 'homemail' ({tmp_path / 'providers' / 'world.yaml'}:{first}:" in told


def test_the_same_pattern_on_two_kinds_names_two_offerings(tmp_path: Path) -> None:
    both = PROVIDERS.replace(MX, f"{MX}, {{on: dns.ns, under: homemail.example}}")
    known = world.catalogue(tmp_path, providers_world=both)
    ((offering, _),) = known.fingerprints.matches("dns.ns", "ns1.homemail.example")
    assert offering.id == "homefilter"


def test_a_suffix_under_another_of_the_same_offering_adds_nothing(tmp_path: Path) -> None:
    told = said(tmp_path, f"{MX}, {{on: dns.mx, under: mx.homefilter.example}}")
    assert "'mx.homefilter.example' on dns.mx adds nothing to 'homefilter.example'" in told


@pytest.mark.parametrize(
    "more",
    [
        "strength: weak",
        "proves: relation",
        "roles: [mail.gateway]",
        'source: "https://vendor.example/", checked: "2026-11-01", verified: true',
    ],
)
def test_a_suffix_that_says_more_than_the_one_above_stands(tmp_path: Path, more: str) -> None:
    broad = f'{MX[:-1]}, source: memory, checked: "2026-11-01", verified: false}}'
    narrow = f"{{on: dns.mx, under: mx.homefilter.example, {more}}}"
    known = world.catalogue(tmp_path, providers_world=PROVIDERS.replace(MX, f"{broad}, {narrow}"))
    assert len(known.offerings["homefilter"].fingerprints) == 2


@pytest.mark.parametrize(
    ("how", "pattern", "wrong"),
    [
        ("under", "vendor.example", None),
        ("under", "netlify.app", None),
        ("under", "com", "public suffix"),
        ("under", "co.uk", "public suffix"),
        ("under", ".vendor.example", "dot at either end"),
        ("prefix", "Vendor-Verify=", None),
        ("within", "192.0.2.0/24", None),
        ("within", "192.0.2.0/33", "does not appear to be"),
        ("within", "192.0.2.1/24", "has host bits set"),
    ],
)
def test_a_pattern_that_would_betray_everybody_or_nobody_is_refused(
    how: str, pattern: str, wrong: str | None
) -> None:
    told = mistake(how, pattern)
    assert told is None if wrong is None else wrong in (told or "")
