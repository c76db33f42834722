"""What holds for every command: help, streams, pipes, completion."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tests.cli.running import Ran, process, start
from tests.command_pages import commands

Call = Callable[..., Ran]
COMMANDS = [words for words, _ in commands()]


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_has_help(words: str, auditor: Call) -> None:
    ran = auditor(*words.split()[1:], "--help")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: {words}")


LEAVES = [(words, c) for words, c in commands() if not isinstance(c, click.Group)]


@pytest.mark.parametrize(("words", "command"), LEAVES)
def test_every_option_says_what_it_is_for(words: str, command: click.Command) -> None:
    silent = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert silent == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Usage: auditor"),
        (("aduit",), "aduit"),
        (("audit",), "Missing argument"),
        (("audit", "city.example"), "Missing option '-o'"),
        (("report", "/nowhere", "-o", "x"), "does not exist"),
        (("rules",), "Usage: auditor rules"),
    ],
)
def test_wrong_usage(words: tuple[str, ...], told: str, auditor: Call) -> None:
    ran = auditor(*words)

    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


@pytest.mark.slow
def test_help_is_quick() -> None:
    """Best of seven; a machine with other work to do is not the program's fault."""

    def once() -> float:
        began = time.perf_counter()
        assert process("--help").code == 0
        return time.perf_counter() - began

    assert min(once() for _ in range(7)) < 0.150


@pytest.mark.parametrize(
    "words",
    [
        ("rules", "list"),
        ("rules", "docs"),
        ("catalogue", "search", "e"),
        ("schema",),
        ("--help",),
    ],
)
def test_a_reader_that_has_read_enough(words: tuple[str, ...], rules: Path) -> None:
    """As `| head -n 1` does: the pipe is closed while we write."""
    where = ("--rules", rules) if words[0] in ("rules", "catalogue") else ()
    running = start(*words, *where)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()

    assert (running.wait(60), said) == (0, "")


def test_a_listener_that_has_heard_enough(audited: Path, rules: Path, tmp_path: Path) -> None:
    """Nobody reads the progress any more: the files are written all the same."""
    words = ("-o", tmp_path / "out", "--rules", rules, "--format", "json")
    running = start("report", audited / "bundle", *words)
    assert running.stderr is not None
    running.stderr.close()
    assert running.stdout is not None
    running.stdout.close()

    assert running.wait(60) == 0
    assert (tmp_path / "out" / "assessment.json").is_file()


def test_a_full_disk_behind_stdout(rules: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ran = process("rules", "docs", "--rules", rules, stdout=full)

    assert ran.code == 2
    assert ran.err == "auditor: No space left on device\n"


def test_no_streams_at_all(audited: Path, rules: Path, tmp_path: Path) -> None:
    words = ["report", str(audited / "bundle"), "-o", str(tmp_path), "--rules", str(rules)]
    command = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *_python(), *words, "--format", "json"]

    assert subprocess.run(command, check=False, cwd=Path(__file__).parents[2]).returncode == 0


def _python() -> list[str]:
    import sys

    return [sys.executable, "-m", "auditor"]


def test_a_terminal_without_the_characters(rules: Path) -> None:
    ran = process(
        "rules", "list", "--rules", rules, env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    )

    assert (ran.code, ran.err) == (0, "")


def test_an_option_from_the_environment(
    audited: Path, auditor: Call, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDITOR_REPORT_QUIET", "1")
    words = ("-o", tmp_path, "--rules", rules, "--format", "json")

    assert auditor("report", audited / "bundle", *words) == Ran(0, "", "")


def _completed(*words: str) -> list[str]:
    ran = process(
        env={
            "_AUDITOR_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(("auditor", *words)),
            "COMP_CWORD": str(len(words)),
        }
    )
    assert (ran.code, ran.err) == (0, "")
    return [line.partition(",")[2] for line in ran.out.splitlines()]


def test_the_shell_completes_a_command() -> None:
    assert _completed("ver") == ["verify"]


def test_the_shell_completes_an_option() -> None:
    assert _completed("audit", "--asn") == ["--asn-source"]


def test_the_shell_completes_a_list() -> None:
    assert _completed("report", "--format", "pdf,h") == ["pdf,html"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_is_told_how(shell: str) -> None:
    ran = process(env={"_AUDITOR_COMPLETE": f"{shell}_source"})

    assert ran.code == 0
    assert "_auditor_completion" in ran.out
    assert f"_AUDITOR_COMPLETE={shell}_complete" in ran.out


def test_the_shell_completes_what_gates() -> None:
    assert _completed("check", "--fail-on-u") == ["--fail-on-undetermined"]
    assert _completed("check", "--fail-on", "c") == ["critical"]
    assert _completed("check", "--format", "sarif,j") == ["sarif,json", "sarif,junit"]
