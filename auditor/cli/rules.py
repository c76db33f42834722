"""`auditor rules`: for those who write the rules, and those who sign them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options
from auditor.cli.exits import Exit
from auditor.cli.options import rules_directory

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue
    from auditor.model.rule import Rule
    from auditor.model.text import Text


@click.group("rules")
def command() -> None:
    """List, show, check, prove and document the rules.

    \b
    auditor rules list
    auditor rules show mailbox-foreign-order --lang en
    auditor rules lint --rules my-rules/       after each change: places of mistakes, likely cures
    auditor rules test --rules my-rules/       does each rule say what its examples expect?
    """


def _catalogue(rules: Path | None) -> Catalogue:
    from auditor.audit import knowledge

    return knowledge(rules_directory(rules))


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

    catalogue = _catalogue(rules)
    families = {
        family: [rule for rule in catalogue.rules.values() if rule.family == family]
        for family in FAMILIES
    }
    for family, members in families.items():
        if members:
            click.echo(f"{_word(catalogue, 'family', family, lang)} ({len(members)})")
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
    catalogue = _catalogue(rules)
    click.echo(_document(_rule(rule_id, catalogue), catalogue, lang))


@command.command("lint")
@options.rules
def lint(rules: Path | None) -> int:
    """Read every file and say what is wrong, where, and which word was probably meant.

    Exits with 2 when something is.
    """
    from auditor.audit import knowledge

    directory = rules_directory(rules)
    catalogue = knowledge(directory, fresh=True)
    click.echo(
        f"{directory}: {len(catalogue.rules)} rules, {len(catalogue.laws)} laws, "
        f"{len(catalogue.jurisdictions)} jurisdictions, {len(catalogue.offerings)} offerings, "
        f"{len(catalogue.entities)} entities: no mistake found",
        err=True,
    )
    return Exit.DONE


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


@command.command("docs")
@options.rules
@options.language
def docs(rules: Path | None, lang: str) -> None:
    """Print every rule in full, as a book in Markdown.

    \b
    auditor rules docs --lang en > rules.md        to read, and to sign
    """
    catalogue = _catalogue(rules)
    click.echo(
        "\n\n".join(
            _document(rule, catalogue, lang, heading="## ") for rule in catalogue.rules.values()
        )
    )


def _word(catalogue: Catalogue, vocabulary: str, word: str, language: str) -> str:
    """The label of *word*; the word itself where the rules have no label for it."""
    label = catalogue.words.get(f"{vocabulary}.{word}")
    return label.in_language(language) if label else word


def _document(rule: Rule, catalogue: Catalogue, language: str, heading: str = "# ") -> str:
    def text(of: Text) -> str:
        return of.in_language(language)

    kind = [
        _word(catalogue, vocabulary, word, language)
        for vocabulary, word in (
            ("family", rule.family),
            ("effect", rule.effect),
            ("severity", rule.severity),
        )
    ]
    names = [f"{text(catalogue.role_names[role])} ({role})" for role in rule.roles]
    lines = [
        f"{heading}{rule.id} (version {rule.version})",
        "",
        f"**{text(rule.title)}**",
        "",
        " · ".join([*kind, *([rule.ground] if rule.ground else [])]),
        (" + " if rule.whole else ", ").join(names),
        "",
        text(rule.why),
        "",
    ]
    lines += [
        f"- {_word(catalogue, 'verdict', verdict, language)}: {text(sentence)}"
        for verdict, sentence in rule.say
    ]
    lines += ["", f"> {text(rule.counter)}", "", f"? {text(rule.question)}", ""]
    lines += [f"§ {text(rule.clause)}", ""]
    lines += [f"- {text(c.text)} <{c.url}> ({c.provenance.checked})" for c in rule.citations]
    return "\n".join(lines)
