"""`auditor init`: a dossier, or a call for tenders, to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue

_ENDINGS = (".yaml", ".yml")
_SOMEBODY = "ville.example"
_VOCABULARIES = ("kind", "sector", "data", "sensitivity")


@click.command("init")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--domain", metavar="DOMAIN", help="The domain to write into the dossier.")
@click.option("--tender", is_flag=True, help="Write a call for tenders, for `auditor compare`.")
@options.rules
@options.language
def command(
    file: Path | None, domain: str | None, tender: bool, rules: Path | None, lang: str
) -> None:
    """Write a dossier to fill in, each line explained: FILE, or dossier.yaml.

    With --tender, a call for tenders: FILE, or tender.yaml.

    \b
    auditor init --domain ville.example
    auditor init commune.yaml --domain commune.example --lang en
    auditor init --tender

    A file that is there is never overwritten.
    """
    from auditor.audit import knowledge
    from auditor.cli.streams import tell
    from auditor.errors import UsageError
    from auditor.model.subject import Domain

    file = file or Path("tender.yaml" if tender else "dossier.yaml")
    if file.suffix not in _ENDINGS:
        what = "tender" if tender else "dossier"
        raise UsageError(f"{file}: the name of a {what} ends in .yaml")
    if tender and domain:
        raise UsageError("--domain goes into a dossier; a tender names no domain")
    try:
        name = Domain.parse(domain).name if domain else _SOMEBODY
    except ValueError as error:
        raise UsageError(f"--domain: {error}") from None
    catalogue = knowledge(options.rules_directory(rules))
    written = _filled("tender" if tender else "dossier", name, file.name, lang, catalogue)
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(written)
    except FileExistsError:
        raise UsageError(f"{file} is there already, and is left as it is; name another") from None
    verb = "compare" if tender else "audit"
    tell(f"{file}: fill it in, then  auditor {verb} {file} -o results/")


def _filled(what: str, domain: str, file: str, language: str, catalogue: Catalogue) -> str:
    """The text of a dossier for *domain*, or of a tender, with the words of *catalogue*."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from auditor import resources
    from auditor.catalogue.said import words_of

    environment = Environment(  # noqa: S701 - it makes YAML, of our own words and a domain name
        loader=FileSystemLoader(resources.templates()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    words = catalogue.words
    return environment.get_template(f"{what}.{language}.yaml.j2").render(
        file=file,
        name=domain,
        domain=domain,
        vocabularies=[
            (
                name,
                [
                    (word, words[f"organisation.{name}.{word}"].in_language(language))
                    for word in words_of(catalogue, f"organisation.{name}")
                ],
            )
            for name in _VOCABULARIES
        ],
        roles=[(role, name.in_language(language)) for role, name in catalogue.role_names.items()],
    )
