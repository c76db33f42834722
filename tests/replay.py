"""Every recorded organisation in `fixtures/`, replayed against what is expected of it.

python -m tests.replay        writes expected.json of every story anew; read the diff
python -m tests.replay record STORY DOMAIN HOST:PORT
                              records a story from a DNS server, asking nobody else
python -m tests.replay declare STORY
                              records what the dossier of a story declares, asking nobody
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from auditor import resources
from auditor.audit import knowledge, look, tool
from auditor.catalogue.dossier import home_of
from auditor.cli.report import assess_bundle
from auditor.cli.whom import whom
from auditor.model.assessment import Assessment
from auditor.model.subject import Domain
from auditor.model.target import Target
from auditor.network import bundle, dns
from auditor.network.declared import DeclaredNetwork
from auditor.network.live import LiveNetwork
from auditor.network.manifest import Circumstances
from auditor.network.recorded import RecordedNetwork
from auditor.network.recorder import Recorder
from auditor.network.resolvers import ResolverAddress
from auditor.network.router import Router
from auditor.settings import INTERACTIVE

FIXTURES = Path(__file__).parent.parent / "fixtures"


def stories() -> list[str]:
    """The names of the recorded organisations."""
    return sorted(path.parent.name for path in FIXTURES.glob("*/bundle"))


def replayed(story: str) -> Assessment:
    """The assessment of *story*, as of the day of its recording."""
    kept = bundle.read(FIXTURES / story / "bundle")
    return assess_bundle(kept, knowledge(resources.rules()), None)


def outline(assessment: Assessment) -> dict[str, Any]:
    """What is expected of an assessment: who serves each role, and each verdict."""
    return {
        "footprint": {
            f"{part.domain} {part.role}": sorted(
                f"{d.layer}: {d.offering or '~' + d.label} ({d.confidence})"
                for d in part.dependencies
            )
            + sorted({f"gap: {gap.why}" for gap in part.gaps})
            for part in assessment.footprint.parts
            if part.dependencies or part.gaps
        },
        "findings": {
            f"{finding.rule} | {finding.subject}": finding.verdict.value
            for finding in assessment.findings
            if finding.verdict.value != "not-applicable"
        },
        "score": {
            effect.value: [interval.low, interval.high]
            for effect, interval in assessment.score.by_effect
        },
    }


def expected(story: str) -> dict[str, Any]:
    """What `expected.json` of *story* says."""
    content: dict[str, Any] = json.loads(
        (FIXTURES / story / "expected.json").read_text(encoding="utf-8")
    )
    return content


async def record(story: str, domain: Domain, resolver: ResolverAddress) -> None:
    """Record *domain* as *story*, by DNS alone, and keep only what the source recorded.

    The server answers NXDOMAIN for whatever its source never asked; kept, that
    would be proof of absence that nobody has.  Dropped, it was never asked.
    """
    catalogue = knowledge(resources.rules())
    target = Target(domain.name, (domain,), home=home_of(domain, catalogue.endings))
    began = datetime.now(UTC)
    async with LiveNetwork((resolver,), INTERACTIVE) as live:
        recorder = Recorder(live)
        await look(target, catalogue, recorder, "cymru", INTERACTIVE, ("rdap", "http", "tls"))
        circumstances = Circumstances(
            target=target,
            began=began,
            ended=datetime.now(UTC),
            tool=tool(),
            resolvers=tuple(map(str, live.resolvers)),
            asn_source="cymru",
            vantage="loopback, replaying DNS recorded in March and April 2026 (fixtures/README.md)",
        )
        exchangers = {
            record.data[1]
            for exchange in recorder.exchanges
            if exchange.question.text == f"{domain.name} MX"
            for record in dns.answers(exchange, "MX")
        }
        kept = [
            exchange
            for exchange in recorder.exchanges
            if _recorded(exchange.question.text, domain.name, exchangers)
        ]
        bundle.write(FIXTURES / story / "bundle", circumstances, kept)


async def declared(dossier: Path, into: Path) -> None:
    """Record what *dossier* says as the bundle *into*; whatever could be looked up is unasked."""
    catalogue = knowledge(resources.rules())
    told = whom(str(dossier), (), None, catalogue)
    assert told.dossier is not None
    now = datetime.now(UTC).replace(microsecond=0)
    said = DeclaredNetwork(told.dossier, now, told.target.documents)
    recorder = Recorder(Router(RecordedNetwork((), now), {"declared": said}))
    await look(told.target, catalogue, recorder, "ris", INTERACTIVE)
    circumstances = Circumstances(
        target=told.target,
        began=now,
        ended=now,
        tool=tool(),
        resolvers=(),
        asn_source="ris",
        vantage="aucun, dossier seul / none, a dossier alone",
    )
    kept = [each for each in recorder.exchanges if each.question.medium == "declared"]
    bundle.write(into, circumstances, kept, told.dossier)


_ASKED_UNDER_THE_DOMAIN = (
    "autodiscover",
    "_autodiscover._tcp",
    "selector1._domainkey",
    "selector2._domainkey",
)


def _recorded(question: str, domain: str, exchangers: set[str]) -> bool:
    """Whether the source of the recording asked that *question*."""
    name, _, rdtype = question.partition(" ")
    if name == domain and rdtype in ("MX", "TXT"):
        return True
    if name == domain or name.endswith("." + domain):
        return name in exchangers or name.removesuffix("." + domain) in _ASKED_UNDER_THE_DOMAIN
    return not name.endswith((".arpa", ".mail.protection.outlook.com")) and rdtype != "PTR"


def main(arguments: list[str]) -> None:
    """Write the expectations, or record a story."""
    if arguments[:1] == ["record"]:
        story, name, server = arguments[1:]
        asyncio.run(record(story, Domain.parse(name), ResolverAddress.parse(server)))
    if arguments[:1] == ["declare"]:
        directory = FIXTURES / arguments[1]
        asyncio.run(declared(directory / "dossier.yaml", directory / "bundle"))
    for story in stories():
        file = FIXTURES / story / "expected.json"
        text = json.dumps(outline(replayed(story)), indent=2, ensure_ascii=False, sort_keys=True)
        file.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
