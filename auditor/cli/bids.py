"""Bids, from the files that a tender names to assessments for its buyer."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.audit import Assessor, Record, look
from auditor.cli.bundles import located
from auditor.cli.looking import ASN_SOURCES
from auditor.cli.report import replayed
from auditor.cli.whom import whom
from auditor.engine.bids import by_its_word, for_buyer
from auditor.engine.tender import Assessed
from auditor.errors import UsageError
from auditor.model.compared import Basis
from auditor.network import bundle as bundles
from auditor.network.declared import DeclaredNetwork
from auditor.network.recorded import RecordedNetwork
from auditor.network.recorder import Recorder
from auditor.network.router import Router
from auditor.settings import INTERACTIVE

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.assessment import Assessment
    from auditor.model.footprint import Footprint
    from auditor.model.sighting import Sighting
    from auditor.model.target import Target
    from auditor.model.tender import Bid, Tender


def _as_seen(footprint: Footprint) -> Footprint:
    return footprint


@dataclass(frozen=True, slots=True)
class _Offered:
    """What a bid brought."""

    target: Target
    sightings: tuple[Sighting, ...]
    record: Record
    kind: str
    digest: str


class Assessing:
    """Assesses the bids of one tender, with one catalogue as of one day."""

    def __init__(self, tender: Tender, file: Path, catalogue: Catalogue) -> None:
        self._tender = tender
        self._file = file
        self._catalogue = catalogue
        self._assessor = Assessor(catalogue, tender.as_of)

    def bid(self, bid: Bid) -> Assessed:
        """*bid*, assessed for the buyer.

        Raises:
            SourceError, UsageError: Its dossier is wrong or cannot be read, or it replies to
                something that nobody asked.
            BundleError: Its bundle is missing, altered or truncated.
        """
        offered = self._dossier(bid) if bid.dossier else self._bundle(bid)
        target, aside = for_buyer(
            offered.target, bid.bidder, self._tender, self._catalogue.frameworks.values()
        )
        sightings, record = offered.sightings, offered.record
        judged = by_its_word if offered.kind == "dossier" else _as_seen

        def assess(knowledge: Catalogue) -> Assessment:
            assessor = self._assessor
            if knowledge is not self._catalogue:
                assessor = Assessor(knowledge, self._tender.as_of)
            return assessor.assess(target, sightings, record, judged=judged)

        basis = Basis(
            offered.kind,
            offered.digest,
            tuple((answer.framework, answer.question, answer.line) for answer in aside),
            offered.target.organisation.notice,
        )
        assessed = Assessed(bid, basis, assess(self._catalogue), assess)
        self._check_replies(assessed)
        return assessed

    def _check_replies(self, assessed: Assessed) -> None:
        """See that no reply is lost: one to a contradiction needs that contradiction."""
        known = {award.id for award in self._tender.awards}
        known |= {knock_out.id for knock_out in self._tender.knock_outs}
        known |= {each.id for each in assessed.assessment.contradictions}
        for reply in assessed.bid.replies:
            if reply.criterion not in known:
                raise UsageError(
                    f"{self._file}:{assessed.bid.line}: {assessed.bid.id} replies to "
                    f"'{reply.criterion}', and its bid holds no contradiction of that number"
                )

    def _dossier(self, bid: Bid) -> _Offered:
        """The bid by its own word: nothing is looked up."""
        path = str(self._file.parent / bid.dossier)
        if not path.endswith((".yaml", ".yml")):
            raise UsageError(
                f"{self._file}:{bid.line}: the name of a dossier ends in .yaml; "
                "a recording is named under 'bundle'"
            )
        organisation = whom(path, (), None, self._catalogue)
        content = organisation.dossier or b""
        at = datetime.combine(self._tender.as_of, time(), UTC)
        told = DeclaredNetwork(content, at, organisation.target.documents)
        recorder = Recorder(Router(RecordedNetwork((), at), {"declared": told}))
        seen = asyncio.run(
            look(organisation.target, self._catalogue, recorder, ASN_SOURCES[0], INTERACTIVE)
        )
        exchanges = tuple(e for e in recorder.exchanges if e.question.medium == "declared")
        digest = hashlib.sha256(content).hexdigest()
        return _Offered(
            organisation.target,
            seen,
            Record(exchanges, at, at, "", digest),
            "dossier",
            digest,
        )

    def _bundle(self, bid: Bid) -> _Offered:
        """The bid by what was recorded of it."""
        kept = bundles.read(located(self._file.parent / bid.bundle))
        target, sightings, record = replayed(kept, self._catalogue)
        return _Offered(target, sightings, record, "bundle", kept.digest)
