"""`auditor verify`: is this what was recorded, and does it still say the same?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli.options import rules_directory

if TYPE_CHECKING:
    from auditor.network.bundle import Bundle

ATTACHED_BUNDLE = "bundle.zip"
ATTACHED_ASSESSMENT = "assessment.json"


@click.command("verify")
@click.argument("path", metavar="BUNDLE|PDF", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Directory of rules to use instead of those installed.",
)
def command(path: Path, rules: Path | None) -> int:
    """Check that BUNDLE, a directory or a .zip, is what was recorded, file by file.

    The assessment beside it, or the one that a PDF carries with its bundle, is
    made again from the evidence and compared.  An altered bundle, or findings
    that do not follow from it, are refused with exit code 2.
    """
    from auditor.network import bundle

    if path.suffix.lower() == ".pdf":
        attached = _attachments(path)
        kept = bundle.read_archive(attached[ATTACHED_BUNDLE], f"{path} ({ATTACHED_BUNDLE})")
        written: bytes | None = attached[ATTACHED_ASSESSMENT]
    else:
        kept = bundle.read(path)
        beside = path.parent / ATTACHED_ASSESSMENT
        written = beside.read_bytes() if beside.is_file() else None
    told = kept.circumstances
    click.echo(f"{path}: the evidence is whole and unaltered")
    click.echo(f"  {told.target.name}, {told.began:%Y-%m-%d %H:%M} to {told.ended:%H:%M} UTC")
    click.echo(f"  {len(kept.exchanges)} exchanges; manifest SHA-256 {kept.digest}")
    if written is not None:
        return _compare(kept, written, rules, str(path))
    return 0


def _attachments(file: Path) -> dict[str, bytes]:
    """The bundle and the assessment that the report *file* carries."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    from auditor.errors import BundleError

    try:
        carried = {name: parts[0] for name, parts in PdfReader(file).attachments.items()}
    except (PyPdfError, OSError, ValueError) as error:
        raise BundleError(f"{file} is not a PDF that can be read: {error}") from None
    for name in (ATTACHED_BUNDLE, ATTACHED_ASSESSMENT):
        if name not in carried:
            raise BundleError(f"{file} carries no {name}; it is no report of the auditor")
    return carried


def _compare(kept: Bundle, written: bytes, rules: Path | None, called: str) -> int:
    """Make the assessment again and compare it with *written*."""
    from auditor import reporting
    from auditor.audit import knowledge
    from auditor.cli.report import assess_bundle
    from auditor.errors import BundleError

    try:
        before: dict[str, Any] = json.loads(written)
        day = date.fromisoformat(before["as_of"])
        digests: dict[str, str] = before["digests"]
    except (ValueError, KeyError, TypeError):
        raise BundleError(f"{called}: its assessment is not one of ours") from None
    if digests.get("bundle") != kept.digest:
        raise BundleError(f"{called}: the assessment was made from another bundle than this one")
    assessment = assess_bundle(kept, knowledge(rules_directory(rules)), day)
    again = reporting.render("json", assessment, "en")
    if again == written:
        click.echo("  the assessment follows from it, byte for byte")
        return 0
    after: dict[str, Any] = json.loads(again)
    changed = [name for name in ("rules", "tool") if digests.get(name) != after["digests"][name]]
    differing = _differences(before, after)
    if not changed:
        raise BundleError(
            f"{called}: the assessment does not follow from the evidence; it was altered: "
            + ("; ".join(differing[:5]) or "in its details")
        )
    click.echo(f"  made with other {' and '.join(changed)} than installed here; verdicts compared:")
    for line in differing:
        click.echo(f"    {line}")
    if not differing:
        click.echo("    every verdict is the same")
    return 0


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """A line for each verdict that is not the same."""

    def verdicts(assessment: dict[str, Any]) -> dict[tuple[str, str], str]:
        return {(f["rule"], f["subject"]): f["verdict"] for f in assessment["findings"]}

    then, now = verdicts(before), verdicts(after)
    return [
        f"{rule}, {subject}: {then.get((rule, subject), 'absent')} there, "
        f"{now.get((rule, subject), 'absent')} here"
        for rule, subject in sorted(then.keys() | now.keys())
        if then.get((rule, subject)) != now.get((rule, subject))
    ]
