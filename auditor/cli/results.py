"""Write what an audit or a report gives: files under their final name only when whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.cli.bundles import AUDITED, MANIFEST
from auditor.cli.exits import Exit
from auditor.engine.gate import open_failures, outlived, undecided
from auditor.errors import OutputError, UsageError
from auditor.model.rule import Severity

if TYPE_CHECKING:
    from auditor.cli.progress import Progress
    from auditor.cli.waiver_file import WaiverFile
    from auditor.model.assessment import Assessment
    from auditor.model.waiver import WaiverUse


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user wants of an assessment."""

    directory: Path
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    fail_on: str
    fail_on_unknown: bool
    quiet: bool
    color: str
    waivers: WaiverFile | None = None


@contextlib.contextmanager
def prepared(directory: Path) -> Iterator[None]:
    """Make *directory* and see that it can be written, before any long work.

    When that work fails, no directory stays that was made for it.

    Raises:
        OutputError: It cannot be written.
        UsageError: It is a bundle itself, which a report in it would spoil.
    """
    if (directory / MANIFEST).exists():
        raise UsageError(f"{directory} is a bundle; give another directory for the results with -o")
    bundle = directory / AUDITED
    if bundle.is_dir() and not (bundle / MANIFEST).exists() and any(bundle.iterdir()):
        raise UsageError(
            f"{bundle} holds other things than a bundle; give another directory with -o"
        )
    made: list[Path] = []
    try:
        for path in reversed((directory, *directory.parents)):
            if not path.is_dir():
                path.mkdir()
                made.append(path)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as error:
        _unmake(made)
        reason = "it is a file" if directory.is_file() else error.strerror
        raise OutputError(
            f"cannot write to {directory}: {reason}; choose another directory with -o"
        ) from None
    try:
        yield
    except BaseException:
        _unmake(made)
        raise


def _unmake(directories: list[Path]) -> None:
    """Remove those of *directories* in which nothing is."""
    with contextlib.suppress(OSError):
        for directory in reversed(directories):
            directory.rmdir()


def write(assessment: Assessment, archive: bytes, wanted: Wanted, progress: Progress) -> list[Path]:
    """Render *assessment*, then write the files; the list of them.

    A format that can carry files carries *archive*, its bundle, the assessment,
    and the waivers if there are any, of which a copy is written as well.  No
    file changes before all are rendered: reports side by side tell the same.

    Raises:
        OutputError: A file cannot be written.
    """
    from auditor import reporting
    from auditor.cli.attached import WAIVERS

    carried = attachments(assessment, archive, wanted.waivers)
    rendered: dict[Path, bytes] = {}
    if wanted.waivers is not None:
        rendered[wanted.directory / WAIVERS] = wanted.waivers.content
    for format_ in dict.fromkeys((*wanted.formats, "json")):
        for language in wanted.languages:
            file = wanted.directory / reporting.file_name(format_, language)
            if file not in rendered:
                progress.step(f"writing {file.name}")
                # The assessment is rendered already, to be carried.
                rendered[file] = carried.get(file.name) or reporting.render(
                    format_, assessment, language, carried
                )
    return [replace(file, content) for file, content in rendered.items()]


def attachments(
    assessment: Assessment, archive: bytes, waivers: WaiverFile | None
) -> dict[str, bytes]:
    """What travels in a file that can carry files: the bundle, the assessment, the waivers."""
    from auditor import reporting
    from auditor.cli.attached import ASSESSMENT, BUNDLE, WAIVERS

    carried = {BUNDLE: archive, ASSESSMENT: reporting.render("json", assessment, "en")}
    if waivers is not None:
        carried[WAIVERS] = waivers.content
    return carried


def replace(file: Path, content: bytes) -> Path:
    """Put *content* under the name *file*, whole or not at all.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            mask = os.umask(0o022)
            os.umask(mask)
            Path(temporary).chmod(0o666 & ~mask)
            Path(temporary).replace(file)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"cannot write {file}: {error.strerror}") from None
    return file


def exit_code(assessment: Assessment, wanted: Wanted) -> Exit:
    """The code that says whether the threshold was reached."""
    if _reaching(assessment, wanted):
        return Exit.THRESHOLD
    if wanted.fail_on_unknown and undecided(assessment.findings):
        return Exit.INCOMPLETE
    return Exit.DONE


def _reaching(assessment: Assessment, wanted: Wanted) -> int:
    """How many findings are at the `--fail-on` level or above, or have outlived their waiver."""
    if wanted.fail_on == "never":
        return 0
    findings = assessment.findings
    return len({*open_failures(findings, Severity(wanted.fail_on)), *outlived(findings)})


def summarise(assessment: Assessment, wanted: Wanted, written: Iterable[Path]) -> None:
    """Print one screen that a person can act on, where the files are, and why we exit as we do."""
    if wanted.quiet:
        return
    from auditor.cli.streams import tell

    overview(assessment, wanted.languages[0], wanted.color, written)
    if reaching := _reaching(assessment, wanted):
        tell(f"auditor: {reaching} findings reach --fail-on {wanted.fail_on}")
    elif wanted.fail_on_unknown and (open_ := undecided(assessment.findings)):
        tell(f"auditor: {len(open_)} rules could not be decided (--fail-on-unknown)")


def overview(
    assessment: Assessment, language: str, color: str, written: Iterable[Path] = ()
) -> None:
    """Print one screen that a person can act on, the files, and waivers that do not simply hold."""
    import shutil
    import sys

    from auditor.cli.streams import coloured, tell
    from auditor.reporting.terminal import terminal

    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    colour = coloured(color, sys.stderr)
    tell(terminal(assessment, language, width, colour), color=colour)
    for file in written:
        tell(f"  {file}")
    for use in assessment.waivers:
        if use.state != "in-force":
            tell(f"auditor: {_waiver(use)}")


def _waiver(use: WaiverUse) -> str:
    """What is to be said of a waiver that does not simply hold."""
    from auditor.reporting.printable import printable

    named = printable(f"waiver {use.waiver.id}")
    match use.state.value:
        case "ending":
            return f"{named} ends on {use.waiver.expires_on}"
        case "expired":
            return (
                f"{named} expired on {use.waiver.expires_on}; open again: {', '.join(use.findings)}"
            )
        case _:
            return f"{named} bears with nothing that this audit found"
