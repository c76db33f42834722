"""How long the knowledge takes to load, and what that makes of a command.

    python -m tests.bench.catalogue [--times N]

Each figure is the best of N, beside the least that the same work can cost: for a
cold load composing the YAML and doing nothing with it, for a warm one reading the
file and checking its digest, for a command a bare interpreter.  `x3` is the
catalogue with twice as many vendors, known by name only, added to it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from auditor import audit, resources
from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.reading import files
from auditor.kept import directory as compiled_in
from auditor.unswept import unswept
from tests.checkout import ROOT

STORY = ROOT / "fixtures" / "m365-behind-gateway" / "bundle"
_VENDOR = """\
  - id: vendor-{n}
    name: Vendor {n}
    operator: vendor-{n}-sa
    category: [other]
    roles: [mail.outbound]
    fingerprints:
      - {{on: dns.spf.include, under: "spf.vendor-{n}.example", strength: moderate}}
      - {{on: dns.mx, under: "mx.vendor-{n}.example"}}
      - {{on: dns.txt, prefix: "vendor-{n}-verification=", proves: past-claim, strength: weak}}
    source: https://vendor-{n}.example/
    checked: "2026-11-23"
    verified: false
"""
_ENTITY = """\
  - {{id: vendor-{n}-sa, name: Vendor {n}, source: "https://vendor-{n}.example/", \
checked: "2026-11-23", verified: false}}
"""


def enlarged(rules: Path, directory: Path, vendors: int) -> Path:
    """A copy of *rules* with so many *vendors* more, each known by name only."""
    copy = directory / "rules"
    shutil.copytree(rules, copy)
    entities = "".join(_ENTITY.format(n=n) for n in range(vendors))
    offerings = "".join(_VENDOR.format(n=n) for n in range(vendors))
    content = f"entities:\n{entities}offerings:\n{offerings}"
    (copy / "providers" / "known-by-name.yaml").write_text(content, encoding="utf-8")
    return copy


def best(times: int, work: Callable[[], object]) -> float:
    """The shortest of so many runs of *work*, in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return 1000 * min(taken)


def loading(label: str, rules: Path, times: int) -> None:
    """Print what reading *rules* costs, cold and warm."""

    def compose() -> None:
        with unswept():
            for file in files(rules):
                yaml.compose(file.read_bytes(), Loader=yaml.CSafeLoader)

    def cold() -> None:
        audit.knowledge(rules, fresh=True)

    def warm() -> Catalogue:
        audit.tool.cache_clear()
        return audit.knowledge(rules)

    catalogue = warm()
    kept = max(compiled_in().glob("catalogue-*"), key=lambda file: file.stat().st_mtime)
    patterns = sum(len(offering.fingerprints) for offering in catalogue.offerings.values())
    print(f"{label}: {len(catalogue.offerings):,} offerings, {patterns:,} fingerprints")
    line("  cold", best(times, cold), "the YAML alone", best(times, compose))
    floor = best(times, lambda: hashlib.sha256(kept.read_bytes()).digest())
    line("  warm", best(times, warm), "its file, read and checked", floor)


def command(label: str, times: int, *arguments: str, floor: float) -> None:
    """Print what a whole process of ours costs."""
    words = [sys.executable, "-m", "auditor", *arguments]
    line(label, best(times, lambda: _run(words)), "a bare interpreter", floor)


def line(what: str, ours: float, floor_is: str, floor: float) -> None:
    """Print one comparison."""
    print(f"{what:<28} {ours:8,.1f} ms   {ours / floor:6.1f} times {floor_is} ({floor:,.1f} ms)")


def _run(words: list[str]) -> None:
    subprocess.run(words, check=True, capture_output=True, cwd=ROOT)


def main() -> int:
    """Run the comparisons."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times: int = parser.parse_args().times
    with tempfile.TemporaryDirectory() as directory:
        os.environ["XDG_CACHE_HOME"] = directory
        rules = resources.rules()
        loading("catalogue", rules, times)
        more = 2 * len(audit.knowledge(rules).offerings)
        loading("catalogue x3", enlarged(rules, Path(directory), more), times)
        bare = best(times, lambda: _run([sys.executable, "-c", "pass"]))
        command("auditor --help", times, "--help", floor=bare)
        command("auditor catalogue show", times, "catalogue", "show", "microsoft-365", floor=bare)
        report = ("report", str(STORY), "-o", f"{directory}/out", "-q", "--lang", "fr")
        command("auditor report, PDF", times, *report, "--format", "pdf", floor=bare)
        command("auditor report, JSON", times, *report, "--format", "json", floor=bare)
    return 0


if __name__ == "__main__":
    sys.exit(main())
