"""`auditor ways-out`: what could take the place of what is exposed, and in which order."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import click

from auditor.cli import options

_WIDEST = 100


@click.command("ways-out")
@click.argument("bundle", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--prices",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Your seats, months and prices, to compare costs.",
)
@options.of_the_day
@options.text_or_json
@options.language
@options.rules
def command(
    bundle: Path,
    prices: Path | None,
    as_of: date | None,
    format_: str,
    lang: str,
    rules: Path | None,
) -> None:
    """Show how the services of BUNDLE that foreign law reaches could be left.

    \b
    auditor ways-out ville/bundle
    auditor ways-out ville/bundle --prices prices.yaml --format json

    For each: what could take its place, judged by the same laws and owners as
    everything else and never by its label; the formats in which data can be
    taken along; what hangs together; and what stays exposed after each step.
    Alternatives of which the law of every State behind them was examined come
    first, then those with the fewest open points, then by name: the order is no
    recommendation.  Of the others it is open whether that law reaches them.

    \b
    A file of prices reads:
      currency: EUR
      seats: 577
      months: 48
      offerings:
        twake: {seat_month: 4.50, once: 12000}
    """
    from auditor.audit import knowledge
    from auditor.catalogue import moves
    from auditor.catalogue.source import compose
    from auditor.cli.bundles import located
    from auditor.cli.report import replayer
    from auditor.engine.ways_out import plan
    from auditor.exposure.grasps import Grasps
    from auditor.network import bundle as bundles
    from auditor.reporting import ways_out

    catalogue = knowledge(options.rules_directory(rules))
    figures = moves.prices(compose(prices), catalogue.offerings) if prices else None
    assessment = replayer(bundles.read(located(bundle)), catalogue, as_of)(catalogue)
    grasps = Grasps(catalogue, assessment.as_of)
    home = assessment.target.home or catalogue.assumed_home
    planned = plan(assessment, catalogue, grasps, home, figures)
    if format_ == "json":
        click.echo(ways_out.as_json(planned, assessment), nl=False)
    else:
        width = min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)
        click.echo(ways_out.account(planned, assessment, lang, width), nl=False)
