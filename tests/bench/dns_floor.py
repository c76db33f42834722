"""Queries per second, and CPU per query, of our DNS transport beside the machine's floor.

    python -m tests.bench.dns_floor [--domains N]

Serves generated domains with NSD on loopback, asks the same questions with
dnsperf and with our transport, and prints both.  The ratio is what counts.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from auditor.model.exchange import Question, Reply
from auditor.network import dns
from auditor.network.resolvers import ResolverAddress
from auditor.network.transport import DnsTransport
from auditor.settings import BATCH
from tests.servers import nsd, nsd_installed

_LABELS = (
    "www", "autodiscover", "autoconfig", "mail", "webmail", "selector1._domainkey",
    "selector2._domainkey", "default._domainkey", "k1._domainkey", "_dmarc", "_mta-sts",
    "_smtp._tls", "default._bimi", "lyncdiscover", "sip", "cloud", "drive", "visio", "meet",
    "intranet", "extranet", "portail", "login", "sso", "auth", "vpn",
)  # fmt: skip
_SERVICES = ("_autodiscover._tcp", "_sip._tls", "_sipfederationtls._tcp", "_imaps._tcp")


def zone(count: int) -> str:
    """Records of *count* domains."""
    lines = []
    for number in range(count):
        name = f"town{number}.example."
        lines += [
            f"{name} 300 IN MX 10 mx1.{name}",
            f"{name} 300 IN MX 20 mx2.{name}",
            f'{name} 300 IN TXT "v=spf1 include:_spf.host{number % 50}.example -all"',
            f'{name} 300 IN TXT "site-verification={number:040x}"',
            f"{name} 300 IN A 192.0.2.{number % 250}",
            f"mx1.{name} 300 IN A 198.51.100.{number % 250}",
            f"mx2.{name} 300 IN A 198.51.100.{(number + 1) % 250}",
            f"www.{name} 300 IN CNAME {name}",
            f"autodiscover.{name} 300 IN CNAME autodiscover.host{number % 50}.example.",
            f'_dmarc.{name} 300 IN TXT "v=DMARC1; p=none; rua=mailto:a@{name[:-1]}"',
            f"_autodiscover._tcp.{name} 300 IN SRV 0 0 443 autodiscover.host1.example.",
        ]
    return "\n".join(lines) + "\n"


def questions(number: int) -> list[Question]:
    """The questions of one domain, 39."""
    name = f"town{number}.example"
    return [
        *(dns.question(name, rdtype) for rdtype in ("MX", "TXT", "A", "NS", "SOA", "CAA", "DS")),
        *(dns.question(f"mx{exchange}.{name}", "A") for exchange in (1, 2)),
        *(
            dns.question(f"{label}.{name}", "TXT" if label.startswith("_") else "A")
            for label in _LABELS
        ),
        *(dns.question(f"{label}.{name}", "SRV") for label in _SERVICES),
    ]


async def ask(resolver: ResolverAddress, count: int) -> tuple[int, int]:
    """Make and put all questions, 25 domains at a time; how many, and how many got no reply."""
    transport = DnsTransport([resolver], BATCH)
    left = iter(range(count))

    async def work() -> tuple[int, int]:
        total = failed = 0
        for number in left:
            for future in [transport.ask(question) for question in questions(number)]:
                exchange = await future
                total += 1
                failed += not isinstance(exchange.result, Reply)
        return total, failed

    try:
        counts = await asyncio.gather(*(work() for _ in range(25)))
    finally:
        transport.close()
    return sum(total for total, _ in counts), sum(failed for _, failed in counts)


def dnsperf(resolver: ResolverAddress, texts: Iterable[str], directory: Path) -> str:
    """What dnsperf manages with questions such as `city.example MX`: one client, one thread."""
    path = directory / "questions"
    path.write_text("".join(f"{text}\n" for text in texts))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = subprocess.run(
        ["dnsperf", "-s", resolver.address, "-p", str(resolver.port), "-d", str(path),
         "-n", "1", "-q", "100", "-c", "1", "-T", "1", "-e"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    sent = int(re.search(r"Queries sent:\s+(\d+)", output)[1])  # type: ignore[index]
    rate = float(re.search(r"Queries per second:\s+([\d.]+)", output)[1])  # type: ignore[index]
    return f"dnsperf        {rate:9,.0f} queries/s  {cpu / sent * 1e6:5.1f} µs CPU per query"


def main() -> int:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--domains", type=int, default=2000)
    count: int = parser.parse_args().domains
    if not nsd_installed():
        print("nsd is not installed", file=sys.stderr)
        return 2
    with (
        tempfile.TemporaryDirectory() as directory,
        nsd(zone(count), Path(directory)) as resolver,
    ):
        if shutil.which("dnsperf"):
            texts = (one.text for number in range(count) for one in questions(number))
            print(dnsperf(resolver, texts, Path(directory)))
        wall, cpu = time.perf_counter(), time.process_time()
        total, failed = asyncio.run(ask(resolver, count))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(
        f"our transport  {total / wall:9,.0f} queries/s  {cpu / total * 1e6:5.1f} µs CPU per query"
        f"   ({total:,} questions, {failed} without reply)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
