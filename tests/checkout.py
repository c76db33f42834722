"""The checkout under test: where it is, and which files are part of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_MADE_HERE = {
    ".git", ".venv", "build", "demo", "dist", "__pycache__", ".hypothesis",
    ".mypy_cache", ".pytest_cache", ".ruff_cache", ".import_linter_cache", "auditor.egg-info",
}  # fmt: skip


def tracked(under: str = "") -> list[Path]:
    """The files of the repository below *under*, relative to `ROOT`.

    Git says which; an unpacked archive, which has no Git, has no others than
    those made here.
    """
    if (ROOT / ".git").exists():
        # A checkout that belongs to another user is no danger to a listing.
        command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--", under or "."]
        names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
        found = [Path(name) for name in names.decode().split("\0") if name]
    else:
        found = [path.relative_to(ROOT) for path in (ROOT / under).rglob("*")]
    return sorted(
        path for path in found if (ROOT / path).is_file() and _MADE_HERE.isdisjoint(path.parts)
    )
