"""Audit every recorded municipality through the real DNS path, and compare with the labels.

The recorded zone is served by NSD on loopback; each domain is surveyed by live
questions, attributed, exposed and judged.  Prints the cost of one domain, the
agreement with the labels that came with the recording, by class and by
offering, and what nobody recognised, ranked: the next pattern to add.  What
the labels are, and how far they can be trusted, is in docs/accuracy.md.

    python tests/bench/recorded.py --shared ../shared [--set companies] [--only DOMAIN …]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import gzip
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from auditor import resources
from auditor.audit import Assessor, Record, knowledge, look
from auditor.catalogue.dossier import home_of
from auditor.engine.scope import kinds_of
from auditor.model.assessment import Assessment
from auditor.model.exchange import Failure
from auditor.model.rule import Verdict
from auditor.model.subject import Domain
from auditor.model.target import Target
from auditor.network.live import LiveNetwork
from auditor.network.recorder import Recorder
from auditor.network.resolvers import ResolverAddress
from auditor.settings import BATCH
from auditor.unswept import seldom_swept
from tests.bench._labels import SETS, Labels, unknown_offerings
from tests.bench._remainder import Remainder
from tests.bench.dns_floor import dnsperf
from tests.servers import free_port

DAY = date(2026, 4, 10)
"""When most of the records were seen."""

UNRECORDED = ("rdap", "http", "tls")
"""Media of which the recording has nothing, so that asking would only fail."""


@dataclass(slots=True, repr=False)
class Tally:
    """What the run adds up.

    Attributes:
        cpu: Seconds that the adding up took: no part of an audit.
        asked: Every DNS question put.
    """

    labels: Labels
    cpu: float = 0.0
    asked: set[str] = field(default_factory=set)
    remainder: Remainder = field(default_factory=Remainder)
    questions: int = 0
    failed: int = 0
    judged: Counter[str] = field(default_factory=Counter)
    keepers: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    wrongly_certain: list[str] = field(default_factory=list)


@contextlib.contextmanager
def served(shared: Path, chosen: str = "municipalities") -> Iterator[ResolverAddress]:
    """The recorded zone of the *chosen* set, on loopback."""
    with tempfile.TemporaryDirectory() as directory:
        port = free_port()
        build = [sys.executable, str(shared / "tools" / "build_recorded_zone.py")]
        data = ["--data", str(shared / "data" / "recorded"), "--set", chosen]
        where = ["--out", directory, "--port", str(port)]
        subprocess.run([*build, *data, *where], check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen(["nsd", "-d", "-c", f"{directory}/nsd.conf"])
        time.sleep(1.5)
        try:
            yield ResolverAddress("127.0.0.1", port)
        finally:
            server.terminate()
            server.wait()


async def run(
    rows: list[dict[str, Any]], resolver: ResolverAddress, at_once: int, compared: str
) -> Tally:
    """Audit every row; the tally.  Labels from *compared* are compared with ours."""
    catalogue = knowledge(resources.rules())
    assessor = Assessor(catalogue, DAY)
    tally = Tally(Labels(compared))
    waiting = iter(rows)

    async def worker(network: LiveNetwork) -> None:
        for row in waiting:
            domain = Domain(row["d"])
            home = home_of(domain, catalogue.endings)
            target = Target(domain.name, (domain,), home=home)
            recorder = Recorder(network)
            began = datetime.now(UTC)
            sightings = await look(target, catalogue, recorder, "cymru", BATCH, UNRECORDED)
            exchanges = recorder.exchanges
            record = Record(exchanges, began, datetime.now(UTC), "", "")
            assessment = assessor.assess(target, sightings, record)
            paused = time.process_time()
            count(tally, row, assessment)
            tally.labels.add(row, assessment, catalogue)
            tally.remainder.add(domain.name, sightings, catalogue)
            tally.cpu += time.process_time() - paused

    async with LiveNetwork((resolver,), BATCH) as network:
        await asyncio.gather(*(worker(network) for _ in range(at_once)))
    return tally


def count(tally: Tally, row: dict[str, Any], assessment: Assessment) -> None:
    """Add what one assessment cost, and what it says of itself."""
    tally.questions += len(assessment.lookups)
    tally.asked |= {e.question.text for e in assessment.lookups if e.question.medium == "dns"}
    failed = {id(e) for e in assessment.lookups if isinstance(e.result, Failure)}
    tally.failed += len(failed)
    tally.reasons.update(
        f"{e.result.reason} {e.question}"
        for e in assessment.lookups
        if isinstance(e.result, Failure)
    )
    for finding in assessment.findings:
        tally.judged[finding.verdict.value] += 1
    for part in assessment.footprint.parts:
        # A fact that was read in full passes, whoever else could not be looked up.
        if part.gaps and any(
            f.verdict is Verdict.PASS
            and (f.domain, f.role) == (part.domain, part.role)
            and not kinds_of(assessment.knowledge.rules[f.rule].condition)
            for f in assessment.findings
        ):
            tally.wrongly_certain.append(f"{row['d']} {part.role}")
    tally.keepers.update(
        d.offering
        for d in assessment.footprint.dependencies
        if d.role == "mail.mailbox" and d.layer == "service" and d.offering
        if d.confidence != "low"
    )


def report(tally: Tally, domains: int, wall: float, cpu: float) -> None:
    """Print the figures."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"domains              {domains}")
    print(f"domains per second   {domains / wall:.0f}")
    print(f"CPU per domain       {1000 * cpu / domains:.2f} ms")
    print(f"questions per domain {tally.questions / domains:.1f}")
    print(f"failed look-ups      {tally.failed}")
    for reason, number in tally.reasons.most_common(5):
        print(f"  {number:>5}  {reason}")
    print(f"peak memory          {peak:.0f} MiB")
    print(f"verdicts             {dict(sorted(tally.judged.items()))}")
    print(f"pass despite a gap   {len(tally.wrongly_certain)} {tally.wrongly_certain[:5]}")
    print()
    for line in tally.labels.lines():
        print(line)
    print("\nwho keeps the mail, by count of domains:")
    for offering, number in tally.keepers.most_common(25):
        print(f"  {number:>4}  {offering}")
    for line in tally.remainder.lines():
        print(line)
    print(f"\ndisagreements ({len(tally.labels.disagreements)}):")
    for line in sorted(tally.labels.disagreements):
        print(f"  {line}")


def main() -> None:
    """Run, and print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--shared", type=Path, default=Path("../shared"))
    arguments.add_argument("--set", choices=SETS, default="municipalities")
    # On loopback so many keep a core busy; more of them only crowd each other out of its caches.
    arguments.add_argument("--at-once", type=int, default=8)
    arguments.add_argument("--only", nargs="*")
    chosen = arguments.parse_args()
    recorded = chosen.shared / "data" / "recorded" / f"{chosen.set}.jsonl.gz"
    if not recorded.is_file():
        sys.exit(f"the recorded DNS is not in {chosen.shared}: say where with --shared DIR")
    with gzip.open(recorded, "rt") as lines:
        rows = [json.loads(line) for line in lines]
    if chosen.only:
        rows = [row for row in rows if row["d"] in chosen.only]
    unknown = unknown_offerings(knowledge(resources.rules()))
    if unknown:
        sys.exit(f"the catalogue does not know {', '.join(unknown)}, which the labels name")
    # What is loaded by now stays, and an audit leaves little that refers to itself.
    gc.freeze()
    with (
        seldom_swept(),
        served(chosen.shared, chosen.set) as resolver,
        tempfile.TemporaryDirectory() as directory,
    ):
        wall, cpu = time.perf_counter(), time.process_time()
        tally = asyncio.run(run(rows, resolver, chosen.at_once, SETS[chosen.set]))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu - tally.cpu
        report(tally, len(rows), wall, cpu)
        if shutil.which("dnsperf"):
            print("\nthe machine's floor, the same questions once each:")
            print(dnsperf(resolver, sorted(tally.asked), Path(directory)))


if __name__ == "__main__":
    main()
