"""Real drifts: a recorded organisation assessed twice, and every cause established by replay.

The recording is that of `fixtures/`; what differs is written down below, and nothing else does.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from auditor import resources
from auditor.audit import knowledge, read, tool
from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.waivers import waivers
from auditor.cli.assessments import Kept
from auditor.cli.replays import chains, inputs
from auditor.cli.report import assess_bundle
from auditor.engine.causes import Step, compared
from auditor.model.difference import Comparison
from auditor.model.exchange import Exchange, Failure, Reason, Reply
from auditor.network import bundle
from auditor.reporting.drift import Drift
from auditor.reporting.formats.json import document
from tests.replay import FIXTURES

STORY = "m365-behind-gateway"
DAY = date(2026, 11, 23)
LONG_AGO = date(2022, 6, 1)
BORNE = """\
waivers:
  - id: W-1
    rule: mailbox-foreign-order
    subject: moehlin.ch mail.mailbox
    decision: accepted
    justification: The contract ends next summer.
    approved_by: The mayor
    approved_on: "2026-12-01"
    expires_on: "2027-12-31"
"""
Change = Callable[[Exchange], Exchange]


def spf_opened(exchange: Exchange) -> Exchange:
    """The organisation lets anybody send in its name: `-all` became `+all`."""
    if exchange.question.text != "moehlin.ch TXT" or not isinstance(exchange.result, Reply):
        return exchange
    return replace(exchange, result=Reply(exchange.result.content.replace(b"-all", b"+all")))


def silent(*names: str) -> Change:
    """Nobody answered what was asked about *names*."""

    def changed(exchange: Exchange) -> Exchange:
        if exchange.question.text not in names:
            return exchange
        return replace(exchange, result=Failure(Reason.TIMEOUT, "timed out"))

    return changed


def kept(
    place: Path,
    *changes: Change,
    rules: Path | None = None,
    day: date = DAY,
    borne: str = "",
    evidence: bool = True,
) -> Kept:
    """The recording with *changes*, assessed, below *place*; its bundle beside it or not."""
    told = bundle.read(FIXTURES / STORY / "bundle")
    exchanges = told.exchanges
    for change in changes:
        exchanges = tuple(map(change, exchanges))
    bundle.write(place / "bundle", told.circumstances, exchanges)
    made = bundle.read(place / "bundle")
    catalogue = knowledge(rules or resources.rules())
    content = borne.encode()
    held = waivers(content, Path("waivers.yaml"), catalogue.rules) if borne else None
    whole = document(assess_bundle(made, catalogue, day, held))
    return Kept(str(place), whole, made if evidence else None, content if borne else None)


def other_rules(place: Path) -> Path:
    """Our rules with one criterion made more severe."""
    directory = Path(shutil.copytree(resources.rules(), place))
    mail = directory / "criteria" / "mail.yaml"
    text = mail.read_text("utf-8")
    start = text.index("  - id: mail-outbound-foreign-order")
    mail.write_text(text[:start] + text[start:].replace("medium", "high", 1), "utf-8")
    return directory


def held(
    one: Kept, other: Kept, before: Path | None = None, after: Path | None = None
) -> Comparison:
    """*one* against *other*, made with the rules *before* and *after*: ours unless told."""
    then, now = (read(rules or resources.rules()) for rules in (before, after))
    if then.digest == now.digest:
        now = then
    walks: list[list[Step]] = []
    if one.bundle or other.bundle:
        first = inputs(one, then, before or resources.rules())
        walks = chains(one, other, first, inputs(other, now, after or resources.rules()))
    replayed = one.bundle is not None, other.bundle is not None
    return compared(one.document, other.document, replayed, walks)


def many(place: Path) -> Comparison:
    """Nearly every cause at once: the answer, a silence, a waiver, the rules and the day."""
    rules = other_rules(place / "rules")
    after = kept(
        place / "after",
        spf_opened,
        silent("spf.protection.outlook.com TXT"),
        rules=rules,
        borne=BORNE,
    )
    return held(kept(place / "before", day=LONG_AGO), after, after=rules)


def drift(comparison: Comparison, language: str) -> Drift:
    """*comparison* as a document."""
    known = _known()
    return Drift(comparison, language, known.words, known.role_names, tool())


@cache
def _known() -> Catalogue:
    return knowledge(resources.rules())
