"""The progress line: rewritten on a terminal, plain elsewhere."""

from __future__ import annotations

import io
import os
import pty
import re
from pathlib import Path

import pytest

from auditor.cli.progress import Progress
from tests.cli.running import ALONE, CITY, THEN, ZONE, start
from tests.servers import dns_server


def _on_a_terminal(*words: str | Path, env: dict[str, str] | None = None) -> tuple[int, str]:
    """The exit code, and what a terminal of 60 columns is sent."""
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    process = start(*words, stderr=theirs, env={"TERM": "xterm", **(env or {})})
    os.close(theirs)
    sent = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        sent += piece
    os.close(ours)
    process.communicate(timeout=60)
    return process.returncode, sent.decode()


@pytest.fixture
def words(rules: Path, tmp_path: Path) -> tuple[str | Path, ...]:
    return ("-o", tmp_path / "out", "--rules", rules, "--format", "json")


def test_one_line_is_rewritten(words: tuple[str | Path, ...]) -> None:
    with dns_server(ZONE) as server:
        asked = ("--resolver", str(server.resolver), *ALONE, *THEN)
        code, sent = _on_a_terminal("audit", CITY, *asked, *words)

    assert code == 0
    drawn = re.findall(r"\r\x1b\[2K([^\r\n\x1b]+)", sent)
    assert [line.split()[0] for line in drawn][:2] == ["reading", "looking"]
    assert "assessing" in {line.split()[0] for line in drawn}
    assert all(len(line) < 60 for line in drawn)
    live, _, after = sent.rpartition("\r\x1b[2K")
    assert "\n" not in live
    assert CITY in after


@pytest.mark.parametrize(
    ("env", "options", "coloured"),
    [
        ({}, (), True),
        ({"NO_COLOR": "1"}, (), False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, (), False),
        ({"NO_COLOR": "1"}, ("--color", "always"), True),
        ({"TERM": "dumb"}, (), False),
        ({}, ("--color", "never"), False),
    ],
)
def test_colour_on_a_terminal(
    env: dict[str, str],
    options: tuple[str, ...],
    coloured: bool,
    audited: Path,
    words: tuple[str | Path, ...],
) -> None:
    _, sent = _on_a_terminal("report", audited / "bundle", *words, *options, env=env)

    assert ("\x1b[1m" in sent) is coloured


def test_a_terminal_that_cannot_rewrite_gets_plain_steps(
    audited: Path, words: tuple[str | Path, ...]
) -> None:
    _, sent = _on_a_terminal("report", audited / "bundle", *words, env={"TERM": "dumb"})

    assert sent.startswith("assessing ")
    assert "\x1b" not in sent


def test_plain_steps_where_there_is_no_terminal() -> None:
    stream = io.StringIO()

    with Progress(False, stream) as progress:
        progress.step("reading")
        progress.update(lambda: "never shown")
        progress.step("writing")

    assert stream.getvalue() == "reading\nwriting\n"


def test_nothing_when_quiet() -> None:
    stream = io.StringIO()

    with Progress(True, stream) as progress:
        progress.step("reading")

    assert stream.getvalue() == ""


class _Broken(io.StringIO):
    tried = 0

    def write(self, text: str) -> int:
        self.tried += 1
        raise BrokenPipeError


def test_a_stream_that_breaks_costs_nothing() -> None:
    stream = _Broken()

    with Progress(False, stream) as progress:
        progress.step("reading")
        progress.step("writing")

    assert stream.tried
