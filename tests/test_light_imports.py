"""What asking for help may cost: `auditor --help` is typed far more often than an audit is run."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.checkout import ROOT

SHOW = """
import json, sys
sys.argv = ["auditor", *{arguments!r}]
from auditor.cli import main
try:
    main()
except SystemExit:
    pass
names = {{name.partition(".")[0] for name in sys.modules}}
print(json.dumps(sorted(names)), file=sys.stderr)
"""
# Standard library modules that take longer to import than click.
HEAVY = {"asyncio", "ssl", "http", "xml", "sqlite3", "multiprocessing", "zipfile"}


def _imported(*arguments: str) -> set[str]:
    """The top-level modules in memory once `auditor` has answered *arguments*."""
    program = SHOW.format(arguments=list(arguments))
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{program}"],
        check=True,
        capture_output=True,
        text=True,
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.fixture(scope="module")
def bare() -> set[str]:
    """The top-level modules of an interpreter that did nothing."""
    program = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    command = [sys.executable, "-I", "-c", program]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("--version",), ("audit", "--help"), ("check", "--help"), ("diff", "--help")],
)
def test_help_imports_click_and_ourselves_only(arguments: tuple[str, ...], bare: set[str]) -> None:
    others = _imported(*arguments) - bare - sys.stdlib_module_names
    assert others <= {"click", "auditor"}


def test_help_imports_nothing_heavy() -> None:
    assert _imported("--help") & HEAVY == set()
