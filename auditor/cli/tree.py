"""`auditor catalogue tree`: who stands behind an offering or an entity, drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.exposure.tree import Branch
    from auditor.model.party import Offering, Stake
    from auditor.reporting.tree import Node
    from auditor.reporting.wording import Wording


@click.command("tree")
@click.argument("id_", metavar="ID")
@options.as_of("Ownership on this day.")
@click.option(
    "--svg",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    metavar="FILE",
    help="Draw into this file, or to stdout with -, instead.",
)
@options.rules
@options.language
@options.colour
def tree(
    id_: str, as_of: date | None, svg: Path | None, rules: Path | None, lang: str, color: str
) -> None:
    """Draw who stands behind offering or entity ID: its operator, its suppliers, their owners.

    What was not read in a source is marked; an owner who is not known is drawn as not known.

    \b
    auditor catalogue tree ID                        an id that `catalogue search` printed
    auditor catalogue tree ID --as-of 2025-01-01     on that day
    auditor catalogue tree ID --svg tree.svg         for a document, with its text alternative
    """
    import sys

    from auditor.cli.streams import coloured
    from auditor.reporting.printable import printable
    from auditor.reporting.tree import draw, lines
    from auditor.reporting.wording import Wording

    catalogue = options.catalogue(rules)
    words = _Words(catalogue, Wording(lang), as_of or options.today())
    root = words.root(id_)
    colon = words.say("colon", label="", text="")
    if svg is None:
        paint = coloured(color, sys.stdout)
        for node, line in lines(root, options.width(), colon):
            shown = printable(line)
            doubtful = paint and not node.firm
            click.echo(click.style(shown, fg="yellow") if doubtful else shown, color=paint)
    elif str(svg) == "-":
        click.echo(draw(root, words.title(root), colon))
    else:
        svg.write_text(f"{draw(root, words.title(root), colon)}\n", encoding="utf-8")


class _Words:
    """Branches in the words of a reader."""

    def __init__(self, catalogue: Catalogue, say: Wording, day: date) -> None:
        self._catalogue = catalogue
        self.say = say
        self._day = day

    def title(self, root: Node) -> str:
        """What the drawing shows."""
        return self.say("tree.title", name=root.name, day=self.say.day(self._day))

    def root(self, id_: str) -> Node:
        """Whoever is asked for.

        Raises:
            UsageError: Nobody is known under *id_*.
        """
        from auditor.catalogue.source import probably
        from auditor.errors import UsageError
        from auditor.exposure.tree import above

        catalogue = self._catalogue
        if id_ in catalogue.offerings:
            return self._offering(catalogue.offerings[id_])
        if id_ in catalogue.entities:
            return self._node(above(catalogue.entities[id_], catalogue.entities, self._day))
        known = [*catalogue.offerings, *catalogue.entities]
        raise UsageError(f"no offering and no entity '{id_}' is known{probably(id_, known)}")

    def _offering(self, offering: Offering) -> Node:
        from auditor.exposure.tree import behind
        from auditor.reporting.tree import Node

        branches = behind(offering, self._catalogue.entities, self._day)
        nodes = tuple(self._node(branch) for branch in branches)
        if offering.operator is None:
            nodes = (self._nobody("tree.operator-unknown"), *nodes)
        about = ", ".join(self._word("category", word) for word in offering.category)
        return Node("", offering.name, about, offering.provenance.verified, False, nodes)

    def _node(self, branch: Branch) -> Node:
        from auditor.exposure.tree import Above
        from auditor.reporting.tree import Node

        entity = branch.entity
        facts = [entity, *(fact for fact in (branch.held, branch.supply) if fact is not None)]
        firm = all(fact.provenance.verified for fact in facts)
        about = [
            self._country(entity.incorporated_in or entity.seat),
            self.say("tree.verified" if firm else "tree.unverified"),
        ]
        if branch.above is Above.TOP:
            about.append(self.say("tree.top"))
        elif branch.above is Above.SHOWN:
            about.append(self.say("tree.shown"))
        following = tuple(self._node(owner) for owner in branch.owners)
        if branch.above is Above.UNKNOWN:
            following = (*following, self._nobody("tree.owners-unknown"))
        return Node(
            ", ".join(self._relation(branch)),
            entity.name,
            ", ".join(about),
            firm,
            branch.above is Above.TOP,
            following,
        )

    def _nobody(self, key: str) -> Node:
        from auditor.reporting.tree import Node

        return Node("", self.say(key), "", firm=False, top=False)

    def _relation(self, branch: Branch) -> Iterator[str]:
        if branch.held is not None:
            yield from self._stake(branch.held)
        elif branch.relation:
            yield self._word("relation", branch.relation)
        if branch.supply is not None:
            yield branch.supply.what.in_language(self.say.language)

    def _stake(self, stake: Stake) -> Iterator[str]:
        yield self.say("tree.controlled" if stake.control else "tree.held")
        if stake.capital is not None:
            yield self.say("tree.capital", share=self.say.number(stake.capital))
        if stake.votes is not None:
            yield self.say("tree.votes", share=self.say.number(stake.votes))
        if stake.period.start is not None:
            yield self.say("tree.since", day=self.say.day(stake.period.start))
        if stake.period.end is not None:
            yield self.say("tree.until", day=self.say.day(stake.period.end))

    def _word(self, kind: str, word: str) -> str:
        """The label of *word*; the word itself where the rules have none."""
        label = self._catalogue.words.get(f"{kind}.{word}")
        return label.in_language(self.say.language) if label else word

    def _country(self, code: str | None) -> str:
        if code is None:
            return self.say("unknown-country")
        known = self._catalogue.jurisdictions.get(code)
        return known.name.in_language(self.say.language) if known else self.say.country(code)
