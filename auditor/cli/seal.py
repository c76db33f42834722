"""`auditor seal`: sign a report, time-stamp it, or time-stamp a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.exits import Exit

if TYPE_CHECKING:
    from auditor.cli.key_holder import KeyHolder
    from auditor.sealing.authority import Authority


@click.command("seal")
@click.argument("path", metavar="PDF|BUNDLE", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--certificate",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Your key and its certificate, in PKCS#12 (.p12, .pfx).",
)
@click.option(
    "--pkcs11",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="LIBRARY",
    help="Or your key on a card or a token: the PKCS#11 library of its maker (.so).",
)
@click.option("--token", metavar="LABEL", help="The token, where there are several.")
@click.option("--key", metavar="LABEL", help="The key, where the token holds several.")
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    metavar="FILE",
    help="Its first line is the password or the PIN; - is stdin.",
)
@click.option(
    "--timestamp-url",
    metavar="URL",
    help="Ask this time-stamp authority (RFC 3161).  The only call that is ever made.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The sealed report  [default: report.fr.sealed.pdf beside report.fr.pdf].",
)
def command(
    path: Path,
    certificate: Path | None,
    pkcs11: Path | None,
    token: str | None,
    key: str | None,
    password_file: Path | None,
    timestamp_url: str | None,
    output: Path | None,
) -> int:
    """Sign a PDF report with your certificate, or have a BUNDLE time-stamped.

    \b
    auditor seal ville/report.fr.pdf --certificate me.p12
    auditor seal ville/report.fr.pdf --certificate me.p12 --timestamp-url https://tsa.example/
    auditor seal ville/report.fr.pdf --pkcs11 /usr/lib/opensc-pkcs11.so --key Signature
    auditor seal ville/bundle --timestamp-url https://tsa.example/

    A report gets a PAdES signature that permits no change, of level B-B, or B-T
    with a time-stamp; it stays PDF/A-3a and PDF/UA-1, and is written beside the
    first.  A bundle gets manifest.json.tsr, a time-stamp of its manifest, and
    stays as it is.

    The password or the PIN is asked for, or comes from --password-file or from
    the environment (AUDITOR_SEAL_PASSWORD); it is no option, since others can
    read the options of a running program.

    What a seal proves: the file is unaltered since; by whom it was sealed, for
    those who trust whoever issued the certificate; and that it existed at a
    certain time, for those who trust the time-stamp authority.  A certificate
    that vouches for itself proves integrity only.  No seal proves that what the
    report says is true: `auditor verify` makes it again from its evidence.

    Nobody is asked unless --timestamp-url is given.  That authority learns your
    address, the time, and a SHA-256 digest from which nothing can be read.
    """
    _check_installed()
    from auditor.cli import attached
    from auditor.cli.bundles import located
    from auditor.errors import UsageError

    place = located(path)
    content = b"" if place.is_dir() else place.read_bytes()
    if attached.is_pdf(content):
        from auditor.cli.key_holder import KeyHolder

        holder = KeyHolder(certificate, pkcs11, token, key, password_file)
        return _seal_report(path, content, holder, timestamp_url, output)
    for option, given in (("--certificate", certificate), ("--pkcs11", pkcs11), ("-o", output)):
        if given is not None:
            raise UsageError(f"{option} is for a PDF report; a bundle is time-stamped, not signed")
    if timestamp_url is None:
        raise UsageError("say who is to time-stamp the bundle: --timestamp-url URL")
    return _stamp_bundle(place, timestamp_url)


def _seal_report(
    path: Path, content: bytes, holder: KeyHolder, url: str | None, output: Path | None
) -> int:
    from datetime import UTC, datetime

    from auditor.cli import attached, results
    from auditor.cli.streams import tell
    from auditor.errors import BundleError, OutputError, UsageError
    from auditor.network import bundle
    from auditor.sealing import document, seals, signers

    carried = attached.read(content, path)
    bundle.read_archive(carried.bundle, f"{path} ({attached.BUNDLE})")
    if attached.is_sealed(content):
        raise UsageError(f"{path} is sealed already")
    authority = _authority(url) if url else None
    with holder.signer() as signer:
        signers.check_usable(signer, datetime.now(UTC))
        sealed = document.seal(content, signer, authority)
    try:
        (made,) = seals.read(sealed, str(path))
    except BundleError:
        who = "the time-stamp authority" if authority else "the key"
        raise OutputError(f"the seal that {who} made does not hold; nothing was written") from None
    file = results.replace(output or path.with_suffix(f".sealed{path.suffix}"), sealed)
    when = f", time-stamped {made.stamp.time:%Y-%m-%d %H:%M:%S} UTC" if made.stamp else ""
    tell(f"sealed by {_harmless(made.signer.certificate.subject)}{when}")
    tell(f"  {file}")
    return Exit.DONE


def _stamp_bundle(place: Path, url: str) -> int:
    from auditor.cli.streams import tell
    from auditor.errors import UsageError
    from auditor.network import bundle
    from auditor.sealing import stamps

    kept = bundle.read(place)
    if kept.timestamp is not None:
        raise UsageError(f"{place} is time-stamped already; the older a time-stamp, the better")
    manifest = kept.files[bundle.MANIFEST]
    response = _authority(url).stamp(manifest)
    made = stamps.read(response, manifest, f"the answer of {url}")
    file = bundle.add_timestamp(place, kept, response)
    by = _harmless(made.authority.certificate.subject)
    tell(f"time-stamped {made.time:%Y-%m-%d %H:%M:%S} UTC by {by}")
    tell(f"  {file}")
    return Exit.DONE


def _authority(url: str) -> Authority:
    """The authority at *url*.

    Raises:
        UsageError: It is no URL of the web.
    """
    from urllib.parse import urlsplit

    from auditor.cli.streams import tell
    from auditor.errors import IncompleteError, UsageError
    from auditor.model.exchange import Failure
    from auditor.network import timestamp
    from auditor.sealing.authority import Authority
    from auditor.settings import INTERACTIVE

    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        where = host if parts.port is None else f"{host}:{parts.port}"
    except ValueError:
        where = ""
    if not where or parts.scheme not in {"http", "https"}:
        raise UsageError(f"--timestamp-url: '{url}' is not a URL such as https://tsa.example/")

    def post(query: bytes) -> bytes:
        tell(f"asking {where} for a time-stamp: it learns your address and a digest")
        result = timestamp.ask(url, query, INTERACTIVE)
        if isinstance(result, Failure):
            raise IncompleteError(
                f"{where} gave no time-stamp ({result.reason}: {result.detail}); nothing was "
                "written"
            )
        return result.content

    return Authority(post, where)


def _check_installed() -> None:
    """See that what sealing needs is there.

    Raises:
        UsageError: It is not.
    """
    from auditor.errors import UsageError

    try:
        import pyhanko.sign  # noqa: F401
    except ImportError:
        raise UsageError("sealing needs more libraries: pip install 'auditor[sign]'") from None


def _harmless(text: str) -> str:
    """*text*, which stands in a certificate, fit for a terminal."""
    from auditor.reporting.printable import printable

    return printable(text)
