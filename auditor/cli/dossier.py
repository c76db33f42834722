"""`auditor dossier`: is what was filled in well written?"""

from __future__ import annotations

from pathlib import Path

import click

from auditor.cli import options
from auditor.cli.exits import Exit


@click.group("dossier")
def command() -> None:
    """Check dossiers, of which `auditor init` writes one to fill in.

    \b
    auditor dossier lint dossier.yaml
    """


@command.command("lint")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
)
@options.rules
def lint(files: tuple[Path, ...], rules: Path | None) -> int:
    """Check each FILE: every key, word, date and domain, and that its documents are there.

    Nobody is asked about anything.  Exits with 2 when something is wrong, and says where.
    """
    from auditor.audit import knowledge
    from auditor.cli.streams import tell
    from auditor.cli.whom import described
    from auditor.errors import AuditorError

    catalogue = knowledge(options.rules_directory(rules))
    mistakes = []
    for file in files:
        try:
            declared = described(file, catalogue).target.declared
        except AuditorError as error:
            mistakes.append(str(error))
        else:
            tell(f"{file}: {len(declared)} services: no mistake found")
    if mistakes:
        raise AuditorError("\n".join(mistakes))
    return Exit.DONE
