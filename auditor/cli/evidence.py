"""Look, and keep what was seen: a report is always made from the bundle just written."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.audit import tool
from auditor.cli.bundles import AUDITED
from auditor.cli.exits import Interrupted
from auditor.cli.looking import check, survey
from auditor.network import bundle
from auditor.network.manifest import Circumstances

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.cli.looking import Seen, Ways
    from auditor.cli.progress import Progress
    from auditor.cli.whom import Whom


def gather(
    whom: Whom,
    catalogue: Catalogue,
    asked: Ways,
    vantage: str,
    directory: Path,
    progress: Progress,
) -> Path:
    """Look at the organisation and write the bundle into *directory*; where it is.

    Raises:
        Interrupted: The user stopped it; what was seen until then is kept, if anything was.
        IncompleteError: Not one question was answered.
        UsageError: A domain does not exist.
        OutputError: The bundle cannot be written.
    """
    seen = asyncio.run(survey(whom, catalogue, asked, progress))
    check(whom.target, seen)
    kept = _keep(directory, whom, seen, asked, vantage)
    if seen.interrupted:
        raise stopped(kept)
    return kept


def _keep(directory: Path, whom: Whom, seen: Seen, asked: Ways, vantage: str) -> Path:
    """Write the bundle; where it is.  Half a survey never takes the place of a whole one."""
    circumstances = Circumstances(
        target=whom.target,
        began=seen.began,
        ended=seen.ended,
        tool=tool(),
        resolvers=seen.resolvers,
        asn_source=asked.asn_source,
        vantage=vantage,
    )
    path = directory / AUDITED
    if seen.interrupted and path.exists():
        path = directory / f"{AUDITED}.interrupted"
    bundle.write(path, circumstances, seen.exchanges, whom.dossier)
    return path


def stopped(bundle: Path) -> Interrupted:
    """The end of a run that the user stopped, when the bundle at *bundle* is kept."""
    return Interrupted(
        f"interrupted; what was seen until then is kept in {bundle}\n"
        f"  auditor report {bundle} -o {bundle.parent}   reports on it; the rest is unknown"
    )
