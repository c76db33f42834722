"""The shipped rules: what each must say, and how the words of their conditions are checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditor import resources
from auditor.audit import knowledge
from auditor.errors import AuditorError, SourceErrors
from auditor.model.rule import Rule, Verdict
from tests import knowledge as world

RULES = tuple(knowledge(resources.rules()).rules.values())
FORBIDDEN = re.compile(
    r"\b(conformes?|illégal\w*|illicites?|nationalité|compliant|illegal|unlawful|nationality)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_clause_asks_for_a_function_or_its_equivalent(rule: Rule) -> None:
    assert re.search(r"\béquivalente?s?\b", rule.clause.fr)
    assert re.search(r"\bequivalent\b", rule.clause.en)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_text_judges_lawfulness_or_a_bidder_by_nationality(rule: Rule) -> None:
    texts = [rule.title, rule.why, rule.counter, rule.question, rule.clause]
    texts += [text for _, text in rule.say]
    for text in texts:
        assert not FORBIDDEN.search(f"{text.fr} {text.en}")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_verdict_has_a_worked_example(rule: Rule) -> None:
    wanted = {Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE}
    if rule.family == "transparency":
        # What is not transparent may only be so to us.
        wanted.remove(Verdict.FAIL)
    assert wanted <= {example.expect for example in rule.examples}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_look_up_that_failed_is_among_the_examples(rule: Rule) -> None:
    """But for a rule on the name itself, which nobody needs to look up."""
    failing = [example for example in rule.examples if ("gap", ("true",)) in example.given]
    assert failing or any(key == "domain" for e in rule.examples for key, _ in e.given)
    assert {example.expect for example in failing} <= {Verdict.UNKNOWN}


MAIL = world.FILES["criteria/mail.yaml"]
CONDITION = MAIL[MAIL.index("forbid:") : MAIL.index("            why:")]


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        (
            "apart: {of: grup, roles: [dns], from: [mail.mailbox]}",
            "did you mean 'group'?",
        ),
        (
            "apart: {of: group, roles: [dns], from: [mail.mailboxes]}",
            "did you mean 'mail.mailbox'?",
        ),
        ("apart: {of: group, roles: [dns]}", "'from' is missing"),
        ("require: {ending: {standing: shred}}", "did you mean 'shared'?"),
        ("require: {ending: {law: ol-access}}", "unknown field 'law' of ending"),
        (
            "require: {dependency: {control: last}}",
            "did you mean 'lasting'?",
        ),
    ],
)
def test_a_misspelt_word_of_a_condition_is_refused(
    tmp_path: Path, condition: str, complaint: str
) -> None:
    criteria = MAIL.replace(CONDITION, f"{condition}\n")
    with pytest.raises((AuditorError, SourceErrors)) as refused:
        world.catalogue(tmp_path, criteria_mail=criteria)
    assert complaint in str(refused.value)


def test_a_misspelt_ground_is_refused(tmp_path: Path) -> None:
    criteria = MAIL.replace(
        "            severity: high", "            ground: forein-law\n            severity: high"
    )
    with pytest.raises((AuditorError, SourceErrors), match="foreign-law"):
        world.catalogue(tmp_path, criteria_mail=criteria)
