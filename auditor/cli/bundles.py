"""Find the bundle that a person means, and see whether we can work with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import BundleError

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.network.bundle import Bundle

AUDITED = "bundle"
"""What an audit calls the bundle in its directory of results."""

MANIFEST = "manifest.json"


def located(path: Path) -> Path:
    """The bundle at *path*, or in it when *path* is the directory that an audit wrote."""
    within = path / AUDITED
    if not (path / MANIFEST).exists() and (within / MANIFEST).is_file():
        return within
    return path


def check_known(kept: Bundle, catalogue: Catalogue) -> None:
    """See that the words of the manifest are among ours.

    Raises:
        BundleError: The source of routes or the jurisdiction is not.
    """
    from auditor.cli.looking import ASN_SOURCES

    told = kept.circumstances
    source = told.asn_source.partition(" ")[0]
    if source not in (*ASN_SOURCES, "file"):
        raise BundleError(f"the bundle names '{source}' as its source of routes, which is unknown")
    home = told.target.home
    if home is not None and home not in catalogue.jurisdictions:
        raise BundleError(
            f"the bundle names '{home}' as the organisation's own jurisdiction, which these rules "
            "do not know; name others with --rules"
        )
