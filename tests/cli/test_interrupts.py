from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.checkout import ROOT

PROGRAM = """
import time
from auditor.cli.interrupts import insist

class Finalised:
    def __del__(self):
        raise {error}

insist()
try:
    Finalised()
    time.sleep(30)
except KeyboardInterrupt:
    print("interrupted")
"""


def _run(error: str, patience: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(error=error).replace("30", str(patience))],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_an_interrupt_that_falls_into_a_finaliser_is_raised_again() -> None:
    done = _run("KeyboardInterrupt", 30)

    assert (done.stdout, done.stderr) == ("interrupted\n", "")


def test_any_other_error_there_is_told_as_usual() -> None:
    done = _run("OSError", 0.1)

    assert done.stdout == ""
    assert "Exception ignored in" in done.stderr


HANDLED = """
import sys
from auditor.cli.interrupts import settle

try:
    exec("raise KeyboardInterrupt")
except KeyboardInterrupt:
    settle()
sys.exit(130)
"""


def test_an_interrupt_that_was_dealt_with_leaves_the_code_to_us(tmp_path: Path) -> None:
    """Without settling, a process begun by `python -m` ends as if killed."""
    (tmp_path / "handled.py").write_text(HANDLED)
    path = {"PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}
    command = [sys.executable, "-m", "handled"]

    done = subprocess.run(command, env={**os.environ, **path}, check=False)

    assert done.returncode == 130
