"""The end of an audit on one screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.reporting.terminal import terminal
from tests.reporting import sample


def test_the_decision_comes_first() -> None:
    lines = terminal(sample.assessment(), "fr", 80, color=False).splitlines()
    assert lines[0] == (
        "Ville d’Exemple\u00a0: Avant de signer ou de reconduire, traiter les réserves graves"
    )


@pytest.mark.parametrize("width", [40, 72, 120])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_line_is_wider_than_the_terminal(language: str, width: int) -> None:
    lines = terminal(sample.assessment(), language, width, color=False).splitlines()
    assert max(map(len, lines)) <= max(width, 60)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_fits_a_screen(language: str) -> None:
    assert len(terminal(sample.assessment(), language, 100, color=False).splitlines()) <= 24


def test_there_is_no_escape_sequence_unless_asked_for() -> None:
    assert "\x1b" not in terminal(sample.assessment(), "fr", 80, color=False)
    assert "\x1b[1m" in terminal(sample.assessment(), "fr", 80, color=True)


@pytest.mark.parametrize("color", [True, False])
def test_an_organisation_cannot_paint_our_terminal(color: bool) -> None:
    whole = sample.assessment()
    named = replace(whole, target=replace(whole.target, name="Ville\x1b]0;pwned\x07\u202eelliV"))
    shown = terminal(named, "fr", 80, color=color)
    assert "\x1b]" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
    assert "[U+001B]" in shown


def test_nothing_found_is_not_good_news() -> None:
    shown = terminal(sample.empty(), "fr", 100, color=False)
    assert "Rien n’a pu être jugé" in shown
    assert "pas un bon résultat" in shown
