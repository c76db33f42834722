"""Call the program as its users do, on a made-up city."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.checkout import ROOT
from tests.servers import Behaviour

CITY = "city.example"
ZONE = """
city.example. 300 IN SOA ns1.city.example. hostmaster.city.example. 1 3600 600 86400 60
city.example. 300 IN NS ns1.city.example.
city.example. 300 IN MX 10 city.mx.overcloud.example.
city.example. 300 IN TXT "v=spf1 include:spf.overcloud.example -all"
city.example. 300 IN A 192.0.2.80
ns1.city.example. 300 IN A 192.0.2.53
www.city.example. 300 IN CNAME city.example.
city.mx.overcloud.example. 300 IN A 192.0.2.25
spf.overcloud.example. 300 IN TXT "v=spf1 ip4:192.0.2.0/24 -all"
"""
ALONE = ("--without", "rdap,http,tls", "--asn-source", "cymru")
"""Options with which nobody but the resolver is asked."""

THEN = ("--as-of", "2026-01-01")
"""A day on which the law of the made-up world is in force."""


class Everywhere(dict[str, Behaviour]):
    """The same behaviour of a server for every name, but for a few."""

    def __init__(self, behaviour: Behaviour, *but: str) -> None:
        super().__init__()
        self._behaviour = behaviour
        self._but = but

    def get(self, key: str, default: Any = None) -> Any:
        """What to do when asked for *key*."""
        return default if key in self._but else self._behaviour


@dataclass(frozen=True, slots=True)
class Ran:
    """How a call ended."""

    code: int
    out: str
    err: str


def start(
    *arguments: str | Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdout: int | Any = subprocess.PIPE,
    stderr: int | Any = subprocess.PIPE,
) -> subprocess.Popen[str]:
    """A process of our own that runs the program."""
    return subprocess.Popen(
        [sys.executable, "-m", "auditor", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        cwd=cwd,
        stdout=stdout,
        stderr=stderr,
        text=True,
        encoding="utf-8",
    )


def process(*arguments: str | Path, **circumstances: Any) -> Ran:
    """Run the program to its end in a process of its own."""
    started = start(*arguments, **circumstances)
    out, err = started.communicate(timeout=120)
    return Ran(started.returncode, out or "", err or "")


def assessment(directory: Path) -> dict[str, Any]:
    """The assessment in *directory*."""
    content: dict[str, Any] = json.loads((directory / "assessment.json").read_bytes())
    return content


def verdicts(directory: Path) -> dict[str, str]:
    """The verdict of each rule in *directory*."""
    return {f["rule"]: f["verdict"] for f in assessment(directory)["findings"]}


def names(directory: Path) -> list[str]:
    """Everything in *directory*, hidden files too."""
    return sorted(path.relative_to(directory).as_posix() for path in directory.rglob("*"))
