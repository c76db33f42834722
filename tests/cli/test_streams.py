from __future__ import annotations

import io

import pytest

from auditor.cli.streams import coloured, complain


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "variables", "stream", "expected"),
    [
        ("auto", {}, io.StringIO(), False),
        ("auto", {}, _Terminal(), True),
        ("auto", {"NO_COLOR": "1"}, _Terminal(), False),
        ("auto", {"NO_COLOR": ""}, _Terminal(), True),
        ("auto", {"FORCE_COLOR": "1"}, io.StringIO(), True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, io.StringIO(), False),
        ("always", {"NO_COLOR": "1"}, io.StringIO(), True),
        ("never", {"FORCE_COLOR": "1"}, _Terminal(), False),
        ("auto", {}, None, False),
    ],
)
def test_colour(
    choice: str,
    variables: dict[str, str],
    stream: io.StringIO | None,
    expected: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert coloured(choice, stream) is expected


def test_a_complaint_does_not_act_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    complain("no file \x1b[31mred\nsecond line \u202e")

    assert capsys.readouterr().err == "auditor: no file [U+001B][31mred\nsecond line [U+202E]\n"
