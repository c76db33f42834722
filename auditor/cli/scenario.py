"""`auditor scenario`: what would happen to these services if …?"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.scenario import Scenario

_WIDEST = 100


@click.command("scenario")
@click.argument("bundle", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--scenario",
    "chosen",
    multiple=True,
    metavar="ID|FILE",
    help="Play this one, in full; several times for several  [default: all, in short].",
)
@options.of_the_day
@options.text_or_json
@options.language
@options.rules
def command(
    bundle: Path,
    chosen: tuple[str, ...],
    as_of: date | None,
    format_: str,
    lang: str,
    rules: Path | None,
) -> None:
    """Play scenarios on the organisation of BUNDLE: what is hit, by which path, until when.

    \b
    auditor scenario ville/bundle                                each in two lines
    auditor scenario ville/bundle --scenario sanctions-cut-off   one, with paths, days, questions
    auditor scenario ville/bundle --scenario ours.yaml           one of your own

    A scenario supposes that something happens: a decision falls, a supplier is
    bought, an order is given.  It does not say how likely that is.  A service
    of which something is not known is never counted as spared.  A file of your
    own is written as those in rules/scenarios.
    """
    from auditor.audit import knowledge
    from auditor.cli.bundles import located
    from auditor.cli.report import replayer
    from auditor.engine.scenarios import play
    from auditor.network import bundle as bundles
    from auditor.reporting import scenarios

    catalogue = knowledge(options.rules_directory(rules))
    wanted = [_scenario(word, catalogue) for word in chosen] or list(catalogue.scenarios.values())
    kept = bundles.read(located(bundle))
    assess = replayer(kept, catalogue, as_of)
    assessment = assess(catalogue)
    home = assessment.target.home or catalogue.assumed_home
    plays = [play(scenario, assessment, catalogue, home, assess) for scenario in wanted]
    width = min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)
    if format_ == "json":
        click.echo(scenarios.as_json(plays, assessment), nl=False)
    elif chosen:
        accounts = [scenarios.account(played, assessment, lang, width) for played in plays]
        click.echo("\n".join(accounts), nl=False)
    else:
        click.echo(scenarios.overview(plays, assessment, lang, width), nl=False)


def _scenario(word: str, catalogue: Catalogue) -> Scenario:
    """The scenario of the catalogue called *word*, or the one in the file of that name.

    Raises:
        SourceError, UsageError: There is neither, or the file is wrong.
    """
    from auditor.catalogue import scenarios
    from auditor.catalogue.source import compose, probably
    from auditor.errors import UsageError

    if word in catalogue.scenarios:
        return catalogue.scenarios[word]
    file = Path(word)
    if not file.is_file():
        hint = probably(word, catalogue.scenarios)
        known = "" if hint else f"; there are {', '.join(catalogue.scenarios)}"
        raise UsageError(f"'{word}' is neither a scenario nor a file{hint}{known}")
    return scenarios.scenario(compose(file), scenarios.known_to(catalogue))
