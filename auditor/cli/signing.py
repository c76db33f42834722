"""`auditor rules sign`: vouch for a rule or a law as it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from auditor.cli import options
from auditor.cli.options import Day, rules_directory


@click.command("sign")
@click.argument("id_", metavar="ID")
@click.option("--by", required=True, metavar="NAME", help="Name and quality of whoever signs.")
@click.option("--on", type=Day(), metavar="DATE", help="The day of the signature (default: today).")
@click.option("--write", is_flag=True, help="Put it into the file; without, it is only printed.")
@options.rules
def sign(id_: str, by: str, on: date | None, write: bool, rules: Path | None) -> None:
    """Print the signature of rule or law ID, or write it into its file.

    What is signed is what the entry says: its layout, its comments and an earlier signature do not
    count.  `rules lint` warns when a text was changed after it was signed.

    \b
    auditor rules sign ID --by "M. Untel, juriste"            to copy below the id
    auditor rules sign ID --by "M. Untel, juriste" --write    nothing else in the file moves
    """
    from auditor.catalogue.signing import block, find, signed
    from auditor.cli.streams import tell
    from auditor.errors import UsageError
    from auditor.model.signature import Review

    if not by.strip() or not by.isprintable():
        raise UsageError("--by: a name on one line is needed")
    entry = find(rules_directory(rules), id_)
    review = Review(by.strip(), on or options.today(), entry.content_sha256)
    if not write:
        click.echo(block(review))
        tell(f"auditor: to stand below the id at {entry.place}, or give --write")
        return
    _replace(entry.file, signed(entry, review))
    tell(f"auditor: signed {entry.id} in {entry.file}")


def _replace(file: Path, text: str) -> None:
    """*text* instead of what *file* holds, whole or not at all."""
    from tempfile import NamedTemporaryFile

    target = file.resolve()
    with NamedTemporaryFile(dir=target.parent, prefix=f".{file.name}.", delete=False) as stream:
        temporary = Path(stream.name)
        try:
            stream.write(text.encode())
            stream.close()
            temporary.chmod(target.stat().st_mode & 0o7777)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
