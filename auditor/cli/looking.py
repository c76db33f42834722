"""Look at an organisation until everything is seen, or the user has seen enough."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.audit import look
from auditor.cli.exits import Interrupted
from auditor.cli.whom import is_file
from auditor.errors import IncompleteError, UsageError
from auditor.model.exchange import Exchange, Failure, Reply
from auditor.network import dns
from auditor.network.declared import DeclaredNetwork
from auditor.network.live import LiveNetwork
from auditor.network.prefixes import PrefixTable
from auditor.network.recorded import RecordedNetwork
from auditor.network.recorder import Recorder
from auditor.network.resolvers import ResolverAddress
from auditor.network.router import Router
from auditor.settings import INTERACTIVE

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.cli.progress import Progress
    from auditor.cli.whom import Whom
    from auditor.model.target import Target
    from auditor.network.door import Network

ASN_SOURCES = ("ris", "cymru")
_REDRAWN = 0.2
"""Seconds between two counts of the questions."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Whom to ask.

    Attributes:
        resolvers: For the DNS; the system's when empty.
        asn_source: `ris`, `cymru`, or `file NAME`.
        table: The file of prefixes, if there is one.
        without: Media that are not to be asked; `web` stands for the probes that visit the site.
    """

    resolvers: tuple[ResolverAddress, ...]
    asn_source: str
    table: PrefixTable | None
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a survey brought back.

    Attributes:
        exchanges: In the order asked.
        began: First look-up, UTC.
        ended: Last look-up, UTC.
        resolvers: Who was asked.
        interrupted: Whether the user stopped it.
    """

    exchanges: tuple[Exchange, ...]
    began: datetime
    ended: datetime
    resolvers: tuple[str, ...]
    interrupted: bool


def ways(resolvers: tuple[str, ...], asn_source: str, without: tuple[str, ...]) -> Ways:
    """Whom the options name.

    Raises:
        UsageError: A resolver or the source of routes is not one.
        SourceError: The file of prefixes is wrong, and where.
    """
    try:
        addresses = tuple(dict.fromkeys(map(ResolverAddress.parse, resolvers)))
    except ValueError as error:
        raise UsageError(f"--resolver: {error}") from None
    if asn_source in ASN_SOURCES:
        return Ways(addresses, asn_source, None, without)
    file = Path(asn_source)
    if not is_file(file):
        raise UsageError(
            f"--asn-source: '{asn_source}' is neither ris, nor cymru, nor a file of prefixes"
        )
    return Ways(addresses, f"file {file.name}", PrefixTable.open(file), without)


async def survey(whom: Whom, catalogue: Catalogue, asked: Ways, progress: Progress) -> Seen:
    """Look at the organisation.  SIGINT and SIGTERM end it early, with what was seen until then."""
    name = whom.target.name
    began = datetime.now(UTC)
    interrupted = False
    async with LiveNetwork(asked.resolvers, INTERACTIVE, prefixes=asked.table) as live:
        # The door itself is shut: a probe may ask one medium because of what another said.
        media: dict[str, Network] = {medium: RecordedNetwork((), began) for medium in asked.without}
        if whom.dossier is not None:
            told = DeclaredNetwork(whom.dossier, began, whom.target.documents)
            media["declared"] = told
        recorder = Recorder(Router(live, media))

        def stop() -> None:
            nonlocal interrupted
            interrupted = True
            live.interrupt()

        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)
        progress.step(f"looking at {name}, asking {', '.join(map(str, live.resolvers))}")
        watching = asyncio.create_task(_watch(recorder, name, progress))
        source = asked.asn_source.partition(" ")[0]
        try:
            await look(whom.target, catalogue, recorder, source, INTERACTIVE, asked.without)
        finally:
            watching.cancel()
        return Seen(
            recorder.exchanges,
            began,
            datetime.now(UTC),
            tuple(map(str, live.resolvers)),
            interrupted,
        )


async def _watch(recorder: Recorder, name: str, progress: Progress) -> None:
    """Keep the progress line current."""
    while True:
        await asyncio.sleep(_REDRAWN)
        progress.update(
            lambda: f"{name}: {recorder.answered} of {recorder.asked} questions answered"
        )


def check(target: Target, seen: Seen) -> None:
    """Stop when there is nothing to report on.

    Raises:
        Interrupted: The user stopped before the first answer.
        IncompleteError: Not one question was answered.
        UsageError: A domain does not exist.
    """
    asked = [e for e in seen.exchanges if e.question.medium == "dns"]
    if not any(isinstance(e.result, Reply) for e in asked):
        if seen.interrupted:
            raise Interrupted("interrupted before the first answer; nothing was written")
        reasons = {e.result.reason.value: e.via for e in asked if isinstance(e.result, Failure)}
        told = "; ".join(f"{reason} ({via})" for reason, via in reasons.items()) or "no answer"
        raise IncompleteError(
            f"no resolver answered about {target.name}: {told}. "
            "Check the network, or name another with --resolver HOST"
        )
    for domain in target.domains:
        about = [e for e in asked if e.question.text.startswith(f"{domain.name} ")]
        replied = [e for e in about if isinstance(e.result, Reply)]
        if replied and len(replied) == len(about) and all(map(dns.no_such_name, replied)):
            raise UsageError(
                f"the domain {domain.name} does not exist, says {replied[0].via}; "
                "check its spelling"
            )
