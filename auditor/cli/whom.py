"""Whom to audit: a domain typed, or a dossier written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.catalogue.dossier import dossier, home_of
from auditor.catalogue.source import compose_text, probably
from auditor.errors import Place, SourceError, UsageError
from auditor.model.subject import Domain, Host
from auditor.model.target import Target
from auditor.network.declared import digest, sections

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue

_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Whom:
    """An organisation, and what it declared.

    Attributes:
        dossier: As written; None when a domain was typed.
    """

    target: Target
    dossier: bytes | None


def whom(text: str, hosts: tuple[str, ...], home: str | None, catalogue: Catalogue) -> Whom:
    """The organisation that *text*, a domain or the name of a dossier, stands for.

    Raises:
        UsageError: It stands for none, or a host or the home is not one.
        SourceError: The dossier is wrong, and where.
    """
    if text.endswith(_ENDINGS):
        if hosts or home:
            raise UsageError("write `hosts` and `home` into the dossier instead of giving options")
        return described(Path(text), catalogue)
    try:
        domain = Domain.parse(text)
    except ValueError as error:
        hint = "; the name of a dossier ends in .yaml" if is_file(Path(text)) else ""
        raise UsageError(f"{error}{hint}") from None
    told = _home(home, catalogue)
    ending = home_of(domain, catalogue.endings)
    target = Target(domain.name, (domain,), _hosts(hosts), told or ending, told is not None)
    return Whom(target, None)


def is_file(path: Path) -> bool:
    """Whether a file is there; what cannot be the name of one is not."""
    try:
        return path.is_file()
    except OSError:
        return False


def _hosts(names: tuple[str, ...]) -> tuple[Host, ...]:
    hosts = []
    for name in names:
        try:
            host = Host.parse(name)
        except ValueError as error:
            raise UsageError(f"--add-host: {error}") from None
        if "." not in host.name:
            raise UsageError(
                f"--add-host: give the whole name of '{name}', such as {name}.ville.example"
            )
        hosts.append(host)
    return tuple(dict.fromkeys(hosts))


def _home(home: str | None, catalogue: Catalogue) -> str | None:
    if home is None:
        return None
    known = catalogue.jurisdictions
    if home.upper() not in known:
        raise UsageError(
            f"--home: '{home}' is not a jurisdiction we know"
            f"{probably(home.upper(), known) or '; give one such as FR'}"
        )
    return home.upper()


def described(file: Path, catalogue: Catalogue) -> Whom:
    """The organisation that the dossier *file* describes.

    Raises:
        UsageError: It cannot be read.
        SourceError: It is wrong, and where.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(f"the dossier {file} cannot be read: {error.strerror}") from None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(Place(file, line, 1), "not UTF-8") from None
    target = dossier(compose_text(text, file), catalogue, partial(digest, file.parent))
    try:
        written = sections(content)
    except ValueError as error:
        raise SourceError(Place(file, 1, 1), str(error)) from None
    for section in written.values():
        # Each is kept and read by itself: an alias may not point into another.
        compose_text(section.decode(), file)
    return Whom(target, content)
