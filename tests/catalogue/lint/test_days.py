"""Readings grow old, and a law is in some state on every day."""

from __future__ import annotations

from pathlib import Path

from tests import knowledge
from tests.catalogue.lint.looking import place, said

LAW = knowledge.FILES["laws/ol-access.yaml"]
PROVIDERS = knowledge.FILES["providers/world.yaml"]


def test_a_source_read_more_than_a_year_ago_is_to_be_read_again(tmp_path: Path) -> None:
    old = LAW.replace('source: https://laws.example/\n        checked: "2026-11-01"',
                      'source: https://laws.example/\n        checked: "2025-11-23"')  # fmt: skip
    (line,) = said(tmp_path, laws_ol_access=old)

    at = place("laws/ol-access.yaml", old, '"2025-11-23')
    assert line == (f"{at}: warning: the source was last read on 2025-11-23: read it again")


def test_a_source_read_a_year_ago_to_the_day_is_recent(tmp_path: Path) -> None:
    recent = LAW.replace('checked: "2026-11-01"', 'checked: "2025-11-24"')
    assert said(tmp_path, laws_ol_access=recent) == []


def test_no_source_was_read_tomorrow(tmp_path: Path) -> None:
    ahead = PROVIDERS.replace(
        'control: true, source: "https://register.example/", checked: "2026-11-01"',
        'control: true, source: "https://register.example/", checked: "2027-11-01"',
    )
    line = said(tmp_path, providers_world=ahead)[0]

    assert line.startswith(place("providers/world.yaml", ahead, '"2027-11-01"'))
    assert ": error: 'checked' lies ahead: 2027-11-01" in line


def test_a_hole_in_the_validity_of_a_law_is_told(tmp_path: Path) -> None:
    hole = LAW.replace('from: "2026-06-13"', 'from: "2026-06-20"')
    (line,) = said(tmp_path, laws_ol_access=hole)

    at = place("laws/ol-access.yaml", hole, '"2026-06-20')
    assert line == (
        f"{at}: error: nothing "
        "is said of the law between 2026-06-12 and 2026-06-20: which state was it in?"
    )
