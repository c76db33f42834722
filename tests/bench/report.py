"""How long a PDF report takes, as a whole command and in a process that has made one before.

    python -m tests.bench.report [--times N]

Each figure is the best of N, beside what is wanted of it and beside a floor: for a
command a bare process that imports WeasyPrint and lays out a page of one line.  The
large report, 200 findings that rest on 2,000 look-ups, is made once, in a process
of its own, whose memory is measured.  Every process finds its bytecode, the compiled
catalogue and the compiled templates made, as from its second run on anywhere.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from auditor import audit, reporting, resources
from auditor.cli.report import assess_bundle
from auditor.cli.results import attachments
from auditor.model.assessment import Assessment
from auditor.model.exchange import Exchange, Question, Reply
from auditor.model.rule import Verdict
from auditor.network import bundle as bundles
from tests.bench.catalogue import best
from tests.checkout import ROOT
from tests.reporting import sample

WHOLE = 2.5
"""Seconds wanted of a command that makes one report."""
EACH = 71
"""Milliseconds wanted of a page, warm: a second for a report of 14."""
FINDINGS, LOOKUPS = 200, 2000
LONGEST, LARGEST = 30, 500
"""Seconds and MiB wanted of the report with so many findings and look-ups."""
HELP = 150
"""Milliseconds wanted of `auditor --help`."""
_FLOOR = "import weasyprint; weasyprint.HTML(string='<p>One line.').write_pdf()"


def large() -> Assessment:
    """The sample with so many findings, each of which rests on ten look-ups of its own."""
    whole = sample.assessment()
    lookups = tuple(
        Exchange(
            Question("dns", f"host{n}.ville.example. IN A"),
            Reply(f"reply {n}".encode() * 8),
            sample.BEGAN + timedelta(milliseconds=n),
            0.004,
            "udp 192.0.2.53:53",
        )
        for n in range(LOOKUPS)
    )
    open_ = [f for f in whole.findings if f.verdict in (Verdict.FAIL, Verdict.UNKNOWN)]
    share = LOOKUPS // FINDINGS
    findings = tuple(
        open_[n % len(open_)]._replace(
            id=f"f{n + 1:03d}",
            subject=f"host{n}.ville.example {open_[n % len(open_)].role}",
            evidence=tuple(exchange.id for exchange in lookups[share * n : share * (n + 1)]),
        )
        for n in range(FINDINGS)
    )
    return replace(whole, findings=findings, lookups=whole.lookups + lookups)


def measured_large() -> None:
    """Print, for the process that started this one, what the large report takes."""
    assessment = large()
    began = time.perf_counter()
    content = reporting.render("pdf", assessment, "fr")
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak, _pages(content)]))


def one(bundle: Path, directory: str, times: int, floor: float) -> None:
    """Print what the report of *bundle* takes."""
    words = ("-m", "auditor", "report", str(bundle), "-o", directory, "-q", "--lang", "fr")
    whole = best(times, lambda: _run(*words, "--format", "pdf"))
    catalogue = audit.knowledge(resources.rules())
    kept = bundles.read(bundle)
    assessment = assess_bundle(kept, catalogue, None)
    carried = attachments(assessment, kept.archive(), None)
    pages = _pages(reporting.render("pdf", assessment, "fr", carried))
    warm = best(times, lambda: reporting.render("pdf", assessment, "fr", carried))
    print(
        f"{bundle.parent.name:<28}{pages:>3} pages   {whole / 1000:5.2f} s (wanted {WHOLE}),"
        f"{whole / floor:5.1f} times the floor   warm {warm / 1000:5.2f} s,"
        f"{warm / pages:4.0f} ms per page (wanted {EACH})"
    )


def _run(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return done.stdout


def _pages(content: bytes) -> int:
    return len(PdfReader(BytesIO(content)).pages)


def main() -> int:
    """Run the comparisons."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=4)
    parser.add_argument("--large", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.large:
        measured_large()
        return 0
    with tempfile.TemporaryDirectory() as directory:
        os.environ["XDG_CACHE_HOME"] = f"{directory}/cache"
        os.environ["PYTHONPYCACHEPREFIX"] = f"{directory}/bytecode"
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        _compare(directory, arguments.times)
    return 0


def _compare(directory: str, times: int) -> None:
    for words in (("-c", "pass"), ("-m", "auditor", "--help"), ("-c", _FLOOR)):
        _run(*words)
    bare = best(times, lambda: _run("-c", "pass"))
    helped = best(times, lambda: _run("-m", "auditor", "--help"))
    print(
        f"auditor --help: {helped:,.0f} ms (wanted {HELP}), "
        f"{helped / bare:.1f} times a bare interpreter ({bare:,.0f} ms)"
    )
    floor = best(times, lambda: _run("-c", _FLOOR))
    print(f"the floor, WeasyPrint and a page of one line: {floor / 1000:.2f} s")
    for bundle in sorted((ROOT / "fixtures").glob("*/bundle")):
        one(bundle, f"{directory}/out", times, floor)
    seconds, peak, pages = json.loads(_run("-m", "tests.bench.report", "--large"))
    print(
        f"{FINDINGS} findings on {LOOKUPS:,} look-ups: {pages} pages, {seconds:.1f} s"
        f" (wanted {LONGEST}), {peak:,.0f} MiB at most (wanted {LARGEST})"
    )


if __name__ == "__main__":
    sys.exit(main())
