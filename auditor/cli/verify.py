"""`auditor verify`: is this what was recorded, and does the report follow from it?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.cli import options
from auditor.cli.exits import Exit
from auditor.cli.options import rules_directory
from auditor.model.text import LANGUAGES

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.assessment import Assessment
    from auditor.model.waiver import Waivers
    from auditor.network.bundle import Bundle

_SHOWN = 5
"""Verdicts that differ, as named in a refusal."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is to be verified.

    Attributes:
        called: How messages name it.
        bundle: The evidence, checked.
        assessment: The `assessment.json` that goes with it, if any.
        pages: The PDF, if it is one.
        language: Of the PDF.
        waivers: The file of waivers that goes with it, if any.
    """

    called: str
    bundle: Bundle
    assessment: bytes | None = None
    pages: bytes | None = None
    language: str = ""
    waivers: bytes | None = None


@click.command("verify")
@click.argument("path", metavar="BUNDLE|PDF", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--trust",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Certificates to trust, PEM or DER: the seal or the time-stamp must lead to one.",
)
@options.rules
def command(path: Path, trust: tuple[Path, ...], rules: Path | None) -> int:
    """Check that BUNDLE (a directory or a .zip) or a PDF report is what was recorded.

    \b
    auditor verify ville/bundle
    auditor verify ville/report.fr.pdf        with the evidence that it carries
    auditor verify ville/report.fr.sealed.pdf --trust authority.pem

    Every file of the evidence is compared with its digest.  The assessment
    beside a bundle, or in the PDF, is then made again from the evidence and
    compared, and so are the pages of the PDF, as they were before any seal.

    A seal or a time-stamp must hold.  Whoever made it is believed when --trust
    names the certificate, or that of an authority above it; without --trust
    nobody is, and a seal proves that the file is unaltered since, no more.
    With --trust, what carries no such seal (a PDF) or time-stamp (a bundle) is
    refused.  Whether a certificate was revoked is not asked: that would be a call.

    \b
    0  it is what was recorded, and follows from it
    2  it was altered, does not follow from the evidence, or is not sealed as --trust asks
    3  that cannot be told here: it was made with other rules or another version, which give other
       results, or whose pages cannot be made again
    """
    sealed = _opened(path)
    told = sealed.bundle.circumstances
    _print(f"{path}: the evidence is whole and unaltered")
    _print(f"  {told.target.name}, {told.began:%Y-%m-%d %H:%M} to {told.ended:%H:%M} UTC")
    _print(f"  {_counted(sealed.bundle)}; manifest SHA-256 {sealed.bundle.digest}")
    holds = _tell_seals(sealed, trust)
    code: int = Exit.DONE
    if sealed.assessment is not None:
        code = _compare(sealed, sealed.assessment, rules)
    return code if holds else code or Exit.INCOMPLETE


def _counted(bundle: Bundle) -> str:
    """The exchanges of *bundle*, with the questions among them counted as annex B counts them."""
    from auditor.model.exchange import Unasked

    whole = len(bundle.exchanges)
    unasked = sum(isinstance(exchange.result, Unasked) for exchange in bundle.exchanges)
    never = f", {unasked} noted as never put" if unasked else ""
    return f"{whole} exchanges: {whole - unasked} questions put{never}"


def _print(line: str) -> None:
    """Print *line*, in which words of somebody else's bundle may stand."""
    from auditor.reporting.printable import printable

    click.echo(printable(line))


def _tell_seals(sealed: Sealed, trust: tuple[Path, ...]) -> bool:
    """Print what the seals and time-stamps of *sealed* prove; whether that could be told.

    Raises:
        BundleError: One does not hold, or is not as *trust* asks.
    """
    from auditor.cli import attached

    is_sealed = sealed.pages is not None and attached.is_sealed(sealed.pages)
    if not (is_sealed or trust or sealed.bundle.timestamp):
        if sealed.pages is not None:
            _print("  it carries no seal")
        return True
    try:
        from auditor.cli import seals
    except ImportError:
        _print("  its seal or time-stamp cannot be checked here: pip install 'auditor[sign]'")
        return False
    if sealed.pages is not None:
        lines = seals.of_report(sealed.pages, sealed.called, trust)
    else:
        lines = seals.of_bundle(sealed.bundle, sealed.called, trust)
    for line in lines:
        _print(f"  {line}")
    return True


def _opened(path: Path) -> Sealed:
    from auditor.cli import attached
    from auditor.cli.bundles import AUDITED, located
    from auditor.network import bundle

    place = located(path)
    if place.is_dir():
        beside = place.parent / attached.ASSESSMENT
        goes_with_it = place.name == AUDITED and beside.is_file()
        if not goes_with_it:
            return Sealed(str(path), bundle.read(place))
        borne = place.parent / attached.WAIVERS
        waivers = _content(borne) if borne.is_file() else None
        return Sealed(str(path), bundle.read(place), _content(beside), waivers=waivers)
    content = _content(path)
    if not attached.is_pdf(content):
        return Sealed(str(path), bundle.read_archive(content, str(path)))
    carried = attached.read(content, path)
    kept = bundle.read_archive(carried.bundle, f"{path} ({attached.BUNDLE})")
    return Sealed(str(path), kept, carried.assessment, content, carried.language, carried.waivers)


def _content(file: Path) -> bytes:
    from auditor.errors import BundleError

    try:
        return file.read_bytes()
    except OSError as error:
        raise BundleError(f"{file} cannot be read: {error.strerror}") from None


def _compare(sealed: Sealed, written: bytes, rules: Path | None) -> int:
    """Make the assessment again and compare it with *written*."""
    from auditor import reporting
    from auditor.audit import knowledge
    from auditor.cli.report import assess_bundle
    from auditor.errors import BundleError, SourceError, SourceErrors

    called = sealed.called
    try:
        before: dict[str, Any] = json.loads(written)
        day = date.fromisoformat(before["as_of"])
        digests = dict(before["digests"])
        verdicts = _verdicts(before)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        raise BundleError(
            f"{called}: the assessment that goes with it is not one of ours"
        ) from None
    if digests.get("bundle") != sealed.bundle.digest:
        raise BundleError(f"{called}: the assessment was made from another bundle than this one")
    catalogue = knowledge(rules_directory(rules))
    try:
        borne = _waivers(sealed, digests.get("waivers"), catalogue)
        assessment = assess_bundle(sealed.bundle, catalogue, day, borne)
    except (SourceError, SourceErrors) as error:
        _print(f"  its waivers are none of the rules installed here: {error}")
        return Exit.INCOMPLETE
    again = reporting.render("json", assessment, "en")
    if again == written:
        _print("  the assessment follows from it, byte for byte")
        return _compare_pages(sealed, assessment, written)
    after = json.loads(again)
    differing = _differences(verdicts, _verdicts(after))
    changed = [name for name in ("rules", "tool") if digests.get(name) != after["digests"][name]]
    if not changed:
        raise BundleError(
            f"{called}: the assessment does not follow from the evidence; it was altered: "
            + ("; ".join(differing[:_SHOWN]) or "in its details")
        )
    _print(f"  the assessment was made with other {' and '.join(changed)} than installed here")
    for line in differing:
        _print(f"    {line}")
    if differing:
        _print("  whether it follows from the evidence cannot be told here")
        return Exit.INCOMPLETE
    _print("  every verdict is the same; the wording and the pages were not compared")
    # Pages that nobody compared may say anything, whatever version they claim to be of.
    return Exit.DONE if sealed.pages is None else Exit.INCOMPLETE


def _waivers(sealed: Sealed, digest: object, catalogue: Catalogue) -> Waivers | None:
    """The waivers that the assessment was made with; None when it was made without.

    Raises:
        BundleError: They are not there, or are others.
    """
    from auditor.catalogue.waivers import waivers
    from auditor.cli.attached import WAIVERS
    from auditor.errors import BundleError

    if digest is None:
        return None
    if sealed.waivers is None:
        raise BundleError(
            f"{sealed.called}: the assessment was made with waivers, but {WAIVERS} "
            "does not go with it"
        )
    found = waivers(sealed.waivers, Path(WAIVERS), catalogue.rules)
    if found.digest != digest:
        raise BundleError(
            f"{sealed.called}: {WAIVERS} holds other waivers than the assessment was made with"
        )
    return found


def _compare_pages(sealed: Sealed, assessment: Assessment, written: bytes) -> int:
    """Lay the PDF out again, with what it carries, and compare."""
    from auditor import reporting
    from auditor.cli.attached import ASSESSMENT, BUNDLE, WAIVERS

    if sealed.pages is None:
        return Exit.DONE
    if sealed.language in LANGUAGES:
        carried = {BUNDLE: sealed.bundle.archive(), ASSESSMENT: written}
        if assessment.digests.waivers and sealed.waivers is not None:
            carried[WAIVERS] = sealed.waivers
        again = reporting.render("pdf", assessment, sealed.language, carried)
        if again == sealed.pages:
            _print("  so do the pages, byte for byte")
            return Exit.DONE
        if sealed.pages.startswith(again):
            return _compare_addition(sealed, sealed.pages, again)
    _print(
        "  the pages are not those that are laid out here: they were altered, or other versions of "
        "the libraries laid them out; `auditor report` makes them again from the evidence"
    )
    return Exit.INCOMPLETE


def _compare_addition(sealed: Sealed, pages: bytes, laid_out: bytes) -> int:
    """See that a seal is all that *pages* adds to what is *laid_out* here."""
    from auditor.cli import attached
    from auditor.errors import BundleError

    if attached.is_sealed(pages):
        try:
            from auditor.sealing.additions import are_seals_only
        except ImportError:
            _print("  so do the pages, byte for byte, in front of what its seal adds")
            return Exit.INCOMPLETE
        if are_seals_only(pages, laid_out):
            _print("  so do the pages, byte for byte, as they were before the seal")
            return Exit.DONE
    raise BundleError(
        f"{sealed.called}: something else than a seal was added to the report after it was laid out"
    )


def _verdicts(assessment: dict[str, Any]) -> dict[tuple[str, str], str]:
    """The verdict by rule and subject."""
    return {
        (str(finding["rule"]), str(finding["subject"])): str(finding["verdict"])
        for finding in assessment["findings"]
    }


def _differences(then: dict[tuple[str, str], str], now: dict[tuple[str, str], str]) -> list[str]:
    """A line for each verdict that is not the same."""
    return [
        f"{rule}, {subject}: {then.get((rule, subject), 'absent')} there, "
        f"{now.get((rule, subject), 'absent')} here"
        for rule, subject in sorted(then.keys() | now.keys())
        if then.get((rule, subject)) != now.get((rule, subject))
    ]
