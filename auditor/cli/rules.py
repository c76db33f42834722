"""`auditor rules`: for those who write the rules, and those who sign them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options
from auditor.cli.book import docs
from auditor.cli.exits import Exit
from auditor.cli.linting import lint
from auditor.cli.options import rules_directory
from auditor.cli.signing import sign
from auditor.model.text import LANGUAGES

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.rule import Rule


@click.group("rules")
def command() -> None:
    """List, show, check, prove and document the rules.

    \b
    auditor rules list
    auditor rules show mailbox-foreign-order --lang en
    auditor rules lint --rules my-rules/       after each change: places of mistakes, likely cures
    auditor rules test --rules my-rules/       does each rule say what its examples expect?
    auditor rules docs -o rules.pdf            the book to sign
    auditor rules sign ID --by NAME            the signature to put beside a rule
    """


for _part in (lint, docs, sign):
    command.add_command(_part)


def _rule(rule_id: str, catalogue: Catalogue) -> Rule:
    from auditor.catalogue.source import probably
    from auditor.errors import UsageError

    if rule_id not in catalogue.rules:
        raise UsageError(f"there is no rule '{rule_id}'{probably(rule_id, catalogue.rules)}")
    return catalogue.rules[rule_id]


@command.command("list")
@options.rules
@options.language
def list_(rules: Path | None, lang: str) -> None:
    """List the rules by family: id, severity, effect, title, and beneath them the roles judged."""
    from auditor.catalogue.criteria import FAMILIES

    catalogue = options.catalogue(rules)
    families = {
        family: [rule for rule in catalogue.rules.values() if rule.family == family]
        for family in FAMILIES
    }
    for family, members in families.items():
        if members:
            name = catalogue.words.get(f"family.{family}")
            click.echo(f"{name.in_language(lang) if name else family} ({len(members)})")
        for rule in members:
            title = rule.title.in_language(lang)
            roles = (" + " if rule.whole else ", ").join(rule.roles)
            click.echo(f"  {rule.id:<36} {rule.severity:<9} {rule.effect:<13} {title}")
            click.echo(f"  {'':<36} {roles}")


@command.command("show")
@click.argument("rule_id", metavar="ID")
@options.rules
@options.language
def show(rule_id: str, rules: Path | None, lang: str) -> None:
    """Show rule ID as its readers are told it."""
    from auditor.cli.book import knowledge
    from auditor.reporting.book import sheet_markdown
    from auditor.reporting.criterion import InWords
    from auditor.reporting.sheets import rule_sheet

    catalogue = options.catalogue(rules)
    rule = _rule(rule_id, catalogue)
    spoken = tuple(InWords(knowledge(catalogue), each) for each in LANGUAGES)
    tongue = spoken[LANGUAGES.index(lang)]
    click.echo(sheet_markdown(rule_sheet(rule, spoken), tongue))


@command.command("test")
@click.argument("rule_id", metavar="[ID]", required=False)
@options.rules
def test(rule_id: str | None, rules: Path | None) -> int:
    """Run the worked examples of rule ID, or of all rules.

    Prints what each gives, and exits with 2 when one does not give what it expects.
    """
    from auditor.audit import read
    from auditor.engine.examples import run

    catalogue = read(rules_directory(rules))
    if rule_id is not None:
        _rule(rule_id, catalogue)
    wrong = 0
    for rule in catalogue.rules.values():
        if rule_id not in (None, rule.id):
            continue
        for example in rule.examples:
            verdict = run(rule, example, catalogue)
            right = verdict is example.expect
            wrong += not right
            click.echo(
                f"{'ok ' if right else 'BAD'} {rule.id:<36} {rule.effect:<13} {verdict:<15} "
                f"{example.name}"
                + ("" if right else f"  (expected {example.expect}; {example.place})")
            )
    return Exit.USAGE if wrong else Exit.DONE
