"""`auditor frameworks`: what each framework asks, and what answers it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options
from auditor.cli.options import rules_directory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.framework import Clause, Framework, Group, Item
    from auditor.model.text import Text
    from auditor.reporting.wording import Wording


@click.group("frameworks")
def command() -> None:
    """List and show the frameworks that services are assessed by.

    \b
    auditor frameworks list
    auditor frameworks show ID            its questions, and the answers that a dossier can give
    """


def _load(rules: Path | None) -> Catalogue:
    from auditor.audit import knowledge

    return knowledge(rules_directory(rules))


@command.command("list")
@options.rules
@options.language
def list_(rules: Path | None, lang: str) -> None:
    """List the frameworks, one line each: id, gate or score, questions, name."""
    for framework in _load(rules).frameworks.values():
        kind = "gate+score" if framework.weight_sets else "gate"
        name = framework.name.in_language(lang)
        click.echo(f"{framework.id:<28} {kind:<10} {len(framework.items):>3}  {name}")


@command.command("show")
@click.argument("framework_id", metavar="ID")
@options.rules
@options.language
def show(framework_id: str, rules: Path | None, lang: str) -> None:
    """Show framework ID: whom it binds, its questions, answers, points, levels and sources.

    \b
    auditor frameworks show ID --lang en       an id that `frameworks list` printed
    """
    from auditor.catalogue.source import probably
    from auditor.errors import UsageError
    from auditor.reporting.wording import Wording

    catalogue = _load(rules)
    known = catalogue.frameworks
    if framework_id not in known:
        hint = probably(framework_id, known)
        raise UsageError(f"there is no framework '{framework_id}'{hint}")
    telling = _Telling(catalogue, Wording(lang))
    click.echo("\n".join(telling.framework(known[framework_id])))


class _Telling:
    """Tells of a framework, line by line."""

    def __init__(self, catalogue: Catalogue, say: Wording) -> None:
        self._words = catalogue.words
        self._say = say

    def framework(self, framework: Framework) -> Iterator[str]:
        """All of it."""
        say, text = self._say, self._text
        yield text(framework.name)
        yield f"{framework.issuer}, {text(framework.version)}"
        yield text(framework.applicability.text)
        if any(level.id.upper() == level.id for level in framework.levels):
            yield from (f"  {level.id}  {text(level.name)}" for level in framework.levels)
        for weights in framework.weight_sets:
            shares = ", ".join(f"{group} {weight:g}" for group, weight in weights.weights)
            yield f"  {weights.id}  {text(weights.name)}: {shares}"
        for minimum in framework.minima:
            level = framework.levels[minimum.level].id
            yield f"  {minimum.id}  {level}, {text(minimum.name)}"
        for group in framework.groups:
            yield from self._group(group, framework)
        for layer, name in framework.layers:
            yield f"layer.{layer}  {text(name)}  [followed, not-followed]"
        yield ""
        yield from (f"- {text(caveat)}" for caveat in framework.caveats)
        for citation in framework.citations:
            doubt = "" if citation.provenance.verified else f" ({say('unverified')})"
            yield f"§ {text(citation.text)} <{citation.url}>{doubt}"

    def _group(self, group: Group, framework: Framework) -> Iterator[str]:
        yield ""
        yield f"{group.id}  {self._text(group.name)}"
        for item in group.items:
            yield from self._item(item, framework)

    def _item(self, item: Item, framework: Framework) -> Iterator[str]:
        notes = [item.citation] if item.citation else []
        if not item.provenance.verified:
            notes.append(self._say("unverified"))
        yield f"  {item.id}  {self._text(item.text)}" + (f" ({', '.join(notes)})" if notes else "")
        for choice in item.choices:
            level = framework.levels[choice.level].id
            points = f", {choice.points:g}" if framework.weight_sets else ""
            yield f"      {choice.value:<18} {level}{points}  {self._text(choice.text)}"
        for clause in item.clauses:
            yield f"      < {self._clause(clause)}"

    def _clause(self, clause: Clause) -> str:
        given = "".join(f" {name}={','.join(words)}" for name, words in clause.parameters)
        answer = self._text(self._words["answer.yes" if clause.holds else "answer.no"])
        return f"{clause.fact}{given}: {answer} → {', '.join(clause.leaves)}"

    def _text(self, text: Text) -> str:
        return text.in_language(self._say.language)
